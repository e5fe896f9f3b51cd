// A bare page round the renderer, so that a test can show any blocks to any person at any time.

import { plainText, renderBlocks, renderMessageText, renderView } from "/page/blocks.js";
import { fromWallClock, isoDay, toWallClock } from "/page/dates.js";
import { el, fill, freshId, isOwnPicture, safeUrl } from "/page/dom.js";

const spoken = await (await fetch("/words.json")).json();
const root = document.getElementById("stage");
const EMMA = { id: "UEMMA", name: "emma", real_name: "Emma Reed", tz: "America/New_York", language: "en" };
const USERS = {
  UEMMA: EMMA,
  UMEI: { name: "mei", real_name: "Mei Lin", is_bot: false },
  UBOT: { name: "inquiry-bot", real_name: "Inquiry Bot", is_bot: true },
};
const CHANNELS = [
  { id: "CINQ", name: "inquiries", kind: "channel" },
  { id: "CGEN", name: "general", kind: "channel" },
  { id: "DBOT", name: "Inquiry Bot", kind: "im" },
];

function ctxOf(changes) {
  const me = { ...EMMA, ...changes.me };
  return {
    users: USERS, channels: CHANNELS, bot: { user: "UBOT", name: "Inquiry Bot" }, nowMs: Date.UTC(2026, 4, 4, 15, 0), ...changes, me,
    words: (key, values = {}) => spoken[me.language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]),
    onAction: ({ action_id, block_id, value }) => { stage.acts.push({ action_id, block_id, value }); },
    openMessage: (...place) => stage.opened.push(place),
  };
}

const stage = {
  acts: [],
  opened: [],
  shown: null,
  clear() { root.replaceChildren(); stage.acts = []; stage.opened = []; },
  show(blocks, changes) { fill(root, renderBlocks(blocks, ctxOf(changes))); },
  text(text, changes) { fill(root, renderMessageText(text, ctxOf(changes))); },
  view(view, changes) { stage.shown = renderView(view, ctxOf(changes)); fill(root, stage.shown.body); },
  timed(text) { const start = performance.now(); stage.text(text, {}); return performance.now() - start; },
  plain: (message, changes) => plainText(message, ctxOf(changes)),
  moment: (value, tz) => fromWallClock(value, { me: { tz } }),
  wall: (ms, tz) => [isoDay(ms, { me: { tz } }), toWallClock(ms, { me: { tz } })],
  element(tag, attrs, ...children) { fill(root, el(tag, attrs, ...children)); return root.innerHTML; },
  dom: { freshId, isOwnPicture, safeUrl },
};
window.stage = stage;
root.dataset.ready = "";
