// Where the person is: #/person/place/thread. `place` is a channel's name, `bot` (the direct message) or `home`.

/** Reads the place out of the address; what is missing is null. */
export function readPlace() {
  const [person, place, thread] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { person: person || null, place: place || null, thread: thread || null };
}

/** Writes the place into the address; `isStep` makes it one that "back" returns from. */
export function writePlace({ person, place, thread }, isStep) {
  const hash = `#/${[person, place, thread].filter(Boolean).map(encodeURIComponent).join("/")}`;
  if (hash === location.hash) return;
  if (isStep) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
}

/** Returns the name of a channel in the address. */
export const nameOf = (channel) => (channel.kind === "im" ? "bot" : channel.name);

/** Returns the message a permalink of this workspace leads to, or null. */
export function fromPermalink(href, state) {
  const match = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})(?:\?(.*))?$/.exec(href);
  if (!match || !state.channels.some((channel) => channel.id === match[1])) return null;
  const ts = `${match[2]}.${match[3]}`;
  return { channel: match[1], ts, thread: new URLSearchParams(match[4] ?? "").get("thread_ts") };
}

/** Returns a message's permalink as Slack makes it. */
export function permalink(channel, message) {
  const link = `https://local.slack.com/archives/${channel}/p${message.ts.replace(".", "")}`;
  const isReply = message.thread_ts && message.thread_ts !== message.ts;
  return isReply ? `${link}?thread_ts=${message.thread_ts}&cid=${channel}` : link;
}
