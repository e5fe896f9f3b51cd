// The menu behind three dots, for mouse and keyboard alike.

import { el, freshId, link, safeUrl } from "./dom.js";
import { renderText } from "./text_objects.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** Builds the menu; `choose(option, button)` hears of the choice. */
export function overflowMenu(element, ctx, choose) {
  const menuId = freshId("bk-menu");
  const button = el("button", {
    type: "button", class: "bk-button bk-more", "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-controls": menuId, "aria-label": ctx.words("blocks.more"), title: ctx.words("blocks.more"),
  }, "⋯");
  const menu = el("div", { id: menuId, class: "bk-menu", role: "menu", hidden: true, "aria-label": ctx.words("blocks.more") });
  const wrap = el("div", { class: "bk-overflow" }, button, menu);
  const handle = { button, menu, wrap };
  menu.append(...(element.options ?? []).map((option) => entry(option, ctx, () => {
    close(handle, true);
    choose(option, button);
  })));
  listen(handle);
  return wrap;
}

function entry(option, ctx, chosen) {
  const words = [renderText(option.text, ctx)];
  if (option.description) words.push(el("span", { class: "bk-choice-about" }, renderText(option.description, ctx)));
  const attrs = { class: "bk-menu-entry", role: "menuitem", tabindex: "-1", on: { click: chosen } };
  return safeUrl(option.url) ? link(option.url, attrs, words) : el("button", { type: "button", ...attrs }, words);
}

function listen(handle) {
  const { button, menu, wrap } = handle;
  button.addEventListener("click", () => (menu.hidden ? open(handle) : close(handle, true)));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(handle, event.key === "ArrowUp");
  });
  menu.addEventListener("keydown", (event) => steer(event, handle));
  wrap.addEventListener("focusout", (event) => {
    if (!wrap.contains(event.relatedTarget)) close(handle, false);
  });
}

function steer(event, handle) {
  const entries = [...handle.menu.children];
  const at = entries.indexOf(document.activeElement);
  const next = { Home: 0, End: entries.length - 1 }[event.key] ?? (at + (STEPS[event.key] ?? 0) + entries.length) % entries.length;
  if (event.key === "Escape") close(handle, true);
  else if (event.key in STEPS || event.key === "Home" || event.key === "End") entries[next].focus();
  else return;
  event.preventDefault();
  // Escape closes this menu only, not the thread or the dialog around it.
  event.stopPropagation();
}

function open({ button, menu }, atTheEnd = false) {
  menu.hidden = false;
  button.setAttribute("aria-expanded", "true");
  keepInSight(menu);
  (atTheEnd ? menu.lastElementChild : menu.firstElementChild)?.focus();
}

function close({ button, menu }, hasFocus) {
  if (menu.hidden) return;
  menu.hidden = true;
  button.setAttribute("aria-expanded", "false");
  if (hasFocus) button.focus();
}

function keepInSight(menu) {
  menu.classList.remove("bk-menu-end", "bk-menu-above");
  const room = roomOf(menu);
  const box = menu.getBoundingClientRect();
  const above = menu.parentElement.getBoundingClientRect().top - room.top;
  if (box.right > room.right) menu.classList.add("bk-menu-end");
  if (box.bottom > room.bottom && above > box.height) menu.classList.add("bk-menu-above");
}

/** Returns the rectangle in which a menu can be seen: that of the pane it scrolls with. */
function roomOf(menu) {
  let pane = menu.parentElement;
  while (pane.parentElement && !/auto|scroll/.test(getComputedStyle(pane).overflowY)) pane = pane.parentElement;
  const isPage = pane === document.documentElement;
  return isPage ? new DOMRect(0, 0, pane.clientWidth, pane.clientHeight) : pane.getBoundingClientRect();
}
