// Menus that drop from a button: arrow keys, Home and End, Escape, and a click elsewhere closes them.

import { el } from "./dom.js";
import { icon } from "./icons.js";

let open = null;

/** Opens a menu at a button; items are {label, icon, run, isDanger, isChecked} or null for a line. */
export function openMenu(button, label, items) {
  closeMenu();
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label });
  for (const item of items) menu.append(item ? entry(item) : el("div", { class: "menu-line", role: "separator" }));
  // Inside an open dialog everything else is inert, so a menu stands where its button stands.
  (button.closest("dialog, header, main, aside") ?? document.body).append(menu);
  button.setAttribute("aria-expanded", "true");
  open = { menu, button };
  putBeside(menu, button);
  menu.addEventListener("keydown", walk);
  document.addEventListener("pointerdown", closeOutside, true);
  window.addEventListener("resize", closeMenu);
  entries(menu)[0]?.focus();
}

/** Closes the open menu, if any; `backToButton` returns the focus. */
export function closeMenu(backToButton = false) {
  if (!open) return;
  const { menu, button } = open;
  open = null;
  menu.remove();
  button.setAttribute("aria-expanded", "false");
  document.removeEventListener("pointerdown", closeOutside, true);
  window.removeEventListener("resize", closeMenu);
  if (backToButton === true) button.focus();
}

/** Tells whether the open menu belongs to this button. */
export const isMenuOf = (button) => open?.button === button;

function entry(item) {
  const role = item.isChecked === undefined ? "menuitem" : "menuitemradio";
  const checked = item.isChecked === undefined ? null : String(item.isChecked);
  const name = `menu-item${item.isDanger ? " danger" : ""}`;
  const words = el("span", { class: "menu-words" }, item.label, item.note ? el("small", {}, item.note) : null);
  const button = el("button", { class: name, type: "button", role, tabindex: "-1", "aria-checked": checked });
  button.append(item.picture ?? icon(item.icon ?? "bolt", 18), words);
  button.addEventListener("click", () => { closeMenu(true); item.run(); });
  return button;
}

function entries(menu) {
  return [...menu.querySelectorAll(".menu-item")];
}

function walk(event) {
  const all = entries(event.currentTarget);
  const at = all.indexOf(document.activeElement);
  const goal = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  }[event.key];
  if (event.key === "Escape" || event.key === "Tab") closeMenu(true);
  else if (goal !== undefined) all[goal].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function closeOutside(event) {
  if (!open.menu.contains(event.target) && !open.button.contains(event.target)) closeMenu();
}

function putBeside(menu, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isBelow = at.bottom + height + 8 < innerHeight || at.top < height + 8;
  const top = isBelow ? Math.min(at.bottom + 4, innerHeight - height - 8) : at.top - height - 4;
  const left = Math.max(8, Math.min(at.right - width, innerWidth - width - 8));
  // Positions set by script through CSSOM are allowed under the page's policy; style attributes are not.
  menu.style.top = `${Math.max(8, top)}px`;
  menu.style.left = `${left}px`;
}
