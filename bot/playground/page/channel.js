// The main pane: a channel's heading, its messages, and the box to write into.

import { action, createComposer } from "./composer.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { createList } from "./list.js";
import { messageItem } from "./message.js";
import { takeDrops } from "./staging.js";
import { countUnread, markSeen, readSeen } from "./unread.js";
import { dayKey, dayName, isNear, msOf } from "./when.js";

let gallery = null;

/** Tells whether a message is a reply that stands in its thread only. */
export const isReply = (message) =>
  Boolean(message.thread_ts) && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";

/** Makes the view of one channel in `root`. */
export function createChannel(channel, root, app) {
  const list = createList(app.words("page.messages_in", { channel: app.channelName(channel) }));
  const intro = el("div", { class: "intro" });
  list.element.prepend(intro);
  const composer = createComposer(boxOf(channel, app, () => list.toEnd()), app);
  const later = newBelow(list, app);
  fill(root, heading(channel, app), list.element, el("div", { class: "composer-place" }, later, composer.element));
  let wasEmpty = null;
  const view = { channel, list, composer, update };
  return view;

  function update() {
    const messages = topMessages(channel, app);
    const isEmpty = !messages.length;
    if (isEmpty !== wasEmpty) turn(isEmpty);
    list.update(itemsOf(messages, channel, app));
    later.hidden = list.isAtEnd() || isEmpty;
    if (!document.hidden) markSeen(app.actAs(), channel.id, messages.at(-1)?.ts);
  }

  function turn(isEmpty) {
    drawIntro(intro, channel, isEmpty, app);
    if (isEmpty) list.goTo(0);
    else if (wasEmpty) list.toEnd();
    wasEmpty = isEmpty;
  }
}

/** Lets files be dropped on a pane; they wait in the box of `composer()`. */
export function dropInto(root, composer, app) {
  takeDrops(root, app.words("page.drop_here"), (files) => composer()?.stage(files));
}

/** Returns a conversation's messages outside threads, with what only this person sees, oldest first. */
export function topMessages(channel, app) {
  return withEphemerals(channel, app, (message) => !isReply(message));
}

/** Returns messages of a channel that pass, each with its channel, in the order of time. */
export function withEphemerals(channel, app, passes) {
  const { messages, ephemerals } = app.state();
  const mine = ephemerals
    .filter((one) => one.channel === channel.id && !app.isDismissed(one))
    .map((one) => ({ ...one, is_ephemeral: true }));
  const all = [...(messages[channel.id] ?? []), ...mine].filter(passes);
  return all.map((one) => ({ ...one, channel: channel.id })).sort((a, b) => (a.ts < b.ts ? -1 : Number(a.ts > b.ts)));
}

/** Tells whether a message follows so closely on one of the same author that it needs no heading. */
export function isCompact(message, before) {
  if (!before || message.is_ephemeral || before.is_ephemeral || message.bot_id || before.bot_id) return false;
  if (before.reply_count || before.subtype === "tombstone" || message.subtype === "tombstone") return false;
  return message.user === before.user && isNear(msOf(before.ts), msOf(message.ts));
}

function itemsOf(messages, channel, app) {
  const me = app.me();
  const { threads } = countUnread(app.state().messages[channel.id] ?? [], channel.id, me, readSeen(app.actAs()));
  const items = [];
  let before = null;
  for (const message of messages) {
    const isNewDay = !before || dayKey(msOf(before.ts), me) !== dayKey(msOf(message.ts), me);
    if (isNewDay) items.push(dayItem(message, app));
    const shape = { isCompact: !isNewDay && isCompact(message, before), isInThread: false, isNew: threads.has(message.ts) };
    items.push(messageItem(message, shape, app));
    before = message;
  }
  return items;
}

function dayItem(message, app) {
  const ms = msOf(message.ts);
  const name = dayName(ms, app.nowMs(), app.me(), app.words);
  const build = () => el("li", { class: "day" }, el("span", {}, name));
  return { key: `day ${dayKey(ms, app.me())}`, stamp: name, build };
}

function heading(channel, app) {
  const isDirect = channel.kind === "im";
  const title = el("h1", {}, isDirect ? icon("bot") : icon("hash", 18), channel.kind === "im" ? app.state().bot.name : channel.name);
  const samples = el("button", { class: "button", type: "button", id: "gallery-button", "aria-controls": "gallery-drawer" },
    icon("spark", 18), app.words("page.gallery"));
  samples.addEventListener("click", () => app.toggleGallery());
  return el("header", { class: "channel-head" },
    el("div", { class: "channel-title" }, title, channel.topic ? el("p", { class: "quiet" }, channel.topic) : null),
    isDirect ? tabs("messages", app) : null,
    app.isInquiries(channel) ? samples : null);
}

/** Draws the tabs of the bot: its home, and the conversation with it. */
export function tabs(current, app) {
  const one = (name, key, place) => {
    const button = el("button", { class: "tab", type: "button", "aria-current": name === current ? "page" : null }, app.words(key));
    button.addEventListener("click", () => app.goTo(place));
    return button;
  };
  return el("div", { class: "tabs" }, one("home", "page.home", "home"), one("messages", "page.messages", "bot"));
}

function boxOf(channel, app, onSent) {
  const name = app.channelName(channel);
  const placeholder = app.isInquiries(channel) ? app.words("page.paste_here") : app.words("page.write_to", { channel: name });
  const mail = action("mail", app.words("page.email_action"), () => app.forwardEmail(channel));
  const extras = channel.kind === "im" ? [] : [mail];
  return { channel: channel.id, thread: null, placeholder, label: app.words("page.write_to", { channel: name }), extras, onSent };
}

function newBelow(list, app) {
  const button = el("button", { class: "new-below", type: "button", hidden: true }, icon("down", 16), app.words("page.to_newest"));
  button.addEventListener("click", () => list.toEnd());
  list.element.addEventListener("scroll", () => { button.hidden = list.isAtEnd(); }, { passive: true });
  return button;
}

function drawIntro(intro, channel, isEmpty, app) {
  // A view that gives way takes the gallery out of the page with it: it is remembered, not looked up.
  gallery ??= document.getElementById("gallery");
  const isFirstVisit = isEmpty && app.isInquiries(channel);
  if (isFirstVisit) app.closeDrawer("gallery-drawer");
  intro.classList.toggle("welcome", isFirstVisit);
  if (!isFirstVisit) {
    app.galleryDrawerBody().append(gallery);
    fill(intro, beginning(channel, app));
    return;
  }
  fill(intro,
    el("img", { src: "/page/favicon.svg", alt: "", width: "56", height: "56" }),
    el("h2", {}, app.words("page.welcome_title")),
    el("p", {}, app.words("page.welcome_text")),
    gallery);
}

function beginning(channel, app) {
  const isDirect = channel.kind === "im";
  const key = isDirect ? "page.beginning_bot" : app.isInquiries(channel) ? "page.beginning_inquiries" : "page.beginning";
  return el("p", { class: "quiet" }, app.words(key, { channel: app.channelName(channel), bot: app.state().bot.name }));
}
