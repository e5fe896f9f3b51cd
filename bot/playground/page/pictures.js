// Pictures: only the page's own are shown, as nothing is loaded from elsewhere.

import { el, isOwnPicture } from "./dom.js";

/** Renders a picture, or its words in a frame. */
export function picture(image, ctx, { isSmall = false } = {}) {
  const address = image.image_url ?? image.slack_file?.url ?? "";
  const size = isSmall ? " bk-small" : "";
  const alt = image.alt_text ?? "";
  if (address && isOwnPicture(address)) return el("img", { class: `bk-picture${size}`, src: address, alt });
  return el("span", { class: `bk-frame${size}`, title: ctx.words("blocks.picture_kept_out") },
    el("span", { "aria-hidden": "true" }, "🖼️"), " ", alt || ctx.words("blocks.picture"));
}
