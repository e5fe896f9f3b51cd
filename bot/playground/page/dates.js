// Moments as the viewer reads them: in their time zone and language, "ago" against the playground's clock.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LOCALES = { en: "en-US", zh: "zh-CN" };
const made = new Map();

const DATE = { year: "numeric", month: "long", day: "numeric" };
const SHORT = { year: "numeric", month: "short", day: "numeric" };
const LONG = { weekday: "long", ...DATE };
const TIMES = { en: { hour: "numeric", minute: "2-digit" }, zh: { hour: "2-digit", minute: "2-digit" } };
const TOKENS = {
  date_num: isoDay,
  date: (ms, ctx) => format(ms, ctx, DATE),
  date_short: (ms, ctx) => format(ms, ctx, SHORT),
  date_long: (ms, ctx) => format(ms, ctx, LONG),
  date_long_full: (ms, ctx) => format(ms, ctx, LONG),
  date_pretty: (ms, ctx) => pretty(ms, ctx, DATE),
  date_short_pretty: (ms, ctx) => pretty(ms, ctx, SHORT),
  date_long_pretty: (ms, ctx) => pretty(ms, ctx, LONG),
  day_divider_pretty: (ms, ctx) => formatDay(ms, ctx),
  time: (ms, ctx) => formatTime(ms, ctx),
  time_secs: (ms, ctx) => format(ms, ctx, { ...timeOf(ctx), second: "2-digit" }),
  ago: (ms, ctx) => formatAgo(ms, ctx),
};

/** Fills Slack's date tokens ("{date_short_pretty} at {time}"); null when the moment is none. */
export function formatTokens(template, seconds, ctx) {
  const ms = Number(seconds) * 1000;
  if (!isMoment(ms)) return null;
  return String(template).replace(/\{(\w{1,30})\}/g, (whole, name) =>
    Object.hasOwn(TOKENS, name) ? TOKENS[name](ms, ctx) : whole);
}

/** Returns the time of day: "4:05 PM" or "16:05". */
export function formatTime(ms, ctx) {
  return format(ms, ctx, timeOf(ctx));
}

/** Returns the day as a heading between messages: "Today", "Monday, May 4"; the year only where it differs. */
export function formatDay(ms, ctx) {
  const isThisYear = isoDay(ms, ctx).slice(0, 4) === isoDay(ctx.nowMs, ctx).slice(0, 4);
  const shape = isThisYear ? { weekday: "long", month: "long", day: "numeric" } : LONG;
  return capital(pretty(ms, ctx, shape));
}

/** Returns the whole moment with its zone, for tooltips. */
export function formatMoment(ms, ctx) {
  return format(ms, ctx, { ...LONG, ...timeOf(ctx), timeZoneName: "short" });
}

/** Returns how long ago or how far ahead a moment lies: "3 hours ago". */
export function formatAgo(ms, ctx) {
  const away = ms - ctx.nowMs;
  const [unit, size] = [["day", DAY], ["hour", HOUR], ["minute", MINUTE]].find(([, one]) => Math.abs(away) >= one)
    ?? ["second", 1000];
  return relative(ctx).format(Math.trunc(away / size), unit);
}

/** Returns the day as YYYY-MM-DD in the viewer's zone. */
export function isoDay(ms, ctx) {
  const { year, month, day } = clockFace(ms, ctx);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** Returns the moment as the value of a datetime-local field in the viewer's zone. */
export function toWallClock(ms, ctx) {
  const { hour, minute } = clockFace(ms, ctx);
  return `${isoDay(ms, ctx)}T${two(hour)}:${two(minute)}`;
}

/** Returns the moment a datetime-local value stands for in the viewer's zone, in ms; null when it is none. */
export function fromWallClock(value, ctx) {
  const wanted = Date.parse(`${value}Z`);
  if (Number.isNaN(wanted)) return null;
  // The offset at the wanted moment is not known beforehand: the second step corrects the first across a clock change.
  const guess = wanted - offset(wanted, ctx);
  return wanted - offset(guess, ctx);
}

/** Tells whether milliseconds lie in what a Date can hold. */
export function isMoment(ms) {
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15;
}

function offset(ms, ctx) {
  const { year, month, day, hour, minute } = clockFace(ms, ctx);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(ms / MINUTE) * MINUTE;
}

function clockFace(ms, ctx) {
  const shape = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", hourCycle: "h23" };
  const parts = formatter("en-US", zoneOf(ctx), shape).formatToParts(ms);
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
}

function pretty(ms, ctx, shape) {
  const days = Math.round((Date.parse(isoDay(ms, ctx)) - Date.parse(isoDay(ctx.nowMs, ctx))) / DAY);
  return Math.abs(days) <= 1 ? relative(ctx).format(days, "day") : format(ms, ctx, shape);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function format(ms, ctx, shape) {
  if (!isMoment(ms)) return "";
  return formatter(localeOf(ctx), zoneOf(ctx), shape).format(ms);
}

function relative(ctx) {
  const locale = localeOf(ctx);
  return kept(`ago ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
}

function formatter(locale, timeZone, shape) {
  const build = (zone) => new Intl.DateTimeFormat(locale, { ...shape, timeZone: zone });
  return kept(`${locale} ${timeZone} ${JSON.stringify(shape)}`, () => {
    try {
      return build(timeZone);
    } catch {
      return build("UTC"); // a zone this browser does not know
    }
  });
}

function kept(key, make) {
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
}

function timeOf(ctx) {
  return TIMES[ctx.me?.language] ?? TIMES.en;
}

function localeOf(ctx) {
  return LOCALES[ctx.me?.language] ?? LOCALES.en;
}

function zoneOf(ctx) {
  return ctx.me?.tz || "UTC";
}

function two(number) {
  return String(number).padStart(2, "0");
}
