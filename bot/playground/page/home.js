// The bot's home tab, as it publishes it for the person.

import { renderView } from "./blocks.js";
import { tabs } from "./channel.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

/** Makes the view of the home tab in `root`; the bot hears that it was opened. */
export function createHome(root, app) {
  const body = el("div", { class: "home-body" });
  fill(root,
    el("header", { class: "channel-head" },
      el("div", { class: "channel-title" }, el("h1", {}, icon("bot"), app.state().bot.name)),
      tabs("home", app)),
    el("div", { class: "scroller home-scroller", tabindex: "0", role: "region", "aria-label": app.words("page.app_home") }, body));
  app.act("open_home");
  let hash = null;
  return { update };

  function update() {
    const { home } = app.state();
    const fresh = home ? `${home.hash ?? JSON.stringify(home.blocks)} ${app.stamp()}` : "";
    if (fresh === hash) return;
    hash = fresh;
    fill(body, home ? drawn(home) : el("p", { class: "quiet" }, app.words("page.home_opening")));
  }

  function drawn(home) {
    const view = renderView(home, { ...app.context((action) => click(home, action, view)), headingLevel: 2 });
    return view.body;
  }

  function click(home, action, view) {
    const { action_id, block_id, value } = action;
    return app.act("click_view", { view_id: home.id, action_id, block_id, value, values: view.values() });
  }
}
