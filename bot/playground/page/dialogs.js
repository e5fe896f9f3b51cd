// The page's own dialogs: an email into a channel, forwarding a message, and "are you sure?".

import { el, freshId } from "./dom.js";
import { renderFiles } from "./files.js";
import { icon } from "./icons.js";
import { gist } from "./message.js";

const UNSENT_MAIL = "playground.mail";

/** Opens a dialog; `submit(values)` returns whether it may close. Escape and a click on "cancel" close it. */
export function openDialog({ title, body, yes, isDanger, submit }, app) {
  const id = freshId("dialog");
  const cancel = el("button", { class: "button", type: "button" }, app.words("page.cancel"));
  const confirm = el("button", { class: `button ${isDanger ? "danger-button" : "primary"}`, type: "submit" }, yes);
  const form = el("form", { class: "dialog-form" },
    dialogHead(title, id, () => dialog.close(), app),
    el("div", { class: "dialog-body" }, body),
    el("div", { class: "dialog-foot" }, cancel, confirm));
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": id }, form);
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { app.rescueToasts(); dialog.remove(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    confirm.disabled = true;
    const mayClose = await submit(Object.fromEntries(new FormData(form)));
    confirm.disabled = false;
    if (mayClose) dialog.close();
  });
  show(dialog);
  return dialog;
}

/** Draws a dialog's heading with its way out. */
export function dialogHead(title, id, onClose, app) {
  const label = app.words("page.close");
  const close = el("button", { class: "icon-button", type: "button", "aria-label": label, title: label }, icon("close"));
  close.addEventListener("click", onClose);
  return el("header", { class: "dialog-head" }, el("h2", { id }, title), close);
}

/** Asks before something that cannot be undone. */
export function askFirst({ title, text, yes, run }, app) {
  const submit = async () => { await run(); return true; };
  openDialog({ title, body: el("p", {}, text), yes, isDanger: true, submit }, app);
}

/** Opens the form for an email that arrives in a channel; an unsent one is still there when it opens again. */
export function emailForm(channel, app) {
  const unsent = JSON.parse(sessionStorage.getItem(UNSENT_MAIL) ?? "{}");
  const body = [
    el("p", { class: "quiet" }, app.words("page.email_about", { channel: app.channelName(channel) })),
    field("from", app.words("page.email_from"), { placeholder: app.words("page.email_from_example"), required: true, autocomplete: "off" }),
    field("subject", app.words("page.email_subject"), { autocomplete: "off" }),
    field("body", app.words("page.email_body"), { rows: "9", required: true }),
  ];
  const submit = async (values) => {
    const answer = await app.act("email", { channel: channel.id, ...values });
    if (answer.ok) sessionStorage.removeItem(UNSENT_MAIL);
    return answer.ok;
  };
  const dialog = openDialog({ title: app.words("page.email_title"), body, yes: app.words("page.email_send"), submit }, app);
  const form = dialog.querySelector("form");
  for (const [name, value] of Object.entries(unsent)) form.elements[name].value = value;
  form.addEventListener("input", () => {
    sessionStorage.setItem(UNSENT_MAIL, JSON.stringify(Object.fromEntries(new FormData(form))));
  });
}

/** Opens the form that forwards a message. */
export function forwardForm(message, app) {
  const channels = app.state().channels;
  const wanted = channels.find((one) => one.id !== message.channel && one.kind !== "im") ?? channels[0];
  const options = channels.map((one) => el("option", { value: one.id, selected: one === wanted }, app.channelName(one)));
  const id = freshId("to");
  const body = [
    el("div", { class: "field" }, el("label", { for: id }, app.words("page.forward_to")), el("select", { id, name: "to" }, ...options)),
    field("comment", app.words("page.forward_comment"), { rows: "2" }),
    el("div", { class: "share-card" }, el("p", { class: "clamped" }, gist(message, app)), ...renderFiles(message.files, app)),
  ];
  const submit = async (values) => {
    const answer = await app.act("forward", { channel: message.channel, ts: message.ts, ...values });
    if (answer.ok) app.toast(app.words("page.forwarded", { channel: app.channelName(channels.find((one) => one.id === values.to)) }));
    return answer.ok;
  };
  openDialog({ title: app.words("page.forward_title"), body, yes: app.words("page.forward_yes"), submit }, app);
}

/** Shows a dialog, its first field ready to be written into. */
export function show(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector(".dialog-body input, .dialog-body textarea, .dialog-body select")?.focus();
}

function field(name, label, attrs) {
  const id = freshId(name);
  const tag = attrs.rows ? "textarea" : "input";
  return el("div", { class: "field" }, el("label", { for: id }, label), el(tag, { id, name, ...attrs }));
}
