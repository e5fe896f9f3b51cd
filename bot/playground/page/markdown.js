// The markdown block: standard Markdown's headings, lists, quotes, fences and styles of words. Line by line, no HTML.

import { add, el, fragment } from "./dom.js";
import { linkNode } from "./mrkdwn.js";

const HEADING = /^(#{1,6}) (.{1,500})$/;
const ITEM = /^\s{0,12}(?:[-*+]|(\d{1,9})[.)]) (.*)$/;
const QUOTE = /^> ?(.*)$/;
const RULE = /^(?:-{3,}|\*{3,}|_{3,})$/;
const FENCE = /^```/;
const WORDS = /\*\*([^*\n]{1,2000})\*\*|__([^_\n]{1,2000})__|\*([^*\s][^*\n]{0,2000})\*|~~([^~\n]{1,2000})~~|`([^`\n]{1,2000})`|\[([^[\]\n]{1,500})\]\(([^()\s]{1,2000})\)/g;
const TAGS = [null, "strong", "strong", "em", "s"];

/** Renders a markdown block. */
export function renderMarkdown(text, ctx) {
  const out = el("div", { class: "bk-markdown" });
  const lines = String(text ?? "").split("\n");
  let at = 0;
  while (at < lines.length) at = take(lines, at, ctx, out);
  return out;
}

function take(lines, at, ctx, out) {
  if (FENCE.test(lines[at])) return fence(lines, at, out);
  const kind = kindOf(lines[at]);
  let end = at + 1;
  while (end < lines.length && kind.goesOn && kindOf(lines[end]).tag === kind.tag) end += 1;
  add(out, kind.build(lines.slice(at, end), ctx));
  return end;
}

function kindOf(line) {
  if (HEADING.test(line)) return { tag: "h", build: ([one], ctx) => heading(HEADING.exec(one), ctx) };
  if (RULE.test(line)) return { tag: "hr", build: () => el("hr", { class: "bk-divider" }) };
  const item = ITEM.exec(line);
  if (item) return { tag: item[1] ? "ol" : "ul", goesOn: true, build: (all, ctx) => list(item[1] ? "ol" : "ul", all, ctx) };
  if (QUOTE.test(line)) return { tag: "q", goesOn: true, build: quote };
  return { tag: FENCE.test(line) ? "fence" : "p", goesOn: true, build: paragraph };
}

function fence(lines, at, out) {
  const rest = lines.slice(at + 1);
  const length = rest.findIndex((line) => FENCE.test(line));
  const inside = length < 0 ? rest : rest.slice(0, length);
  add(out, el("pre", { class: "bk-pre" }, inside.join("\n")));
  return at + inside.length + 2;
}

function heading([, marks, text], ctx) {
  return el("div", { class: "bk-heading", role: "heading", "aria-level": String(Math.min(marks.length + 2, 6)) }, words(text, ctx));
}

function list(tag, lines, ctx) {
  return el(tag, { class: "bk-list" }, lines.map((line) => el("li", null, words(ITEM.exec(line)[2], ctx))));
}

function quote(lines, ctx) {
  return el("blockquote", { class: "bk-quote" }, words(lines.map((line) => QUOTE.exec(line)[1]).join("\n"), ctx));
}

function paragraph(lines, ctx) {
  const text = lines.join("\n").trim();
  return text ? el("p", { class: "bk-text" }, words(text, ctx)) : null;
}

function words(text, ctx) {
  const out = fragment();
  let end = 0;
  for (const match of text.matchAll(WORDS)) {
    add(out, text.slice(end, match.index), styled(match, ctx));
    end = match.index + match[0].length;
  }
  return add(out, text.slice(end));
}

function styled(match, ctx) {
  if (match[6]) return linkNode(match[7], ctx, match[6]);
  if (match[5]) return el("code", { class: "bk-code" }, match[5]);
  const which = [1, 2, 3, 4].find((group) => match[group]);
  return el(TAGS[which], null, match[which]);
}
