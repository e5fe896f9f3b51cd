// The message box: Enter sends, Shift+Enter breaks the line, a slash begins a command, files wait above it.

import { Gone } from "./api.js";
import { createCompletion } from "./completion.js";
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { grow } from "./message_menu.js";
import { createStaging } from "./staging.js";

const COMMAND = /^\/[a-z]/i;
const TYPES = ".eml,.msg,.txt,.html,.htm,.pdf";
const DRAFT = "playground.draft.";

/** Makes the box of one channel or thread. `place`: {channel, thread, placeholder, label, extras}. */
export function createComposer(place, app) {
  const parts = build(place, app);
  const { form, box, staging, completion, picker, attach } = parts;
  const draft = `${DRAFT}${app.actAs()}.${place.channel}.${place.thread ?? ""}`;
  box.value = sessionStorage.getItem(draft) ?? "";
  box.addEventListener("input", () => { keep(draft, box.value); refresh(); });
  box.addEventListener("keydown", (event) => onKey(event, form, completion, box, place, app));
  box.addEventListener("blur", completion.close);
  box.addEventListener("paste", (event) => pasteFiles(event, staging));
  attach.addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => { staging.stage(picker.files); picker.value = ""; refresh(); box.focus(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  queueMicrotask(refresh);
  return {
    element: form,
    focus: () => box.focus(),
    stage: (files) => { staging.stage(files); refresh(); box.focus(); },
    write: (text) => { box.value = text; keep(draft, text); refresh(); box.focus(); },
  };

  function refresh() {
    grow(box);
    completion.update();
    form.classList.toggle("ready", Boolean(box.value.trim() || staging.count()));
  }

  async function send() {
    const text = box.value;
    if (!text.trim() && !staging.count()) return app.toast(app.words("page.empty_message"));
    if (place.thread && COMMAND.test(text) && !staging.count()) return refuse(text);
    form.setAttribute("aria-busy", "true");
    if (!staging.count()) write("");
    const answer = await deliver(text, place, staging, app);
    form.removeAttribute("aria-busy");
    if (answer.ok) return sent();
    // What was typed comes back, unless something new stands there already.
    if (!box.value) write(text);
    return undefined;
  }

  function sent() {
    if (staging.count()) write("");
    staging.clear();
    refresh();
    place.onSent?.();
  }

  function write(text) {
    box.value = text;
    keep(draft, text);
    refresh();
  }

  function refuse(text) {
    app.toast(app.words("page.no_command_in_thread", { command: text.split(/\s/)[0] }));
  }
}

function build(place, app) {
  const id = freshId("message");
  const box = el("textarea", { class: "message-box", id, rows: "1", placeholder: place.placeholder, "aria-label": place.label, spellcheck: "true" });
  const completion = createCompletion(box, app);
  const staging = createStaging(app);
  const picker = el("input", { type: "file", multiple: true, accept: TYPES, hidden: true, tabindex: "-1", "aria-label": app.words("page.attach") });
  const attach = action("clip", app.words("page.attach"));
  const sendLabel = app.words("page.send");
  const submit = el("button", { class: "send", type: "submit", "aria-label": sendLabel, title: sendLabel }, icon("send"));
  const bottom = el("div", { class: "composer-bottom" }, attach, ...(place.extras ?? []), el("span", { class: "grow" }), submit);
  const form = el("form", { class: "composer" }, completion.list,
    el("div", { class: "composer-frame" }, staging.element, staging.bar, completion.hint, box, picker, bottom));
  return { form, box, staging, completion, picker, attach };
}

/** Makes a quiet button of the message box. */
export function action(iconName, label, onClick = null) {
  const button = el("button", { class: "composer-action", type: "button", title: label }, icon(iconName, 18), el("span", {}, label));
  if (onClick) button.addEventListener("click", onClick);
  return button;
}

async function deliver(text, place, staging, app) {
  const where = { channel: place.channel, thread_ts: place.thread ?? undefined };
  if (staging.count()) return sendFiles(text, where, staging, app);
  if (COMMAND.test(text)) return app.act("command", { channel: place.channel, line: text.trim() });
  app.expectAnswer(place);
  return app.act("type", { ...where, text });
}

async function sendFiles(comment, where, staging, app) {
  app.expectAnswer(where);
  try {
    const answer = await staging.send({ ...where, as: app.actAs(), comment: comment.trim() });
    if (answer.says) app.toast(answer.says);
    await app.refresh();
    return answer;
  } catch (error) {
    if (!(error instanceof Gone)) throw error;
    app.toast(app.words("page.no_answer"));
    return { ok: false };
  }
}

function onKey(event, form, completion, box, place, app) {
  // Enter that ends the choice of a Chinese character is not Enter.
  if (event.isComposing || event.keyCode === 229) return;
  if (completion.key(event)) event.preventDefault();
  else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "ArrowUp" && !box.value) {
    event.preventDefault();
    app.editLast(place);
  } else if (event.key !== "Escape" || !box.value) return;
  // Escape amid a sentence closes no thread.
  event.stopPropagation();
}

function pasteFiles(event, staging) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  staging.stage(files);
}

function keep(key, text) {
  if (text) sessionStorage.setItem(key, text);
  else sessionStorage.removeItem(key);
}
