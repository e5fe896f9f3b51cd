// The list of conversations, with badges for what this person has not seen.

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { countUnread, readSeen } from "./unread.js";

/** Makes the sidebar; `update()` draws it anew only when something in it changed. */
export function createSidebar(root, app) {
  let stamp = null;
  return { update };

  function update() {
    const entries = entriesOf(app);
    const fresh = JSON.stringify([entries, app.stamp()]);
    if (fresh === stamp) return;
    stamp = fresh;
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    fill(root, ...sections(entries, app));
    if (focused) root.querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus();
  }
}

/** Returns how many things are new in all conversations. */
export function unreadTotal(app) {
  return entriesOf(app).reduce((sum, entry) => sum + entry.count, 0);
}

/** Returns the places one after the other, as "next channel" walks through them. */
export const placesInOrder = (app) => entriesOf(app).map((entry) => entry.place);

function entriesOf(app) {
  const { channels, messages, me, bot } = app.state();
  const seen = readSeen(app.actAs());
  const entries = channels.map((channel) => {
    const isDirect = channel.kind === "im";
    const unread = countUnread(messages[channel.id] ?? [], channel.id, me, seen);
    const name = isDirect ? bot.name : channel.name;
    const place = isDirect ? "bot" : channel.name;
    return { place, name, icon: isDirect ? "bot" : "hash", isDirect, count: unread.messages + unread.threads.size };
  });
  const home = { place: "home", name: app.words("page.app_home"), icon: "home", isDirect: true, count: 0 };
  return [...entries, home].map((entry) => ({ ...entry, isHere: entry.place === app.place() }));
}

function sections(entries, app) {
  const part = (key, chosen) => [
    el("h2", { class: "side-title" }, app.words(key)),
    el("ul", { class: "side-list" }, ...chosen.map((entry) => el("li", {}, row(entry, app)))),
  ];
  return [
    ...part("page.channels", entries.filter((entry) => !entry.isDirect)),
    ...part("page.apps", entries.filter((entry) => entry.isDirect)),
  ];
}

function row(entry, app) {
  const badge = entry.count
    ? el("span", { class: "badge" }, String(entry.count), el("span", { class: "for-ears" }, app.words("page.unread")))
    : null;
  const name = `side-row${entry.count ? " unread" : ""}`;
  const attrs = { class: name, type: "button", "data-place": entry.place, "aria-current": entry.isHere ? "page" : null };
  const button = el("button", attrs, icon(entry.icon, 18), el("span", { class: "side-name" }, entry.name), badge);
  button.addEventListener("click", () => app.goTo(entry.place));
  return button;
}
