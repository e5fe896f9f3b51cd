// What slides over the page: the gallery, the inspector, and the sidebar on a narrow window.

import { el } from "./dom.js";
import { icon } from "./icons.js";

const DRAWERS = ["inspector-drawer", "gallery-drawer"];
let before = null;

/** Gives the gallery's drawer a heading and a way to close it; the inspector brings its own. */
export function dressGallery(words) {
  const drawer = document.getElementById("gallery-drawer");
  drawer.querySelector(":scope > .drawer-head")?.remove();
  const label = words("page.close");
  const close = el("button", { class: "icon-button", type: "button", "aria-label": label, title: label }, icon("close"));
  close.addEventListener("click", () => closeDrawer("gallery-drawer"));
  drawer.prepend(el("header", { class: "drawer-head" }, el("h2", {}, words("page.gallery")), close));
}

/** Opens a drawer and puts the focus into it. */
export function openDrawer(id) {
  const drawer = document.getElementById(id);
  if (drawer.hidden) before = document.activeElement;
  for (const other of DRAWERS) if (other !== id) document.getElementById(other).hidden = true;
  drawer.hidden = false;
  drawer.querySelector(".drawer-head button")?.focus({ preventScroll: true });
}

/** Closes a drawer; the focus goes back to where it came from. */
export function closeDrawer(id) {
  const drawer = document.getElementById(id);
  if (drawer.hidden) return;
  const hadFocus = drawer.contains(document.activeElement);
  drawer.hidden = true;
  if (hadFocus && before?.isConnected) before.focus({ preventScroll: true });
}

/** Returns the drawer that stands open, if one does. */
export const openedDrawer = () => DRAWERS.find((id) => !document.getElementById(id).hidden) ?? null;

/** Opens or closes the sidebar of a narrow window. */
export function showSidebar(isShown) {
  const button = document.getElementById("menu-button");
  document.body.classList.toggle("sidebar-open", isShown);
  document.getElementById("veil").hidden = !isShown;
  button.setAttribute("aria-expanded", String(isShown));
  if (isShown) document.querySelector("#sidebar [aria-current]")?.focus();
}

/** Tells whether the sidebar lies over the page. */
export const isSidebarOver = () => document.body.classList.contains("sidebar-open");
