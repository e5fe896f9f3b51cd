// The pane of one thread: its first message, the replies, and a box of its own.

import { isCompact, withEphemerals } from "./channel.js";
import { createComposer } from "./composer.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { createList } from "./list.js";
import { messageItem } from "./message.js";
import { markSeen } from "./unread.js";

/** Makes the view of the thread `ts` of a channel in `root`. */
export function createThread(channel, ts, root, app) {
  const list = createList(app.words("page.thread"));
  const label = app.words("page.reply_box");
  const place = { channel: channel.id, thread: ts, placeholder: label, label, onSent: () => list.toEnd() };
  const composer = createComposer(place, app);
  fill(root, heading(channel, app), list.element, el("div", { class: "composer-place" }, composer.element));
  return { channel, ts, list, composer, update };

  function update() {
    const messages = withEphemerals(channel, app, (one) => one.ts === ts || one.thread_ts === ts);
    const parent = messages.find((one) => one.ts === ts);
    if (!parent) return app.closeThread();
    list.update(itemsOf(parent, messages.filter((one) => one !== parent), app));
    if (!document.hidden) markSeen(app.actAs(), `${channel.id}/${ts}`, messages.at(-1).ts);
    return undefined;
  }
}

function heading(channel, app) {
  const label = app.words("page.close_thread");
  const close = el("button", { class: "icon-button", type: "button", "aria-label": label, title: label }, icon("close"));
  close.addEventListener("click", () => app.closeThread());
  return el("header", { class: "channel-head" },
    el("div", { class: "channel-title" },
      el("h2", {}, app.words("page.thread")),
      el("p", { class: "quiet" }, app.channelName(channel))),
    close);
}

function itemsOf(parent, replies, app) {
  const shape = { isCompact: false, isInThread: true };
  const items = [messageItem(parent, shape, app)];
  if (replies.length) items.push(countItem(replies.filter((one) => !one.is_ephemeral).length, app));
  replies.forEach((reply, index) => {
    items.push(messageItem(reply, { ...shape, isCompact: isCompact(reply, replies[index - 1]) }, app));
  });
  return items;
}

function countItem(count, app) {
  const words = count ? app.words(count === 1 ? "page.reply_one" : "page.replies", { count }) : "";
  return { key: "count", stamp: words, build: () => el("li", { class: "day reply-line" }, el("span", {}, words)) };
}
