// What the page knows: the last state of the workspace, the words, and whether the server is there.

import { Gone, fetchState, fetchWords, openChanges } from "./api.js";

const AGAIN_MS = 1500;
const PATIENCE_MS = 600; // before the person hears that the server is gone
const FIRST = "emma"; // acted as until somebody else is chosen

/** Makes the store; `emit(event)` is told of "state", "language", "person" and "connection". */
export function createStore(emit) {
  const known = { state: null, words: {}, language: null, as: null, fetchedAt: 0, isConnected: true };
  let stream = null;
  let running = null;
  let isStale = false;
  let telling = null;

  const store = {
    get state() { return known.state; },
    get as() { return known.as; },
    get language() { return known.language; },
    get isConnected() { return known.isConnected; },
    nowMs: () => (known.state ? known.state.clock.now_ms + performance.now() - known.fetchedAt : Date.now()),
    words: (key, values = {}) => filled(known.words[key] ?? key, values),
    start,
    become,
    refresh,
  };
  return store;

  async function start(as) {
    known.as = as ?? FIRST;
    await refresh();
    listen();
  }

  /** Acts as another person from now on; a name nobody has changes nothing. */
  async function become(as) {
    if (as === known.as || !known.state.actors.some((actor) => actor.name === as)) return;
    known.as = as;
    await refresh();
    emit("person");
    listen();
  }

  /** Fetches the state; calls that come meanwhile are answered by one more fetch, not by many. */
  function refresh() {
    isStale = true;
    running ??= fetchWhileStale().finally(() => { running = null; });
    return running;
  }

  async function fetchWhileStale() {
    while (isStale) {
      isStale = false;
      try {
        await take(await fetchState(known.as));
        connected(true);
      } catch (error) {
        if (!(error instanceof Gone)) throw error;
        connected(false);
      }
    }
  }

  async function take(state) {
    if (!state.me) return refused();
    if (state.me.language !== known.language) {
      known.words = await fetchWords(state.me.language);
      known.language = state.me.language;
      known.state = state;
      emit("language");
    }
    known.state = state;
    known.as = state.me.name;
    known.fetchedAt = performance.now();
    emit("state");
    return undefined;
  }

  // Nobody has the name in the address, or the server is just starting over.
  async function refused() {
    if (known.state === null) known.as = FIRST;
    await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS / 5); });
    isStale = true;
  }

  function listen() {
    stream?.close();
    stream = openChanges(known.as);
    stream.addEventListener("message", (event) => heard(event.data));
    // A reopened stream may have missed changes: the server might even be another one by now.
    stream.addEventListener("open", () => { if (!known.isConnected) refresh(); });
    stream.addEventListener("error", lost);
  }

  function heard(text) {
    if (JSON.parse(text).version !== known.state?.version) refresh();
  }

  function lost() {
    connected(false);
    // The browser tries again by itself except after an HTTP error.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN_MS);
  }

  // A line that is back at once is nothing to speak of.
  function connected(isConnected) {
    if (isConnected === known.isConnected) return;
    known.isConnected = isConnected;
    clearTimeout(telling);
    telling = setTimeout(() => emit("connection"), isConnected ? 0 : PATIENCE_MS);
  }
}

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
