// The question Slack asks before an action that carries a `confirm`.

import { el, freshId } from "./dom.js";
import { renderText } from "./text_objects.js";

/** Asks, and resolves to whether the person agreed; Escape means no. */
export function confirmed(confirm, ctx) {
  return new Promise((resolve) => {
    const dialog = build(confirm, ctx);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function build(confirm, ctx) {
  const title = freshId("bk-confirm");
  const style = confirm.style === "danger" ? " bk-danger" : " bk-primary";
  const yes = confirm.confirm ? renderText(confirm.confirm, ctx) : ctx.words("blocks.yes");
  const no = confirm.deny ? renderText(confirm.deny, ctx) : ctx.words("blocks.cancel");
  return el("dialog", { class: "bk-confirm", "aria-labelledby": title },
    el("form", { method: "dialog" },
      el("h2", { id: title, class: "bk-confirm-title" }, confirm.title && renderText(confirm.title, ctx)),
      el("div", { class: "bk-text" }, renderText(confirm.text, ctx)),
      el("div", { class: "bk-actions" },
        el("button", { class: "bk-button", value: "no", autofocus: true }, no),
        el("button", { class: `bk-button${style}`, value: "yes" }, yes))));
}
