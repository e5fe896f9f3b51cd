// The tab "Why": the inquiry's words with the signs marked, the points they gave, and what came of them.

import { cuesOf, mainEffect, pieces } from "./cue_marks.js";
import { el, freshId } from "./dom.js";

/** Returns the reasons for a verdict as nodes; `why` is null where nothing was judged. */
export function renderWhy(why, app) {
  if (!why) return el("p", { class: "inspector-empty" }, app.words("inspector.no_reasons"));
  const say = (key, values) => app.words(`inspector.${key}`, values);
  const cues = cuesOf(why.signs).map((cue) => ({ ...cue, row: freshId("cue") }));
  return el("div", { class: "why" },
    verdict(why, say),
    scores(why, say),
    why.warnings.length ? warnings(why.warnings, say) : null,
    inquiry(why, cues, say),
    points(cues, say));
}

function verdict(why, say) {
  const judged = say("judged", { emoji: why.emoji ?? "", name: why.name, percent: percent(why.confidence) });
  return el("section", { class: "why-verdict" },
    el("h3", {}, say("verdict")),
    el("p", { class: "why-type", "data-type": why.type }, judged.trim()),
    why.corrected_to ? el("p", { class: "why-quiet" }, say("corrected", { name: why.corrected_to })) : null);
}

function scores(why, say) {
  const ranked = Object.entries(why.scores).sort(([, one], [, other]) => other.probability - one.probability);
  return el("section", {},
    el("h3", {}, say("scores")),
    el("ul", { class: "scores" }, ranked.map(([label, score]) => bar(label, score, why.type))));
}

function bar(label, { name, probability }, best) {
  const filled = el("span", { class: "score-filled" });
  filled.style.setProperty("--share", String(probability));
  return el("li", { class: label === best ? "score is-best" : "score", "data-type": label },
    el("span", { class: "score-name" }, name),
    el("span", { class: "score-bar", "aria-hidden": "true" }, filled),
    el("span", { class: "score-percent" }, percent(probability)));
}

function warnings(all, say) {
  const one = (warning) => el("li", { class: `why-warning is-${warning.severity}` },
    el("strong", {}, say(`severity_${warning.severity}`)), " ", warning.says,
    warning.evidence ? el("code", { class: "why-evidence" }, warning.evidence) : null);
  return el("section", {}, el("h3", {}, say("warnings")), el("ul", { class: "why-warnings" }, all.map(one)));
}

function inquiry(why, cues, say) {
  const line = (where) => why[where] && el("div", { class: "why-line" },
    el("dt", {}, say(where)), el("dd", { dir: "auto" }, marked(why[where], where)));
  const told = el("p", { class: "why-told", id: freshId("told") });
  const marked = (text, where) => pieces(text, cues.filter((cue) => cue.where === where)).map((one) => mark(one, told, say));
  return el("section", {},
    el("h3", {}, say("text")),
    why.subject || why.sender ? el("dl", { class: "why-lines" }, line("subject"), line("sender")) : null,
    el("div", { class: "why-text", dir: "auto" }, marked(why.text, "text")),
    cues.length ? [el("p", { class: "why-quiet" }, say("marks_hint")), told] : null);
}

function mark({ text, cues }, told, say) {
  if (!cues.length) return text;
  const effect = mainEffect(cues[0]);
  const explained = cues.map((cue) => explain(cue, say)).join("\n");
  const tell = (isOn) => () => {
    told.textContent = isOn ? explained : "";
    for (const cue of cues) document.getElementById(cue.row)?.classList.toggle("is-lit", isOn);
  };
  const goToRow = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    document.getElementById(cues[0].row)?.focus();
  };
  return el("mark", {
    class: cues.length > 1 ? "cue is-overlap" : "cue",
    "data-type": effect.type,
    "data-against": effect.weight < 0 ? "true" : null,
    role: "button",
    tabindex: "0",
    title: explained,
    "aria-describedby": told.id,
    on: { mouseenter: tell(true), mouseleave: tell(false), focus: tell(true), blur: tell(false), click: goToRow, keydown: goToRow },
  }, text);
}

function points(cues, say) {
  if (!cues.length) return el("section", {}, el("h3", {}, say("points")), el("p", { class: "why-quiet" }, say("no_signs")));
  return el("section", {},
    el("h3", {}, say("points")),
    el("p", { class: "why-quiet" }, say("points_hint")),
    el("table", { class: "cues" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, say("sign")), el("th", { scope: "col" }, say("weight")))),
      el("tbody", {}, cues.map((cue) => row(cue, say)))));
}

function row(cue, say) {
  const where = cue.where === "text" ? null : el("span", { class: "why-quiet" }, ` ${say(`in_${cue.where}`)}`);
  return el("tr", { id: cue.row, tabindex: "-1" },
    el("th", { scope: "row" },
      el("span", { class: "cue-says" }, cue.says),
      cue.quote ? el("q", { class: "cue-quote", dir: "auto" }, cue.quote) : null,
      where),
    el("td", {}, el("ul", { class: "effects" }, cue.effects.map((effect) => pointsOf(effect, say)))));
}

function pointsOf(effect, say) {
  const key = effect.weight < 0 ? "speaks_against" : "speaks_for";
  return el("li", { class: "effect", "data-type": effect.type, "data-against": effect.weight < 0 ? "true" : null },
    el("span", { class: "effect-weight" }, signed(effect.weight)), " ", say(key, { type: effect.name }));
}

function explain(cue, say) {
  const effect = mainEffect(cue);
  const key = effect.weight < 0 ? "speaks_against" : "speaks_for";
  return say("explained", { says: cue.says, points: signed(effect.weight), effect: say(key, { type: effect.name }) });
}

const signed = (weight) => `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`;

function percent(share) {
  if (share > 0 && share < 0.005) return "<1%";
  if (share < 1 && share > 0.995) return ">99%";
  return `${Math.round(share * 100)}%`;
}
