// Short sentences that come and go, and words for the ears only.

import { el, fill } from "./dom.js";

const SHOWN_MS = 7000;
const MOST_SHOWN = 3;

/** Shows a sentence for a while, above an open dialog too; `action` ({label, run}) adds a button. Returns its end. */
export function toast(text, action = null) {
  const holder = document.getElementById("toasts");
  // Everything outside an open modal dialog is inert and silent, so the sentence goes into it.
  (topDialog() ?? document.body).append(holder);
  const one = el("div", { class: "toast" }, el("span", {}, text), action ? button(action) : null);
  holder.append(one);
  while (holder.children.length > MOST_SHOWN) holder.firstElementChild.remove();
  setTimeout(() => one.remove(), SHOWN_MS);
  return () => one.remove();
}

/** Takes the sentences out of a dialog that goes away. */
export function rescueToasts() {
  document.body.append(document.getElementById("toasts"));
}

/** Says something to a screen reader. */
export function announce(text) {
  const announcer = document.getElementById("announcer");
  while (announcer.children.length > 4) announcer.firstChild.remove();
  announcer.append(el("p", {}, text));
}

/** Shows or hides the bar that says the server is gone. */
export function showStopped(isStopped, text) {
  const bar = document.getElementById("stopped");
  bar.hidden = !isStopped;
  fill(bar, isStopped ? el("span", { class: "spinner", "aria-hidden": "true" }) : null, isStopped ? text : null);
}

function button({ label, run }) {
  const one = el("button", { class: "toast-button", type: "button" }, label);
  one.addEventListener("click", () => { one.closest(".toast").remove(); run(); });
  return one;
}

function topDialog() {
  return [...document.querySelectorAll("dialog[open]")].at(-1);
}
