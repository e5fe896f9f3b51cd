// Times as people read them, in the zone of the person acted as. Message times are Slack's: seconds with a point.

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const formats = new Map();

/** Returns the milliseconds of a message's ts. */
export const msOf = (ts) => Math.round(Number(ts) * 1000);

/** Returns the time of day, such as 10:31. */
export const timeOf = (ms, me) => format(me, { hour: "numeric", minute: "2-digit" }).format(ms);

/** Returns date and time in full, for titles. */
export const fullTime = (ms, me) => format(me, { dateStyle: "full", timeStyle: "short" }).format(ms);

/** Returns the day as a key that sorts and compares, such as 2026-11-24, in the person's zone. */
export function dayKey(ms, me) {
  const parts = format({ ...me, locale: "en-CA" }, { year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(ms);
}

/** Returns what a day divider says: today, yesterday, or the date. */
export function dayName(ms, nowMs, me, words) {
  const day = dayKey(ms, me);
  if (day === dayKey(nowMs, me)) return words("page.today");
  if (day === dayKey(nowMs - DAY_MS, me)) return words("page.yesterday");
  const sameYear = day.slice(0, 4) === dayKey(nowMs, me).slice(0, 4);
  const wanted = { weekday: "long", month: "long", day: "numeric", ...(sameYear ? {} : { year: "numeric" }) };
  return format(me, wanted).format(ms);
}

/** Returns when the last reply came, such as "today at 10:31". */
export function lastReply(ms, nowMs, me, words) {
  const today = dayKey(ms, me) === dayKey(nowMs, me);
  const time = timeOf(ms, me);
  return today ? time : words("page.day_time", { day: dayName(ms, nowMs, me, words), time });
}

/** Tells whether two messages stand so near that one heading serves both. */
export const isNear = (earlierMs, laterMs) => laterMs - earlierMs < 5 * MINUTE_MS;

function format(me, options) {
  const key = `${me.locale} ${me.tz} ${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(me.locale, { timeZone: me.tz, ...options }));
  return formats.get(key);
}
