// One message: who, when, what, and what can be done with it.

import { plainText, renderBlocks, renderMessageText } from "./blocks.js";
import { add, el, fill } from "./dom.js";
import { renderFiles, renderShares } from "./files.js";
import { icon } from "./icons.js";
import { openMessageMenu } from "./message_menu.js";
import { fullTime, lastReply, msOf, timeOf } from "./when.js";

const TONES = 8;
const LONG = 1200; // characters
const LONG_LINES = 18;
const QUIET_SUBTYPES = new Set(["channel_join", "channel_leave", "channel_topic", "channel_name", "channel_purpose"]);

/** Returns a message as an item of a list. `shape`: {isCompact, isInThread, unreadThreads}. */
export function messageItem(message, shape, app) {
  return {
    key: `${message.is_ephemeral ? "only-you " : ""}${message.ts}`,
    stamp: JSON.stringify([message, shape.isCompact, shape.isNew, app.stamp()]),
    build: () => renderMessage(message, shape, app),
  };
}

/** Returns {name, initials, tone, isBot} of a message's author. */
export function authorOf(message, app) {
  const { users, bot } = app.state();
  if (message.files?.[0]?.mode === "email" && message.bot_id) return face(app.words("page.email_author"), "mail", true);
  if (message.user === bot.user) return face(users[bot.user]?.real_name ?? bot.name, "bot", true);
  const user = users[message.user];
  const name = message.username || user?.real_name || user?.name || message.bot_profile?.name || message.user || "?";
  return face(name, null, Boolean(user?.is_bot || message.bot_id));
}

/** Draws the square with a person's initials. */
export function avatar(author, size = "") {
  const square = el("span", { class: `avatar ${size} tone-${author.tone}`, "aria-hidden": "true" });
  fill(square, author.icon ? icon(author.icon, 22) : author.initials);
  return square;
}

/** Returns name, initials and colour for a name. */
export function face(name, iconName = null, isBot = false) {
  const tone = iconName ? "bot" : [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % TONES;
  return { name, initials: initialsOf(name), tone, icon: iconName, isBot };
}

function initialsOf(name) {
  const words = name.split(/[\s_.-]+/).filter(Boolean);
  if (/^\p{Script=Han}/u.test(name)) return [...name].slice(-2).join("");
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
}

function renderMessage(message, shape, app) {
  if (QUIET_SUBTYPES.has(message.subtype)) return quietLine(message, app);
  const author = authorOf(message, app);
  const kinds = ["message", shape.isCompact && "compact", message.is_ephemeral && "only-you", shape.isNew && "fresh"];
  const item = el("li", { class: kinds.filter(Boolean).join(" "), tabindex: "-1", "data-ts": message.ts });
  add(item,
    el("div", { class: "gutter" }, shape.isCompact ? clockTime(message, app) : avatar(author)),
    el("div", { class: "message-body" },
      message.is_ephemeral ? onlyYou(message, app) : null,
      heading(message, author, shape, app),
      content(message, app),
      shape.isInThread ? null : repliesButton(message, shape, app)),
    tools(message, shape, item, app));
  item.addEventListener("keydown", (event) => onKey(event, message, shape, item, app));
  return item;
}

function heading(message, author, shape, app) {
  const hidden = shape.isCompact ? " for-ears" : "";
  return el("div", { class: `message-head${hidden}` },
    el("strong", { class: "author" }, author.name),
    author.isBot ? el("span", { class: "app-mark" }, app.words("page.app_mark")) : null,
    shape.isCompact ? null : clockTime(message, app));
}

function clockTime(message, app) {
  const ms = msOf(message.ts);
  const shown = timeOf(ms, app.me());
  return el("time", { class: "time", datetime: new Date(ms).toISOString(), title: fullTime(ms, app.me()) }, shown);
}

function content(message, app) {
  const holder = el("div", { class: "content" });
  if (message.subtype === "tombstone") {
    return fill(holder, el("em", { class: "quiet" }, app.words("page.deleted")));
  }
  holder.append(isLong(message) ? folded(message, app) : words(message, app));
  if (message.edited && !message.bot_id) holder.append(el("span", { class: "edited" }, app.words("page.edited")));
  holder.append(...renderFiles(message.files, app), ...renderShares(message.attachments, app));
  return holder;
}

function words(message, app) {
  const context = app.context((action) => app.click(message, action));
  if (message.blocks?.length) return renderBlocks(message.blocks, context);
  return message.text ? el("div", { class: "plain-text" }, renderMessageText(message.text, context)) : "";
}

// A pasted mail can be pages long; the bot's cards are always shown whole.
function isLong(message) {
  const text = message.bot_id ? "" : message.text ?? "";
  return text.length > LONG || text.split("\n").length > LONG_LINES;
}

function folded(message, app) {
  const text = el("div", { class: "foldable" }, words(message, app));
  const button = el("button", { class: "link-button", type: "button" });
  const show = () => {
    const isOpen = app.unfolded.has(message.ts);
    text.classList.toggle("folded", !isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = app.words(isOpen ? "page.show_less" : "page.show_more");
  };
  button.addEventListener("click", () => {
    if (!app.unfolded.delete(message.ts)) app.unfolded.add(message.ts);
    show();
  });
  show();
  return el("div", {}, text, button);
}

function quietLine(message, app) {
  const author = authorOf(message, app);
  return el("li", { class: "message compact quiet-line", tabindex: "-1", "data-ts": message.ts },
    el("div", { class: "gutter" }, clockTime(message, app)),
    el("div", { class: "message-body" }, `${author.name} `, renderMessageText(message.text, app.context())));
}

function onlyYou(message, app) {
  const dismiss = el("button", { class: "link-button", type: "button" }, app.words("page.dismiss"));
  dismiss.addEventListener("click", () => app.dismiss(message));
  return el("div", { class: "only-you-line" }, icon("eye", 16), app.words("page.only_you"), " · ", dismiss);
}

function repliesButton(message, shape, app) {
  if (!message.reply_count) return null;
  const people = (message.reply_users ?? []).slice(0, 3).map((user) => authorOf({ user }, app));
  const when = lastReply(msOf(message.latest_reply), app.nowMs(), app.me(), app.words);
  const count = app.words(message.reply_count === 1 ? "page.reply_one" : "page.replies", { count: message.reply_count });
  const button = el("button", { class: "replies", type: "button" },
    el("span", { class: "reply-faces" }, ...people.map((one) => avatar(one, "small"))),
    el("span", { class: "reply-count" }, count),
    shape.isNew ? el("span", { class: "badge" }, app.words("page.new")) : null,
    el("span", { class: "quiet" }, app.words("page.last_reply", { when })));
  button.addEventListener("click", () => app.openThread(message.channel, message.ts, true));
  return button;
}

function tools(message, shape, item, app) {
  if (message.is_ephemeral || message.subtype === "tombstone") return null;
  const reply = toolButton("reply", "page.reply_in_thread", app);
  reply.addEventListener("click", () => app.openThread(message.channel, message.thread_ts ?? message.ts, true));
  const more = toolButton("more", "page.more_actions", app);
  more.setAttribute("aria-haspopup", "menu");
  more.setAttribute("aria-expanded", "false");
  more.addEventListener("click", () => openMessageMenu(more, message, shape, item, app));
  return el("div", { class: "tools" }, shape.isInThread ? null : reply, more);
}

function toolButton(iconName, key, app) {
  const label = app.words(key);
  return el("button", { class: `icon-button tool-${iconName}`, type: "button", "aria-label": label, title: label }, icon(iconName));
}

// Slack's own letters for a message that has the focus.
function onKey(event, message, shape, item, app) {
  if (event.target !== item || event.ctrlKey || event.metaKey || event.altKey) return;
  const more = item.querySelector(".tool-more");
  const deeds = {
    t: () => app.openThread(message.channel, message.thread_ts ?? message.ts, true),
    Enter: () => item.querySelector("button, a[href]")?.focus(),
    m: () => more?.click(),
    e: () => { if (message.user === app.me().id && !message.files) app.startEdit(message, item); },
    f: () => app.forward(message),
  };
  const deed = deeds[event.key];
  if (!deed || message.is_ephemeral) return;
  event.preventDefault();
  deed();
}

/** Returns what a message says in plain words, for lists and for the ears. */
export function gist(message, app) {
  const text = plainText(message, app.context()) || message.files?.map((file) => file.subject || file.name).join(", ") || "";
  return app.words("page.says", { author: authorOf(message, app).name, text: text.slice(0, 240) });
}
