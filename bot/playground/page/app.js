// The entry: puts the page together and is the `app` that every part asks.

import * as api from "./api.js";
import { dropInto } from "./channel.js";
import { askFirst, emailForm, forwardForm } from "./dialogs.js";
import { fill } from "./dom.js";
import { closeDrawer, dressGallery, isSidebarOver, openDrawer, openedDrawer, showSidebar } from "./drawers.js";
import { icon } from "./icons.js";
import { listenToKeys } from "./keys.js";
import { startEdit } from "./message_menu.js";
import { createModals } from "./modals.js";
import { createMoves } from "./moves.js";
import { createNews } from "./news.js";
import { inspectMessage, mountPanels } from "./panels.js";
import { createPersons } from "./persons.js";
import { placesInOrder, createSidebar, unreadTotal } from "./sidebar.js";
import { createStore } from "./store.js";
import { announce, rescueToasts, showStopped, toast } from "./toasts.js";
import { dayKey } from "./when.js";

const INQUIRIES = "inquiries";
const listeners = new Map();
const store = createStore(emit);
const moves = {};

const app = {
  api,
  state: () => store.state,
  me: () => store.state.me,
  words: store.words,
  nowMs: store.nowMs,
  actAs: () => store.as,
  emit,
  on: (event, fn) => { listeners.set(event, [...(listeners.get(event) ?? []), fn]); },
  toast,
  announce,
  rescueToasts,
  act,
  ask,
  click: (message, { action_id, block_id, value }) =>
    act("click", { channel: message.channel, ts: message.ts, action_id, block_id, value }),
  refresh: store.refresh,
  redraw: () => emit("state"),
  become: (name) => store.become(name),
  context,
  stamp: () => `${store.as} ${store.language} ${dayKey(store.nowMs(), store.state.me)}`,
  channelName: (channel) => (channel.kind === "im" ? store.state.bot.name : `#${channel.name}`),
  isInquiries: (channel) => channel.name === INQUIRIES,
  inquiriesPlace: () => INQUIRIES,
  forward: (message) => forwardForm(message, app),
  forwardEmail: (channel) => emailForm(channel, app),
  confirm: (question) => askFirst(question, app),
  askDelete,
  startEdit: (message, item) => startEdit(message, item, app),
  unfolded: new Set(),
  isDismissed: (message) => dismissed().has(message.ts),
  dismiss,
  inspect: (message) => inspectMessage(message, app),
  toggleGallery,
  closeDrawer,
  galleryDrawerBody: () => document.getElementById("gallery-drawer"),
  walk,
  stepBack,
};

async function act(name, fields = {}) {
  if (["sample", "email", "forward"].includes(name)) app.expectAnswer({ channel: fields.to ?? fields.channel });
  return ask(() => api.act(store.as, name, fields));
}

/** Asks the server for something, shows what it objects to, and brings the page up to date. */
async function ask(deed) {
  const answer = await deed().catch((error) => {
    if (!(error instanceof api.Gone)) throw error;
    return { ok: false, says: store.words("page.no_answer") };
  });
  if (!answer.ok && answer.says) toast(answer.says);
  await store.refresh();
  return answer;
}

function context(onAction = () => {}) {
  const { users, channels, me, bot } = store.state;
  const openMessage = (channel, ts, thread) => app.goToMessage({ channel, ts, thread });
  return { users, channels, me, bot, nowMs: store.nowMs(), words: store.words, onAction, openMessage };
}

function askDelete(message) {
  askFirst({
    title: store.words("page.delete_title"),
    text: store.words("page.delete_text"),
    yes: store.words("page.delete"),
    run: () => act("delete", { channel: message.channel, ts: message.ts }),
  }, app);
}

function dismissed() {
  return new Set(JSON.parse(localStorage.getItem(`playground.dismissed.${store.as}`) ?? "[]"));
}

function dismiss(message) {
  const gone = [...dismissed(), message.ts].slice(-200);
  localStorage.setItem(`playground.dismissed.${store.as}`, JSON.stringify(gone));
  app.redraw();
}

function toggleGallery() {
  const gallery = document.getElementById("gallery");
  // On the first visit the samples stand in the channel itself.
  if (!app.galleryDrawerBody().contains(gallery)) gallery.querySelector("button")?.focus();
  else if (openedDrawer() === "gallery-drawer") closeDrawer("gallery-drawer");
  else openDrawer("gallery-drawer");
}

function walk(step) {
  const places = placesInOrder(app);
  app.goTo(places[(places.indexOf(app.place()) + step + places.length) % places.length]);
}

function stepBack() {
  const drawer = openedDrawer();
  if (isSidebarOver()) showSidebar(false);
  else if (drawer) closeDrawer(drawer);
  else app.closeThread();
}

function emit(event) {
  for (const fn of listeners.get(event) ?? []) fn();
}

function speakPage() {
  document.documentElement.lang = store.language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = store.words(node.dataset.word);
  for (const node of document.querySelectorAll("[data-word-label]")) {
    node.setAttribute("aria-label", store.words(node.dataset.wordLabel));
  }
  dressGallery(store.words);
}

function nameWindow() {
  const count = unreadTotal(app);
  document.title = `${count ? `(${count}) ` : ""}${app.placeName()} · ${store.words("page.title")}`;
  document.getElementById("menu-button").classList.toggle("has-news", count > 0);
}

function dressFrame() {
  const menu = document.getElementById("menu-button");
  fill(menu, icon("menu"));
  menu.addEventListener("click", () => showSidebar(!isSidebarOver()));
  document.getElementById("veil").addEventListener("click", () => showSidebar(false));
  // A file dropped beside the panes must not replace the page.
  for (const event of ["dragover", "drop"]) window.addEventListener(event, (each) => each.preventDefault());
  dropInto(document.getElementById("main"), () => moves.composer("main"), app);
  dropInto(document.getElementById("thread"), () => moves.composer("thread"), app);
}

async function begin() {
  Object.assign(moves, createMoves(app));
  Object.assign(app, moves.forAll);
  app.on("language", speakPage);
  app.on("connection", () => showStopped(!store.isConnected, store.words("page.stopped")));
  await store.start(moves.personInAddress());
  const sidebar = createSidebar(document.getElementById("sidebar"), app);
  const persons = createPersons(document.getElementById("person"), app);
  const modals = createModals(app);
  const news = createNews(app);
  const parts = [moves.update, sidebar.update, persons.update, modals.update, nameWindow, news.update];
  for (const part of parts) app.on("state", part);
  dressFrame();
  listenToKeys(app);
  await moves.begin();
  emit("state");
  // Ready to paste; on a phone the keyboard would cover half the page.
  if (matchMedia("(hover: hover)").matches) moves.composer("main")?.focus();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) emit("state"); });
  await mountPanels(app);
}

await begin();
