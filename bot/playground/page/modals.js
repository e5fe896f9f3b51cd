// The bot's modals: the top one of the stack stands open, those below wait with what was written into them.

import { renderView } from "./blocks.js";
import { dialogHead } from "./dialogs.js";
import { el, fill, freshId } from "./dom.js";

/** Makes the place where the bot's modals open; `update()` follows the state. */
export function createModals(app) {
  const dialog = el("dialog", { class: "dialog modal" });
  const drawn = new Map();
  let shown = null;
  let before = null;
  document.body.append(dialog);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  // Chromium lets a second Escape through; the bot is told all the same.
  dialog.addEventListener("close", () => { if (shown) close(); });
  return { update };

  function update() {
    const stack = app.state().modals;
    for (const id of drawn.keys()) if (!stack.some((view) => view.id === id)) drawn.delete(id);
    const top = stack.at(-1);
    if (!top) return hide();
    const one = current(top);
    if (one !== shown) put(one);
    return undefined;
  }

  function current(view) {
    const known = drawn.get(view.id);
    if (known?.hash === view.hash && known.language === app.me().language) return known;
    const fresh = draw(view, app, close);
    drawn.set(view.id, fresh);
    return fresh;
  }

  function put(one) {
    if (!shown) before = document.activeElement;
    shown = one;
    fill(dialog, one.form);
    dialog.setAttribute("aria-labelledby", one.titleId);
    if (!dialog.open) dialog.showModal();
    focusFirst(dialog);
  }

  function hide() {
    if (!shown) return;
    shown = null;
    app.rescueToasts();
    dialog.close();
    dialog.replaceChildren();
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  function close() {
    const top = app.state().modals.at(-1);
    if (top) app.act("close", { view_id: top.id });
  }
}

function draw(view, app, close) {
  const rendered = renderView(view, app.context((action) => click(view, action, rendered, app)));
  const titleId = freshId("modal");
  const form = el("form", { class: "dialog-form", novalidate: true },
    dialogHead(view.title?.text ?? app.state().bot.name, titleId, close, app),
    el("div", { class: "dialog-body", tabindex: hasField(rendered.body) ? null : "0" }, rendered.body),
    buttons(view, close, app));
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(view, rendered, form, app); });
  return { hash: view.hash, language: app.me().language, form, titleId };
}

function buttons(view, close, app) {
  const away = el("button", { class: "button", type: "button" }, view.close?.text ?? app.words("page.cancel"));
  away.addEventListener("click", close);
  const done = view.submit ? el("button", { class: "button primary", type: "submit" }, view.submit.text) : null;
  return el("div", { class: "dialog-foot" }, away, done);
}

async function submit(view, rendered, form, app) {
  const button = form.querySelector("[type='submit']");
  button.disabled = true;
  const complaints = rendered.check();
  const errors = Object.keys(complaints).length ? complaints : await answerOf(view, rendered, app);
  button.disabled = false;
  rendered.showErrors(errors);
  if (!Object.keys(errors).length) return;
  app.announce(Object.values(errors).join(" "));
}

async function answerOf(view, rendered, app) {
  const answer = await app.act("submit", { view_id: view.id, values: rendered.values() });
  return answer.result?.errors ?? {};
}

function click(view, action, rendered, app) {
  const { action_id, block_id, value } = action;
  return app.act("click_view", { view_id: view.id, action_id, block_id, value, values: rendered.values() });
}

function focusFirst(dialog) {
  const fields = [...dialog.querySelectorAll(".dialog-body :is(input, textarea, select)")];
  const first = fields.find((field) => field.checked) ?? fields[0] ?? dialog.querySelector("button");
  first?.focus();
  if (!first?.value || first.tagName !== "TEXTAREA") return;
  // A draft is read from its start.
  first.setSelectionRange(0, 0);
  first.scrollTop = 0;
}

// A form is walked through by its fields; a modal that is only read is scrolled by keyboard.
function hasField(body) {
  return Boolean(body.querySelector("input, textarea, select, button, a[href]"));
}
