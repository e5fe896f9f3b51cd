// A list of messages that is cheap to bring up to date: only what changed is drawn anew, and reading place,
// focus and opened parts stay. Whoever reads the end keeps reading the end.

import { el } from "./dom.js";

const NEAR_END = 48; // px within which a reader counts as being at the end
const FOCUSABLE = "a[href], button, input, select, textarea, summary";
const stamps = new WeakMap();

/** Makes a scrolling list; `update(items)` takes {key, stamp, build}, in order. */
export function createList(label) {
  const list = el("ol", { class: "messages", "aria-label": label });
  const element = el("div", { class: "scroller" }, list);
  let isAtEnd = true;
  const toEnd = () => { element.scrollTop = endOf(element, list); };
  element.addEventListener("scroll", () => { isAtEnd = element.scrollTop > endOf(element, list) - NEAR_END; }, { passive: true });
  new ResizeObserver(() => { if (isAtEnd) toEnd(); }).observe(list);
  new ResizeObserver(() => { if (isAtEnd) toEnd(); }).observe(element);
  rove(list);
  return {
    element,
    list,
    isAtEnd: () => isAtEnd,
    update: (items) => { reconcile(list, items); if (isAtEnd) toEnd(); },
    toEnd: () => { isAtEnd = true; toEnd(); },
    place: () => (isAtEnd ? null : element.scrollTop),
    goTo: (place) => { isAtEnd = place === null; if (isAtEnd) toEnd(); else element.scrollTop = place; },
    show: (key) => reveal(list, key),
  };
}

/** Gives a list's children the order and content of `items`. */
export function reconcile(list, items) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let spot = list.firstElementChild;
  for (const item of items) {
    const kept = old.get(item.key);
    old.delete(item.key);
    const node = kept ? upToDate(kept, item) : built(item);
    if (kept === spot) spot = node;
    if (node === spot) spot = spot.nextElementSibling;
    else list.insertBefore(node, spot);
  }
  for (const node of old.values()) takeAway(node);
  lastInTabOrder(list);
}

function upToDate(node, item) {
  // A message being edited waits with its news until the editor is closed.
  if (stamps.get(node) === item.stamp || node.dataset.editing) return node;
  const fresh = built(item);
  const focused = focusPlace(node);
  keepOpen(node, fresh);
  node.replaceWith(fresh);
  if (focused !== null) (fresh.querySelectorAll(FOCUSABLE)[focused] ?? fresh).focus({ preventScroll: true });
  return fresh;
}

function built(item) {
  const node = item.build();
  node.dataset.key = item.key;
  stamps.set(node, item.stamp);
  return node;
}

function focusPlace(node) {
  if (!node.contains(document.activeElement)) return null;
  return [...node.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
}

function keepOpen(node, fresh) {
  const opened = [...node.querySelectorAll("details")].map((one) => one.open);
  fresh.querySelectorAll("details").forEach((one, index) => { if (opened[index]) one.open = true; });
}

function takeAway(node) {
  const hadFocus = node.contains(document.activeElement);
  const neighbour = node.previousElementSibling ?? node.nextElementSibling;
  node.remove();
  if (hadFocus) neighbour?.focus({ preventScroll: true });
}

// The end, or the start of a last message that is taller than the window: it is read from its start.
function endOf(element, list) {
  const bottom = element.scrollHeight - element.clientHeight;
  const last = list.lastElementChild;
  if (!last || last.offsetHeight < element.clientHeight) return bottom;
  const top = last.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop;
  return Math.min(bottom, top);
}

function reveal(list, key) {
  const node = [...list.children].find((child) => child.dataset.key === key);
  if (!node) return false;
  node.scrollIntoView({ block: "center" });
  node.classList.add("found");
  setTimeout(() => node.classList.remove("found"), 2500);
  node.focus({ preventScroll: true });
  return true;
}

// One stop in the tab order for the whole list; arrow keys walk through it.

function rove(list) {
  list.addEventListener("focusin", (event) => makeStop(list, event.target.closest(".message")));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.target.classList.contains("message")) return;
    const stops = [...list.querySelectorAll(":scope > .message")];
    const next = stops[stops.indexOf(event.target) + step];
    event.preventDefault();
    next?.focus();
  });
}

function makeStop(list, message) {
  if (!message) return;
  for (const one of list.querySelectorAll(":scope > .message[tabindex='0']")) one.setAttribute("tabindex", "-1");
  message.setAttribute("tabindex", "0");
}

function lastInTabOrder(list) {
  if (list.querySelector(":scope > .message[tabindex='0']")) return;
  const last = [...list.children].findLast((child) => child.classList.contains("message"));
  last?.setAttribute("tabindex", "0");
}
