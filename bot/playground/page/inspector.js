// The inspector: a drawer, closed by default, that shows what stands behind a message of the bot.

import { el, fill, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { renderJson } from "./inspector_json.js";
import { renderWhy } from "./inspector_why.js";

const TABS = ["why", "json"];
let mounted = null;

/** Prepares the drawer around `root`; it opens with `openInspector`. */
export function mountInspector(root, app) {
  const drawer = root.closest(".drawer") ?? root;
  const known = { message: null, tab: "why", told: null, opener: null, asked: 0 };
  drawer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  app.on("state", renew);
  app.on("language", renew);
  mounted = { open };

  function open(message) {
    if (!root.contains(document.activeElement)) known.opener = document.activeElement;
    known.message = message;
    known.told = null;
    drawer.hidden = false;
    draw();
    root.querySelector(".inspector-title").focus();
    return ask();
  }

  function close() {
    drawer.hidden = true;
    known.message = null;
    fill(root);
    const opener = known.opener?.isConnected ? known.opener : document.getElementById("main");
    known.opener = null;
    opener?.focus();
  }

  /** Looks again when the message was changed, or its reader. */
  function renew() {
    if (!known.message) return;
    const now = current();
    if (stamp(now) === known.stamp) return;
    known.message = now;
    ask();
  }

  async function ask() {
    const asked = ++known.asked;
    const { channel, ts } = known.message;
    known.stamp = stamp(known.message);
    try {
      const told = await app.api.inspect(channel, ts, app.state().me.language);
      known.told = told.calls ? told : "none";
    } catch {
      known.told = "none";
    }
    if (known.message && asked === known.asked) draw();
  }

  function current() {
    const { channel, ts } = known.message;
    const found = (app.state().messages[channel] ?? []).find((message) => message.ts === ts);
    return found ? { ...found, channel } : known.message;
  }

  function stamp(message) {
    return JSON.stringify([app.state().me.language, message.ts, message.edited?.ts]);
  }

  // drawing

  function draw() {
    const focused = root.contains(document.activeElement) ? document.activeElement.id : null;
    const panel = freshId("inspector");
    fill(root, el("div", { class: "panel-top" }, heading(), tabs(panel)), body(panel));
    if (focused) document.getElementById(focused)?.focus();
  }

  function heading() {
    const label = app.words("inspector.close");
    const attrs = { id: "inspector-close", type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: close } };
    return el("header", { class: "panel-head" },
      el("h2", { id: "inspector-title", class: "inspector-title", tabindex: "-1" }, app.words("inspector.title")),
      el("button", attrs, icon("close")));
  }

  function tabs(panel) {
    const one = (tab) => el("button", {
      id: `inspector-tab-${tab}`,
      type: "button",
      role: "tab",
      class: "inspector-tab",
      "aria-selected": String(tab === known.tab),
      "aria-controls": panel,
      tabindex: tab === known.tab ? "0" : "-1",
      on: { click: () => choose(tab), keydown: turn },
    }, app.words(`inspector.${tab}`));
    return el("div", { class: "inspector-tabs", role: "tablist", "aria-labelledby": "inspector-title" }, TABS.map(one));
  }

  function turn(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    choose(TABS.find((tab) => tab !== known.tab));
  }

  function choose(tab) {
    known.tab = tab;
    draw();
    document.getElementById(`inspector-tab-${tab}`).focus();
  }

  function body(panel) {
    return el("div", { id: panel, class: "inspector-body", role: "tabpanel", "aria-labelledby": `inspector-tab-${known.tab}` }, shown());
  }

  function shown() {
    if (known.told === null) return el("p", { class: "inspector-empty" }, app.words("inspector.loading"));
    if (known.told === "none") return el("p", { class: "inspector-empty" }, app.words("inspector.none"));
    if (known.tab === "why") return renderWhy(known.told.why, app);
    return renderJson(known.told.calls, known.message, app);
  }
}

/** Opens the inspector on a message of the bot; the message has its `channel`. */
export function openInspector(message) {
  return mounted?.open(message);
}
