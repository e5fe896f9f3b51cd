// Slack's mrkdwn as nodes. One pass over the text, so that 60 kB of hostile text cost no more than 60 kB of prose.

import { formatMoment, formatTokens } from "./dates.js";
import { add, el, fragment, link, safeUrl } from "./dom.js";
import { emojiNode } from "./emoji.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { "*": "strong", _: "em", "~": "s" };
const SPECIAL = /[<`*_~:\n]|https?:\/\//g;
const ANGLED = /<([^<>\n]{1,4000})>/y;
const BARE_URL = /https?:\/\/[^\s<>]{1,3000}/y;
const EMOJI = /:([a-z0-9_+'-]{1,80})(?:::skin-tone-[2-6])?:/y;
const LETTER = /[\p{L}\p{N}]/u;
const TRAILING = /[.,;:!?)\]}'"。，；：！？）】」]/;
const QUOTED = /^(?:>|&gt;) ?/;
const QUOTED_TO_THE_END = /^(?:>|&gt;){3} ?/;
const SCHEME = /^[a-z][a-z0-9+.-]{1,20}:/i;
const PERMALINK = /\/archives\/([A-Z0-9]{2,30})\/p(\d{10})(\d{6})(?:\?(?:[^#]*&)?thread_ts=(\d{10}\.\d{6}))?/;
const BROADCASTS = new Set(["here", "channel", "everyone"]);
const HANDLERS = { "<": angled, "`": code, "*": styled, _: styled, "~": styled, ":": emoji, "\n": lineBreak, h: bareUrl };

/** Renders mrkdwn: boxes of code, quotes, and lines of styled words. */
export function renderMrkdwn(text, ctx, { verbatim = false } = {}) {
  const out = fragment();
  for (const part of splitFences(String(text ?? ""))) {
    if (part.isCode) add(out, el("pre", { class: "bk-pre" }, unescape(part.text)));
    else renderLines(part.text, { ...ctx, verbatim }, out);
  }
  return out;
}

/** Renders plain words in which only :emoji: are known. */
export function renderPlain(text, { emoji: hasEmoji = true } = {}) {
  const words = String(text ?? "");
  const out = fragment();
  let end = 0;
  for (const match of hasEmoji ? words.matchAll(/:[a-z0-9_+'-]{1,80}(?=:)/g) : []) {
    const shown = emojiNode(match[0].slice(1));
    if (!shown) continue;
    add(out, words.slice(end, match.index), shown);
    end = match.index + match[0].length + 1;
  }
  return add(out, words.slice(end));
}

/** Returns the words of mrkdwn without its marks, for labels and notifications. */
export function plainWords(text, ctx) {
  return el("div", null, renderMrkdwn(text, ctx)).textContent.trim();
}

/** Replaces the three entities of mrkdwn. */
export function unescape(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

/** Renders a person's name; one nobody knows keeps the label or the id. */
export function userMention(id, ctx, label) {
  const known = ctx.users?.[id];
  const name = known?.real_name || known?.name || label || id;
  const mine = id === ctx.me?.id ? " bk-mention-me" : "";
  return el("span", { class: `bk-mention${mine}`, "data-user": id }, `@${name}`);
}

/** Renders a channel's name. */
export function channelMention(id, ctx, label) {
  const name = ctx.channels?.find?.((channel) => channel.id === id)?.name || label || id;
  return el("span", { class: "bk-mention", "data-channel": id }, `#${name}`);
}

/** Renders @here, @channel, @everyone or a group's name. */
export function groupMention(name) {
  return el("span", { class: "bk-mention bk-mention-all" }, `@${name}`);
}

/** Renders a moment in the viewer's zone, its fallback when it is none. */
export function dateNode(seconds, format, url, fallback, ctx) {
  const shown = /^-?\d{1,13}$/.test(seconds) ? formatTokens(format, seconds, ctx) : null;
  if (shown === null) return fragment(fallback ?? "");
  const ms = Number(seconds) * 1000;
  const attrs = { class: "bk-date", datetime: new Date(ms).toISOString(), title: formatMoment(ms, ctx) };
  const time = el("time", attrs, shown);
  return url ? linkNode(url, ctx, time) : time;
}

/** Renders a link; one to a message of this workspace opens it here when ctx.openMessage can. */
export function linkNode(url, ctx, ...words) {
  const [, channel, seconds, rest, thread] = PERMALINK.exec(url) ?? [];
  const isHere = channel && ctx.openMessage && ctx.channels?.some?.((one) => one.id === channel);
  if (!isHere) return link(url, { class: "bk-link" }, ...words);
  const open = () => ctx.openMessage(channel, `${seconds}.${rest}`, thread);
  return el("button", { type: "button", class: "bk-link", on: { click: open } }, ...words);
}

function splitFences(text) {
  const parts = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf("```", at);
    const close = open < 0 ? -1 : text.indexOf("```", open + 3);
    if (close < 0) return [...parts, { isCode: false, text: text.slice(at) }];
    parts.push({ isCode: false, text: text.slice(at, open).replace(/\n$/, "") });
    parts.push({ isCode: true, text: text.slice(open + 3, close).replace(/^\n/, "").replace(/\n$/, "") });
    at = close + (text[close + 3] === "\n" ? 4 : 3);
  }
}

function renderLines(text, ctx, out) {
  if (!text) return;
  for (const run of runsOf(text.split("\n"))) {
    const words = inline(run.lines.join("\n"), ctx);
    add(out, run.isQuote ? el("blockquote", { class: "bk-quote" }, words) : words);
  }
}

function runsOf(lines) {
  const runs = [];
  let toTheEnd = false;
  for (const line of lines) {
    toTheEnd ||= QUOTED_TO_THE_END.test(line);
    const isQuote = toTheEnd || QUOTED.test(line);
    if (runs.at(-1)?.isQuote !== isQuote) runs.push({ isQuote, lines: [] });
    runs.at(-1).lines.push(line.replace(QUOTED_TO_THE_END, "").replace(QUOTED, ""));
  }
  return runs;
}

function inline(text, ctx) {
  const scan = { text, ctx, at: 0, frames: [{ mark: "", nodes: [] }], hasMoreCode: true };
  while (scan.at < text.length) step(scan);
  abandonStyles(scan);
  return fragment(scan.frames[0].nodes.map(shown));
}

function step(scan) {
  SPECIAL.lastIndex = scan.at;
  const match = SPECIAL.exec(scan.text);
  const start = match ? match.index : scan.text.length;
  push(scan, scan.text.slice(scan.at, start));
  scan.at = start;
  if (!match) return;
  const [node, length] = HANDLERS[match[0][0]](scan) ?? [match[0], match[0].length];
  if (node !== null) push(scan, node);
  scan.at += length;
}

// Neighbouring words are joined, so that a text of nothing but marks stays one node.
function push(scan, node) {
  if (node === "") return;
  const { nodes } = scan.frames.at(-1);
  if (typeof node === "string" && typeof nodes.at(-1) === "string") nodes[nodes.length - 1] += node;
  else nodes.push(node);
}

function shown(node) {
  return typeof node === "string" ? unescape(node) : node;
}

function angled(scan) {
  const match = matchAt(ANGLED, scan);
  const node = match && reference(match[1], scan.ctx);
  return node ? [node, match[0].length] : null;
}

function reference(inside, ctx) {
  const bar = inside.indexOf("|");
  const target = unescape(bar < 0 ? inside : inside.slice(0, bar));
  const label = bar < 0 ? "" : unescape(inside.slice(bar + 1));
  const id = target.slice(1);
  if (/^@[A-Z0-9]{2,30}$/.test(target)) return userMention(id, ctx, label);
  if (/^#[A-Z0-9]{2,30}$/.test(target)) return channelMention(id, ctx, label);
  if (target.startsWith("!")) return command(id, label);
  return SCHEME.test(target) ? linkNode(target, ctx, renderPlain(label || target.replace(/^mailto:/, ""))) : null;

  function command(name, words) {
    const [kind, ...rest] = name.split("^");
    if (kind === "date") return dateNode(rest[0] ?? "", rest[1] ?? "", rest.slice(2).join("^"), words, ctx);
    if (kind === "subteam") return groupMention(words.replace(/^@/, "") || rest[0] || "");
    return groupMention(BROADCASTS.has(name) ? name : words || name);
  }
}

function code(scan) {
  const close = scan.hasMoreCode ? scan.text.indexOf("`", scan.at + 1) : -1;
  scan.hasMoreCode = close >= 0;
  const inside = close < 0 ? "" : scan.text.slice(scan.at + 1, close);
  if (!inside || inside.includes("\n")) return null;
  return [el("code", { class: "bk-code" }, unescape(inside)), inside.length + 2];
}

// As in Slack, a mark opens before a word and closes after one: snake_case and 2*3*4 stay as they are.
function styled(scan) {
  const mark = scan.text[scan.at];
  const before = scan.text[scan.at - 1] ?? " ";
  const after = scan.text[scan.at + 1] ?? " ";
  const opened = scan.frames.findLastIndex((frame) => frame.mark === mark);
  if (opened > 0 && !/\s/.test(before) && before !== mark && !LETTER.test(after)) return close(scan, opened, mark);
  if (opened > 0 || /\s/.test(after) || after === mark || LETTER.test(before)) return null;
  scan.frames.push({ mark, nodes: [] });
  return [null, 1];
}

function close(scan, opened, mark) {
  abandonStyles(scan, opened + 1);
  const { nodes } = scan.frames.pop();
  return [el(STYLES[mark], null, nodes.map(shown)), 1];
}

// Marks that never close are words again. At most three are open at once, so a node moves at most three times.
function abandonStyles(scan, keep = 1) {
  while (scan.frames.length > keep) {
    const { mark, nodes } = scan.frames.pop();
    push(scan, mark);
    for (const node of nodes) push(scan, node);
  }
}

function emoji(scan) {
  const match = matchAt(EMOJI, scan);
  const node = match && emojiNode(match[1]);
  return node ? [node, match[0].length] : null;
}

function lineBreak(scan) {
  abandonStyles(scan);
  return ["\n", 1];
}

function bareUrl(scan) {
  const match = scan.ctx.verbatim || LETTER.test(scan.text[scan.at - 1] ?? "") ? null : matchAt(BARE_URL, scan);
  if (!match) return null;
  let { length } = match[0];
  while (TRAILING.test(match[0][length - 1])) length -= 1;
  const url = unescape(match[0].slice(0, length));
  return safeUrl(url) ? [linkNode(url, scan.ctx, url), length] : null;
}

function matchAt(pattern, scan) {
  pattern.lastIndex = scan.at;
  return pattern.exec(scan.text);
}
