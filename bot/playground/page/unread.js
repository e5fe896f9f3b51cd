// What each person has seen, kept in the browser: badges are the page's own business.

const KEY = "playground.seen.";

/** Returns the ts of what one person has seen last, by channel and by "channel/thread". */
export function readSeen(as) {
  try {
    return JSON.parse(localStorage.getItem(KEY + as)) ?? {};
  } catch {
    return {};
  }
}

/** Notes that a person has seen a channel's or thread's messages up to ts. */
export function markSeen(as, key, ts) {
  const seen = readSeen(as);
  if (!ts || seen[key] >= ts) return false;
  localStorage.setItem(KEY + as, JSON.stringify({ ...seen, [key]: ts }));
  return true;
}

/** Returns {messages, threads}: how many messages and how many threads of a channel hold something new. */
export function countUnread(messages, channel, me, seen) {
  const isNew = (message, key) => message.user !== me.id && message.ts > (seen[key] ?? "");
  const threads = new Set();
  let count = 0;
  for (const message of messages) {
    const isReply = message.thread_ts && message.thread_ts !== message.ts;
    if (isReply && isNew(message, `${channel}/${message.thread_ts}`)) threads.add(message.thread_ts);
    if (!isReply && isNew(message, channel)) count += 1;
  }
  return { messages: count, threads };
}
