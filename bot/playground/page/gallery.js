// The gallery: invented inquiries, a card each; one click lets one arrive.

import { el, fill, freshId } from "./dom.js";

const KEY = "playground.samples";

/** Shows the gallery in `root` and keeps it up to date. */
export function mountGallery(root, app) {
  const shown = { samples: null, language: null, putting: null };

  app.on("state", update);
  app.on("language", update);
  app.on("person", draw);
  update();

  async function update() {
    const language = app.state()?.me.language;
    if (!language) return;
    if (language !== shown.language) await fetchIn(language);
    draw();
  }

  async function fetchIn(language) {
    shown.language = language;
    try {
      const samples = await app.api.fetchSamples(language);
      shown.samples = Array.isArray(samples) ? samples : null;
    } catch {
      shown.samples = null;
    }
  }

  function draw() {
    if (!app.state()) return;
    const looked = signature();
    if (root.dataset.drawn === looked) return;
    root.dataset.drawn = looked;
    const held = root.contains(document.activeElement) ? document.activeElement.dataset.sample : null;
    fill(root, shown.samples ? list() : unavailable());
    if (held) root.querySelector(`[data-sample="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  /** Says what is drawn: a change of it, and only that, draws anew. */
  function signature() {
    const put = (shown.samples ?? []).map((sample) => standing(sample.id)?.ts ?? "");
    return JSON.stringify([shown.language, app.actAs(), shown.putting, shown.samples?.map((sample) => sample.title), put]);
  }

  function unavailable() {
    const again = () => {
      shown.language = null;
      update();
    };
    return el("div", { class: "gallery-none" },
      el("p", {}, app.words("gallery.none")),
      el("button", { type: "button", class: "panel-button", on: { click: again } }, app.words("gallery.try_again")));
  }

  function list() {
    const person = app.state().me.real_name;
    const put = shown.samples.filter((sample) => standing(sample.id)).length;
    return el("div", { class: "gallery" },
      el("p", { class: "gallery-intro" }, app.words("gallery.intro", { channel: target().name, person })),
      put ? el("p", { class: "gallery-count" }, app.words("gallery.count", { put, all: shown.samples.length })) : null,
      el("ul", { class: "gallery-list" }, shown.samples.map(card)));
  }

  function card(sample) {
    const [title, about] = [freshId("sample"), freshId("sample")];
    const stands = standing(sample.id);
    return el("li", { class: stands ? "sample is-put" : "sample" },
      el("h3", { id: title, class: "sample-title" }, sample.title),
      el("p", { id: about, class: "sample-about" }, sample.about),
      el("p", { class: "sample-facts" }, fact("language", languageName(sample.language)), fact("way", way(sample))),
      el("div", { class: "sample-acts" },
        putButton(sample, stands, title, about),
        stands ? el("span", { class: "sample-put" }, app.words("gallery.arrived")) : null,
        stands ? showButton(stands, title) : null));
  }

  function fact(name, value) {
    const label = app.words(`gallery.${name}`, { [name]: value });
    return el("span", { class: `sample-fact sample-${name}`, title: label }, value);
  }

  function putButton(sample, stands, title, about) {
    const isPutting = shown.putting === sample.id;
    const key = isPutting ? "putting" : stands ? "again" : "put";
    const id = freshId("sample");
    return el("button", {
      id,
      type: "button",
      class: stands ? "panel-button" : "panel-button panel-button-main",
      "data-sample": sample.id,
      "aria-labelledby": `${id} ${title}`,
      "aria-describedby": about,
      "aria-disabled": shown.putting ? "true" : null,
      on: { click: (event) => put(sample, event.detail === 0) },
    }, app.words(`gallery.${key}`));
  }

  function showButton(stands, title) {
    const id = freshId("sample");
    const open = (event) => app.openThread(stands.channel, stands.ts, event.detail === 0);
    const attrs = { id, type: "button", class: "panel-link", "aria-labelledby": `${id} ${title}`, on: { click: open } };
    return el("button", attrs, app.words("gallery.show"));
  }

  async function put(sample, isByKey) {
    if (shown.putting) return;
    shown.putting = sample.id;
    draw();
    const channel = target();
    try {
      const answer = await app.act("sample", { id: sample.id, channel: channel.id });
      if (answer?.ok) arrived(sample, channel, answer.result, isByKey);
    } catch {
      app.toast(app.words("gallery.none"));
    } finally {
      shown.putting = null;
      draw();
    }
  }

  function arrived(sample, channel, message, isByKey) {
    remember(sample.id, message);
    app.announce(app.words("gallery.done", { title: sample.title, channel: channel.name }));
    // The pressed button goes with the gallery: who works by keyboard goes on in the thread.
    app.openThread(message.channel, message.ts, isByKey);
  }

  /** Returns the channel samples go to: where inquiries are read. */
  function target() {
    return app.state().channels.find((channel) => app.isInquiries(channel));
  }

  /** Returns where a sample stands that was put before, if it still does. */
  function standing(id) {
    const stands = remembered()[id];
    const messages = stands ? app.state().messages[stands.channel] ?? [] : [];
    return messages.some((message) => message.ts === stands.ts) ? stands : null;
  }

  function way(sample) {
    return app.words(`gallery.way_in.${sample.kind}`);
  }

  function languageName(code) {
    const names = new Intl.DisplayNames([app.state().me.locale], { type: "language" });
    return names.of(code) ?? code;
  }
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function remember(id, { channel, ts }) {
  localStorage.setItem(KEY, JSON.stringify({ ...remembered(), [id]: { channel, ts } }));
}
