// Slack's rich text as nodes: what people type, and the buyer's own words. Nothing in it is parsed.

import { add, el, fragment } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { channelMention, dateNode, groupMention, linkNode, userMention } from "./mrkdwn.js";

const DEEPEST = 8; // Slack indents no further
const BULLETS = ["disc", "circle", "square"];
const NUMBERS = ["decimal", "alpha", "roman"];
const COLOR = /^#[0-9a-f]{3,8}$/i;
const STYLES = [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"], ["underline", "u"], ["highlight", "mark"]];
const PARTS = {
  rich_text_section: (part, ctx) => el("div", { class: "bk-line" }, leaves(part, ctx)),
  rich_text_quote: (part, ctx) => el("blockquote", { class: "bk-quote" }, leaves(part, ctx)),
  rich_text_preformatted: (part, ctx) => el("pre", { class: `bk-pre${bordered(part)}` }, leaves(part, ctx)),
};
const LEAVES = {
  text: (leaf) => leaf.text ?? "",
  link: (leaf, ctx) => linkNode(leaf.url, ctx, leaf.text || leaf.url),
  user: (leaf, ctx) => userMention(leaf.user_id, ctx),
  channel: (leaf, ctx) => channelMention(leaf.channel_id, ctx),
  emoji: (leaf) => emojiOf(leaf),
  broadcast: (leaf) => groupMention(leaf.range),
  usergroup: (leaf, ctx) => groupMention(ctx.usergroups?.[leaf.usergroup_id]?.handle ?? leaf.usergroup_id),
  date: (leaf, ctx) => dateNode(String(leaf.timestamp), leaf.format ?? "", leaf.url, leaf.fallback, ctx),
  color: (leaf) => swatch(leaf.value ?? ""),
};

/** Renders a rich_text block. */
export function renderRichText(block, ctx) {
  const out = el("div", { class: "bk-rich" });
  const parts = block.elements ?? [];
  let at = 0;
  while (at < parts.length) {
    if (parts[at].type === "rich_text_list") {
      at = lists(parts, at, ctx, out);
    } else {
      add(out, PARTS[parts[at].type]?.(parts[at], ctx));
      at += 1;
    }
  }
  return out;
}

// Slack has no list in a list: each depth of a nested list is a list of its own with an indent.
function lists(parts, from, ctx, out) {
  const open = [];
  let at = from;
  for (; parts[at]?.type === "rich_text_list"; at += 1) {
    const depth = Math.min(Math.max(Number(parts[at].indent) || 0, 0), DEEPEST);
    while (open.length && open.at(-1).depth > depth) open.pop();
    const last = open.at(-1);
    const list = last?.depth === depth && last.style === parts[at].style ? last.list : nest(open, parts[at], depth, out);
    add(list, (parts[at].elements ?? []).map((item) => el("li", null, leaves(item, ctx))));
  }
  return at;
}

function nest(open, part, depth, out) {
  if (open.at(-1)?.depth === depth) open.pop();
  const parent = open.at(-1)?.list;
  const list = listOf(part, depth);
  // A list belongs into the item above it: that is how a screen reader tells the depth.
  (parent?.lastElementChild ?? out).append(list);
  open.push({ depth, style: part.style, list });
  return list;
}

function listOf(part, depth) {
  const isOrdered = part.style === "ordered";
  const mark = (isOrdered ? NUMBERS : BULLETS)[depth % 3];
  const start = isOrdered && part.offset ? Number(part.offset) + 1 : null;
  return el(isOrdered ? "ol" : "ul", { class: `bk-list bk-list-${mark}${bordered(part)}`, start });
}

function leaves(part, ctx) {
  return fragment((part.elements ?? []).map((leaf) => leafNode(leaf, ctx)));
}

function leafNode(leaf, ctx) {
  const build = Object.hasOwn(LEAVES, leaf.type) ? LEAVES[leaf.type] : () => leaf.text ?? leaf.fallback ?? "";
  let node = build(leaf, ctx);
  for (const [style, tag] of STYLES) {
    if (leaf.style?.[style]) node = el(tag, tag === "code" ? { class: "bk-code" } : null, node);
  }
  return node;
}

function swatch(value) {
  const dot = el("span", { class: "bk-swatch", "aria-hidden": "true" });
  if (COLOR.test(value)) dot.style.backgroundColor = value;
  return fragment(dot, value);
}

function bordered(part) {
  return part.border ? " bk-bordered" : "";
}
