// Block Kit as nodes: what the bot posts, its modals and its home tab.
//
// ctx = {users, channels, me, bot, nowMs, words(key, values?), onAction({action_id, block_id, value, element, control})}
// and, where the page has them, channel, headingLevel and openMessage(channel, ts, thread_ts).

import { renderChart } from "./charts.js";
import { add, el, fragment, freshId } from "./dom.js";
import { renderElement } from "./elements.js";
import { renderMarkdown } from "./markdown.js";
import { plainWords, renderMrkdwn } from "./mrkdwn.js";
import { picture } from "./pictures.js";
import { renderRichText } from "./rich_text.js";
import { renderTable } from "./tables.js";
import { renderText } from "./text_objects.js";
import { Answers } from "./view_values.js";

const GROUPED = /^(?:radio_buttons|checkboxes|multi_\w+)$/;
const ALERTS = new Set(["info", "warning", "error", "success"]);
const BLOCKS = {
  header: (block, { ctx }) => el("div", { class: "bk-header", role: "heading", "aria-level": String(ctx.headingLevel ?? 3) },
    renderText(block.text, ctx)),
  section,
  context: (block, place) => el("div", null, (block.elements ?? []).map((part) => remark(part, place))),
  actions: (block, place) => el("div", { class: "bk-actions" }, elements(block, place)),
  context_actions: (block, place) => el("div", { class: "bk-actions" }, elements(block, place)),
  divider: () => el("hr", { class: "bk-divider" }),
  rich_text: (block, { ctx }) => renderRichText(block, ctx),
  image: (block, { ctx }) => el("figure", { class: "bk-figure" },
    block.title && el("figcaption", null, renderText(block.title, ctx)), picture(block, ctx)),
  input,
  table: (block, { ctx }) => renderTable(block, ctx),
  data_table: (block, { ctx }) => renderTable(block, ctx),
  data_visualization: (block, { ctx }) => renderChart(block, ctx),
  chart: (block, { ctx }) => renderChart(block, ctx),
  markdown: (block, { ctx }) => renderMarkdown(block.text, ctx),
  alert: (block, { ctx }) => el("div", { class: `bk-alert bk-alert-${ALERTS.has(block.level) ? block.level : "default"}` },
    typeof block.text === "string" ? block.text : renderText(block.text, ctx)),
};

/** Renders the blocks of a message. */
export function renderBlocks(blocks, ctx) {
  return fragment(all(blocks, ctx, new Answers()));
}

/** Renders a message's text (mrkdwn), for a message without blocks. */
export function renderMessageText(text, ctx) {
  return el("div", { class: "bk-block bk-text" }, renderMrkdwn(text, ctx));
}

/** Returns a message as one string: its text, else the words of its blocks, attachments or file names. */
export function plainText(message, ctx = {}) {
  const speaking = { words: () => "", ...ctx };
  if (message.text) return plainWords(message.text, speaking);
  const blocks = message.blocks?.length ? el("div", null, renderBlocks(message.blocks, speaking)).textContent.trim() : "";
  const shares = (message.attachments ?? []).map((one) => plainWords(one.text || one.fallback || "", speaking));
  const files = (message.files ?? []).map((file) => file.title || file.name);
  return [blocks, ...shares, ...files].filter(Boolean).join(" ");
}

/**
 * Renders a modal or home tab: its body, what stands in it, the bot's complaints at their inputs, and the page's own
 * complaints before anything is sent ({block_id: sentence}, empty when all is well).
 */
export function renderView(view, ctx) {
  const answers = new Answers();
  const elsewhere = el("p", { class: "bk-error", role: "alert", hidden: true });
  const body = el("div", { class: "bk-view" }, elsewhere, all(view.blocks, ctx, answers));
  return {
    body,
    values: () => answers.values(),
    check: () => answers.complaints(ctx.words),
    showErrors: (errors) => showErrors(body, elsewhere, answers, errors ?? {}),
  };
}

function all(blocks, ctx, answers) {
  return (blocks ?? []).map((block) => renderBlock(block, { ctx, block, answers, dispatches: true }));
}

function renderBlock(block, place) {
  const type = String(block?.type);
  const shown = Object.hasOwn(BLOCKS, type) ? attempt(block, place) : null;
  const node = shown ?? el("p", { class: "bk-unknown" }, place.ctx.words("blocks.unknown_block", { type }), said(block));
  node.classList.add("bk-block", shown ? `bk-${type}` : "bk-unknown");
  if (block?.block_id) node.dataset.blockId = block.block_id;
  return node;
}

// One malformed block must not take the whole conversation from the screen.
function attempt(block, place) {
  try {
    return BLOCKS[block.type](block, place);
  } catch (error) {
    console.warn(`A ${block.type} block could not be shown`, error);
    return null;
  }
}

function said(block) {
  const words = block?.alt_text ?? block?.fallback ?? block?.title?.text;
  return typeof words === "string" && words ? ` ${words}` : "";
}

function elements(block, place) {
  return (block.elements ?? []).map((element) => renderElement(element, place));
}

function section(block, place) {
  const { ctx } = place;
  const textId = block.text && block.accessory ? freshId("bk-section") : null;
  const words = el("div", { class: "bk-section-words" },
    block.text && el("div", { class: "bk-text", id: textId }, renderText(block.text, ctx)),
    block.fields && el("div", { class: "bk-fields" }, block.fields.map((one) => el("div", { class: "bk-text" }, renderText(one, ctx)))));
  const accessory = block.accessory && el("div", { class: "bk-accessory" },
    renderElement(block.accessory, { ...place, labelledBy: textId }));
  return el("div", null, words, accessory);
}

function remark(part, { ctx }) {
  if (part.type === "image") return picture(part, ctx, { isSmall: true });
  return el("div", { class: "bk-text" }, renderText(part, ctx));
}

function input(block, place) {
  const { ctx } = place;
  const controlId = freshId("bk-input");
  const labelId = `${controlId}-label`;
  const isGroup = GROUPED.test(block.element.type);
  const control = renderElement(block.element, {
    ...place, controlId, labelledBy: isGroup ? labelId : null, dispatches: block.dispatch_action === true,
  });
  const optional = block.optional && el("span", { class: "bk-optional" }, ` ${ctx.words("blocks.optional")}`);
  const label = el(isGroup ? "div" : "label", { class: "bk-label", id: labelId, for: isGroup ? null : controlId },
    renderText(block.label, ctx), optional);
  const hint = block.hint && el("p", { class: "bk-hint", id: `${controlId}-hint` }, renderText(block.hint, ctx));
  if (hint) control.setAttribute("aria-describedby", hint.id);
  return add(el("div"), label, control, hint, el("p", { class: "bk-error", id: `${controlId}-error`, hidden: true }));
}

function showErrors(body, elsewhere, answers, errors) {
  for (const block of body.querySelectorAll(".bk-input")) showError(block, answers, errors[block.dataset.blockId]);
  const inputs = new Set([...body.querySelectorAll(".bk-input")].map((block) => block.dataset.blockId));
  const homeless = Object.entries(errors).filter(([id]) => !inputs.has(id)).map(([, says]) => says);
  elsewhere.textContent = homeless.join(" ");
  elsewhere.hidden = !homeless.length;
  const wrong = body.querySelector("[aria-invalid]");
  // A group is no control itself: the box chosen in it is, or its first.
  (wrong?.querySelector("input:checked") ?? wrong?.querySelector("input:enabled") ?? wrong)?.focus();
}

function showError(block, answers, says) {
  const control = answers.controlOf(block.dataset.blockId);
  const place = block.querySelector(":scope > .bk-error");
  if (!control) return;
  const hint = block.querySelector(":scope > .bk-hint")?.id;
  place.textContent = says ?? "";
  place.hidden = !says;
  block.classList.toggle("bk-wrong", Boolean(says));
  mark(control, "aria-invalid", says ? "true" : null);
  mark(control, "aria-describedby", [hint, says && place.id].filter(Boolean).join(" ") || null);
}

function mark(control, name, value) {
  if (value === null) control.removeAttribute(name);
  else control.setAttribute(name, value);
}
