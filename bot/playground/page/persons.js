// Whom one acts as: the button in the header and its menu.

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { closeMenu, isMenuOf, openMenu } from "./menus.js";
import { avatar, face } from "./message.js";
import { timeOf } from "./when.js";

/** Makes the switch between the people; `update()` follows the state. */
export function createPersons(root, app) {
  let stamp = null;
  return { update };

  function update() {
    const me = app.me();
    if (stamp === app.stamp()) return;
    stamp = app.stamp();
    const button = el("button", { class: "person-button", type: "button", "aria-haspopup": "menu", "aria-expanded": "false" },
      avatar(face(me.real_name), "small"),
      el("span", { class: "person-words" }, el("small", {}, app.words("page.acting_as")), el("strong", {}, me.real_name)),
      icon("down", 16));
    button.addEventListener("click", () => toggle(button));
    fill(root, button);
  }

  function toggle(button) {
    if (isMenuOf(button)) closeMenu();
    else openMenu(button, app.words("page.acting_as"), app.state().actors.map(entry));
  }

  function entry(actor) {
    const place = actor.tz.split("/").at(-1).replaceAll("_", " ");
    const time = timeOf(app.nowMs(), { ...actor, locale: app.me().locale });
    return {
      label: actor.real_name,
      note: [actor.title, app.words("page.lives_in", { place, time })].filter(Boolean).join(" · "),
      picture: avatar(face(actor.real_name), "small"),
      isChecked: actor.name === app.actAs(),
      run: () => app.become(actor.name),
    };
  }
}
