// The clock: what time it is here, and buttons that move it on.

import { confirmed } from "./confirm.js";
import { el, fill, freshId } from "./dom.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS = [["hour", HOUR_MS], ["day", DAY_MS], ["week", 7 * DAY_MS]];
const TICK_MS = 1000;

/** Shows the clock in `root`: a button with the time, and the panel it opens. */
export function mountClock(root, app) {
  const known = { clock: null, at: 0, isBusy: false };
  const panel = el("div", { id: freshId("clock"), class: "clock-panel", role: "group", hidden: true });
  const face = el("button", { type: "button", class: "clock-face", "aria-expanded": "false", "aria-controls": panel.id, on: { click: toggle } });
  fill(root, el("div", { class: "clock" }, face, panel));

  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    toggle();
    face.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && !root.contains(event.target)) toggle();
  });
  app.on("state", taken);
  app.on("language", taken);
  setInterval(tick, TICK_MS);
  taken();

  function taken() {
    const clock = app.state()?.clock;
    if (!clock) return;
    if (clock !== known.clock) Object.assign(known, { clock, at: performance.now() });
    tick();
    if (!panel.hidden) drawPanel();
  }

  function tick() {
    if (!known.clock) return;
    const now = long(nowMs());
    if (face.dataset.now === now + known.clock.moved_ms) return;
    face.dataset.now = now + known.clock.moved_ms;
    face.setAttribute("aria-label", app.words("clock.open", { now }));
    fill(face, el("span", { class: "clock-time" }, short(nowMs())), ahead());
    const shown = panel.querySelector(".clock-now");
    if (shown) shown.textContent = now;
  }

  function ahead() {
    const { moved_ms: moved } = known.clock;
    return moved >= MINUTE_MS ? el("span", { class: "clock-ahead" }, app.words("clock.ahead", { span: span(moved) })) : null;
  }

  function toggle() {
    panel.hidden = !panel.hidden;
    face.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) drawPanel();
  }

  function drawPanel() {
    const held = panel.contains(document.activeElement) ? document.activeElement.dataset.act : null;
    const { moved_ms: moved } = known.clock;
    panel.setAttribute("aria-label", app.words("clock.title"));
    fill(panel,
      el("p", { class: "clock-now" }, long(nowMs())),
      el("p", { class: "clock-moved" }, moved >= MINUTE_MS ? app.words("clock.moved", { span: span(moved) }) : app.words("clock.real")),
      el("div", { class: "clock-steps" }, STEPS.map(([name, byMs]) => step(name, { by_ms: byMs }))),
      next(),
      el("p", { class: "clock-hint" }, app.words("clock.hint")),
      el("button", { type: "button", class: "panel-button panel-button-danger", "data-act": "start_over", on: { click: startOver } }, app.words("clock.start_over")));
    if (held) panel.querySelector(`[data-act="${held}"]`)?.focus();
  }

  function step(name, by, attrs = {}) {
    const button = { type: "button", class: "panel-button", "data-act": name, on: { click: () => move(by) }, ...attrs };
    return el("button", button, app.words(`clock.${name}`));
  }

  function next() {
    const due = known.clock.next_reminder_ms;
    const reason = freshId("clock");
    const attrs = due === null ? { "aria-disabled": "true", on: {} } : {};
    return el("div", { class: "clock-next" },
      step("next", { to: "next_reminder" }, { ...attrs, "aria-describedby": reason }),
      el("p", { id: reason, class: "clock-hint" }, due === null ? app.words("clock.no_next") : app.words("clock.next_at", { when: long(due) })));
  }

  // acting

  async function move(by) {
    const answer = await asked(() => app.api.moveClock(by));
    if (answer) app.announce(app.words("clock.came", { now: long(answer.now_ms) }));
  }

  async function startOver() {
    const plain = (key) => ({ type: "plain_text", text: app.words(`clock.${key}`) });
    const question = { title: plain("start_over"), text: plain("start_over_question"), confirm: plain("start_over_yes"), deny: plain("start_over_no"), style: "danger" };
    if (!(await confirmed(question, { words: app.words }))) return;
    if (!(await asked(() => app.api.startOver()))) return;
    if (!panel.hidden) toggle();
    face.focus();
    app.toast(app.words("clock.started_over"));
  }

  async function asked(ask) {
    if (known.isBusy) return null;
    known.isBusy = true;
    try {
      const answer = await ask();
      if (!answer.ok) app.toast(answer.says ?? app.words("clock.failed"));
      return answer.ok ? answer : null;
    } catch {
      app.toast(app.words("clock.failed"));
      return null;
    } finally {
      known.isBusy = false;
    }
  }

  // words

  function nowMs() {
    return known.clock.now_ms + performance.now() - known.at;
  }

  function long(ms) {
    return format({ weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" }, ms);
  }

  function short(ms) {
    return format({ weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }, ms);
  }

  function format(wanted, ms) {
    const { locale, tz } = app.state().me;
    return new Intl.DateTimeFormat(locale, { ...wanted, timeZone: tz }).format(ms);
  }

  function span(exact) {
    const unit = exact >= DAY_MS ? HOUR_MS : MINUTE_MS;
    const ms = Math.round(exact / unit) * unit;
    const parts = [["days", Math.floor(ms / DAY_MS)], ["hours", Math.floor((ms % DAY_MS) / HOUR_MS)], ["minutes", Math.floor((ms % HOUR_MS) / MINUTE_MS)]];
    return parts.filter(([, count]) => count).slice(0, 2).map(([name, count]) => app.words(`clock.${name}`, { count })).join(" ");
  }
}
