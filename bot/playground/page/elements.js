// Interactive elements. Each is built for a place: {ctx, block, answers, dispatches, controlId, labelledBy}.

import { confirmed } from "./confirm.js";
import { CHOICES } from "./choices.js";
import { el, link, safeUrl } from "./dom.js";
import { INPUTS } from "./inputs.js";
import { overflowMenu } from "./overflow.js";
import { picture } from "./pictures.js";
import { renderText, wordsOf } from "./text_objects.js";

const STYLES = { primary: " bk-primary", danger: " bk-danger" };
const BUILDERS = {
  ...CHOICES,
  ...INPUTS,
  button,
  workflow_button: button,
  icon_button: button,
  feedback_buttons: feedback,
  overflow: (element, place) => overflowMenu(element, place.ctx, (option, control) => act(element, place, control, option.value)),
  image: (element, { ctx }) => picture(element, ctx, { isSmall: true }),
};

/** Renders an element at its place; one of an unknown type is named by a quiet line. */
export function renderElement(element, place) {
  const build = Object.hasOwn(BUILDERS, element.type) ? BUILDERS[element.type] : null;
  if (!build) return el("span", { class: "bk-unknown" }, place.ctx.words("blocks.unknown_element", { type: element.type }));
  return build(element, { ...place, act: (control, value) => act(element, place, control, value) });
}

// A second click while the bot still answers the first is no second wish.
async function act(element, { ctx, block }, control, value) {
  if (control.getAttribute("aria-busy") === "true") return false;
  if (element.confirm && !(await confirmed(element.confirm, ctx))) return false;
  control.setAttribute("aria-busy", "true");
  try {
    await ctx.onAction?.({ action_id: element.action_id, block_id: block.block_id, value, element, control });
  } finally {
    control.removeAttribute("aria-busy");
  }
  return true;
}

function button(element, place) {
  const attrs = {
    class: `bk-button${STYLES[element.style] ?? ""}`,
    "aria-label": element.accessibility_label,
    "data-action": element.action_id,
  };
  const words = element.text ? renderText(element.text, place.ctx) : (element.accessibility_label ?? element.icon);
  // Slack tells the bot of a click on a link button too.
  const shown = safeUrl(element.url) ? link(element.url, attrs, words) : el("button", { type: "button", ...attrs }, words);
  shown.addEventListener("click", (event) => pressed(event, element, place));
  return shown;
}

async function pressed(event, element, { act: tell }) {
  const control = event.currentTarget;
  if (!control.matches("a") || !element.confirm) {
    tell(control, element.value);
    return;
  }
  event.preventDefault();
  if (await tell(control, element.value)) window.open(control.href, "_blank", "noopener,noreferrer");
}

function feedback(element, place) {
  const ways = [element.positive_button, element.negative_button].filter(Boolean);
  return el("div", { class: "bk-feedback", role: "group" }, ways.map((way) => el("button", {
    type: "button",
    class: "bk-button bk-quiet",
    "aria-label": way.accessibility_label ?? wordsOf(way.text, place.ctx),
    on: { click: (event) => place.act(event.currentTarget, way.value) },
  }, renderText(way.text, place.ctx))));
}
