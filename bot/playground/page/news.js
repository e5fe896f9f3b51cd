// What has just arrived: said to the ears where it is open, offered where it is not.

import { gist } from "./message.js";

const MOST_SPOKEN = 3;
const OFFERED = 84; // characters of a message that a sentence quotes

/** Makes the watch over new messages; `update()` compares with what was there before. */
export function createNews(app) {
  const known = { as: null, latest: "", offered: null };
  return { update };

  function update() {
    const all = everything(app);
    const isFirstLook = known.as !== app.actAs();
    const news = isFirstLook ? [] : all.filter((one) => one.ts > known.latest && one.user !== app.me().id);
    known.as = app.actAs();
    known.latest = all.reduce((latest, one) => (one.ts > latest ? one.ts : latest), isFirstLook ? "" : known.latest);
    if (news.length) tell(news);
    else withdraw();
  }

  // What one has opened oneself needs no offer any more: it would only lie over it.
  function withdraw() {
    if (!known.offered || !app.visibleMessages().some((one) => one.ts === known.offered.ts)) return;
    known.offered.end();
    known.offered = null;
  }

  function tell(news) {
    const open = new Set(app.visibleMessages().map((one) => one.ts));
    for (const one of news.filter((each) => open.has(each.ts)).slice(-MOST_SPOKEN)) app.announce(gist(one, app));
    const hidden = news.findLast((one) => !open.has(one.ts) && isAnswer(one));
    if (hidden) offer(hidden);
  }

  function isAnswer(message) {
    return message.user === app.state().bot.user && message.thread_ts && message.thread_ts !== message.ts && !message.is_ephemeral;
  }

  function offer(message) {
    const text = gist(message, app);
    const run = () => app.openThread(message.channel, message.thread_ts, true);
    const action = { label: app.words("page.open_thread"), run };
    const end = app.toast(text.length > OFFERED ? `${text.slice(0, OFFERED)}…` : text, action);
    known.offered = { ts: message.ts, end };
  }
}

function everything(app) {
  const { messages, ephemerals } = app.state();
  return [...Object.entries(messages).flatMap(([channel, all]) => all.map((one) => ({ ...one, channel }))), ...ephemerals];
}
