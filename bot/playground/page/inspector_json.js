// The tab "JSON": what the bot sent to Slack, to be read and copied.

import { el } from "./dom.js";
import { fullTime } from "./when.js";

const COPIED_MS = 2500;
const BUILDER = "https://app.slack.com/block-kit-builder";

/** Returns the calls that made a message, newest first; without any, the message as it stands. */
export function renderJson(calls, message, app) {
  const say = (key, values) => app.words(`inspector.${key}`, values);
  const sent = calls.length ? calls.toReversed() : null;
  if (!sent) {
    return el("div", { class: "json" },
      el("p", { class: "why-quiet" }, say("no_call")),
      content({ body: message }, "whole_message", say, app));
  }
  return el("div", { class: "json" }, el("h3", {}, say("calls")), sent.map((call, index) => one(call, index === 0, say, app)));
}

function one(call, isOpen, say, app) {
  const time = fullTime(call.at_ms, app.state().me);
  return el("details", { class: "json-call", open: isOpen },
    el("summary", {}, say("call", { method: call.method, time })),
    content(call, "whole_call", say, app));
}

function content(call, whole, say, app) {
  const { blocks } = call.body;
  const body = call.method ? { method: call.method, ...call.body } : call.body;
  return el("div", {},
    blocks?.length
      ? [source(say("blocks"), { blocks }, say, app), builder(say)]
      : el("p", { class: "why-quiet" }, say("no_blocks")),
    source(say(whole), body, say, app));
}

function builder(say) {
  return el("p", { class: "why-quiet" }, say("blocks_hint"), " ", el("a", { href: BUILDER }, say("builder")));
}

function source(title, value, say, app) {
  const text = JSON.stringify(value, null, 2);
  const code = el("pre", { class: "json-source", tabindex: "0", role: "region", "aria-label": title }, el("code", {}, text));
  return el("div", { class: "json-part" },
    el("div", { class: "json-head" }, el("h4", {}, title), copyButton(title, text, code, say, app)),
    code);
}

function copyButton(title, text, code, say, app) {
  const label = say("copy_what", { what: title });
  const button = el("button", { type: "button", class: "panel-button", "aria-label": label }, say("copy"));
  button.addEventListener("click", async () => {
    if (!(await copy(text))) {
      select(code);
      app.toast(say("not_copied"));
      return;
    }
    button.textContent = `✓ ${say("copied")}`;
    app.toast(say("copied"));
    setTimeout(() => { button.textContent = say("copy"); }, COPIED_MS);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function select(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}
