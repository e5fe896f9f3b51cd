// What can be done with a message: the menu, the editor, copying and deleting.

import { plainText } from "./blocks.js";
import { el } from "./dom.js";
import { closeMenu, isMenuOf, openMenu } from "./menus.js";
import { permalink } from "./place.js";

/** Opens a message's menu at its button; a second click closes it. */
export function openMessageMenu(button, message, shape, item, app) {
  if (isMenuOf(button)) closeMenu();
  else openMenu(button, app.words("page.more_actions"), entries(message, shape, item, app));
}

const DRAFT = "playground.edit.";

/** Puts an editor in the place of a message's words; what was written and neither saved nor given up stands there. */
export function startEdit(message, item, app) {
  const before = item.querySelector(".content");
  const box = el("textarea", { class: "edit-box", "aria-label": app.words("page.edit") });
  const draft = DRAFT + message.ts;
  box.value = sessionStorage.getItem(draft) ?? plainText(message, app.context());
  const cancel = el("button", { class: "button", type: "button" }, app.words("page.cancel"));
  const save = el("button", { class: "button primary", type: "submit" }, app.words("page.save"));
  const form = el("form", { class: "edit-form" }, box, el("div", { class: "form-buttons" }, cancel, save));
  const close = () => {
    sessionStorage.removeItem(draft);
    delete item.dataset.editing;
    form.replaceWith(before);
    app.redraw();
    focusAgain(message);
  };
  cancel.addEventListener("click", close);
  form.addEventListener("submit", (event) => { event.preventDefault(); saveEdit(message, box.value, close, app); });
  box.addEventListener("keydown", (event) => editKey(event, form, close));
  item.dataset.editing = "yes";
  before.replaceWith(form);
  grow(box);
  box.addEventListener("input", () => { grow(box); sessionStorage.setItem(draft, box.value); });
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

function entries(message, shape, item, app) {
  const words = app.words;
  const { me, shortcuts, bot } = app.state();
  const isMine = message.user === me.id;
  const thread = { label: words("page.reply_in_thread"), icon: "reply" };
  return [
    message.user === bot.user ? { label: words("page.why"), icon: "braces", run: () => app.inspect(message) } : undefined,
    shape.isInThread ? undefined : { ...thread, run: () => app.openThread(message.channel, message.thread_ts ?? message.ts, true) },
    ...shortcuts.map((one) => shortcutEntry(one, message, app)),
    null,
    { label: words("page.forward"), icon: "forward", run: () => app.forward(message) },
    { label: words("page.copy_text"), icon: "copy", run: () => copy(plainText(message, app.context()), app) },
    { label: words("page.copy_link"), icon: "link", run: () => copy(permalink(message.channel, message), app) },
    ...(isMine ? [null, ...ownEntries(message, item, app)] : []),
  ].filter((entry) => entry !== undefined);
}

function shortcutEntry(shortcut, message, app) {
  const run = () => app.act("shortcut", { callback_id: shortcut.callback_id, channel: message.channel, ts: message.ts });
  return { label: shortcut.name, note: app.state().bot.name, icon: "bolt", run };
}

function ownEntries(message, item, app) {
  const canEdit = !message.files?.length && !message.attachments?.length;
  const edit = { label: app.words("page.edit"), icon: "edit", run: () => app.startEdit(message, item) };
  const remove = { label: app.words("page.delete"), icon: "bin", isDanger: true, run: () => app.askDelete(message) };
  return canEdit ? [edit, remove] : [remove];
}

async function saveEdit(message, text, close, app) {
  if (!text.trim()) {
    app.toast(app.words("page.empty_edit"));
    return;
  }
  const answer = await app.act("edit", { channel: message.channel, ts: message.ts, text });
  if (answer.ok) close();
}

function editKey(event, form, close) {
  if (event.isComposing) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    close();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
}

function focusAgain(message) {
  document.querySelector(`.message[data-ts="${message.ts}"]`)?.focus({ preventScroll: true });
}

async function copy(text, app) {
  try {
    await navigator.clipboard.writeText(text);
    app.toast(app.words("page.copied"));
  } catch {
    app.toast(app.words("page.not_copied"));
  }
}

/** Makes a text box as tall as its words. */
export function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, Math.round(innerHeight * 0.45))}px`;
}
