// Where the person is and how they get elsewhere: channels, threads, permalinks, another person, back and forward.

import { createChannel, isReply, withEphemerals } from "./channel.js";
import { isSidebarOver, showSidebar } from "./drawers.js";
import { createHome } from "./home.js";
import { fromPermalink, nameOf, readPlace, writePlace } from "./place.js";
import { createThread } from "./thread.js";

const WIDE = "(min-width: 960px)";
const LAST_PERSON = "playground.person";

/** Makes the moves; `forAll` is what every part of the page may call. */
export function createMoves(app) {
  const main = document.getElementById("main");
  const side = document.getElementById("thread");
  const here = { place: null, view: null, thread: null, built: null };
  const scrolled = new Map();
  let expected = null;

  const forAll = {
    place: () => here.place,
    placeName: () => (here.view?.channel ? app.channelName(here.view.channel) : app.words("page.app_home")),
    currentChannel: () => here.view?.channel?.id ?? channelAt("inquiries").id,
    goTo,
    goToMessage,
    openThread,
    closeThread,
    expectAnswer,
    editLast,
    visibleMessages,
  };
  return { forAll, update, begin, personInAddress, composer };

  function personInAddress() {
    return readPlace().person ?? localStorage.getItem(LAST_PERSON);
  }

  function begin() {
    window.addEventListener("hashchange", followAddress);
    window.addEventListener("popstate", followAddress);
    document.addEventListener("click", followPermalink);
    app.on("person", () => { localStorage.setItem(LAST_PERSON, app.actAs()); note(false); });
    return followAddress();
  }

  async function followAddress() {
    const wanted = readPlace();
    if (wanted.person && wanted.person !== app.actAs()) await app.become(wanted.person);
    stand(wanted.place ?? "inquiries");
    stepInto(wanted.thread);
    note(false);
  }

  function goTo(place) {
    if (isSidebarOver()) showSidebar(false);
    if (place === here.place) return main.querySelector("textarea")?.focus();
    stand(place);
    closeThread();
    note(true);
    app.redraw();
    return main.querySelector("textarea")?.focus();
  }

  function goToMessage({ channel, ts, thread }) {
    const place = nameOf(app.state().channels.find((one) => one.id === channel));
    if (place !== here.place) goTo(place);
    const isInThread = thread && thread !== ts;
    if (isInThread) openThread(channel, thread, true);
    const list = isInThread ? here.thread?.list : here.view?.list;
    requestAnimationFrame(() => list?.show(ts) || app.toast(app.words("page.message_gone")));
  }

  function openThread(channel, ts, takesFocus = false) {
    const place = nameOf(app.state().channels.find((one) => one.id === channel));
    app.closeDrawer("gallery-drawer");
    if (place !== here.place) stand(place);
    if (here.thread?.ts !== ts) {
      stepInto(ts);
      note(true);
      app.redraw();
    }
    if (takesFocus) focusThread();
  }

  // On a phone the keyboard would cover what one came to read.
  function focusThread() {
    if (matchMedia("(hover: hover)").matches) here.thread?.composer.focus();
    else side.focus();
  }

  function closeThread() {
    if (!here.thread) return;
    const { ts } = here.thread;
    const hadFocus = side.contains(document.activeElement);
    stepInto(null);
    note(true);
    if (hadFocus) main.querySelector(`.message[data-ts="${ts}"]`)?.focus({ preventScroll: true });
  }

  function stand(place) {
    if (here.view?.list) scrolled.set(here.place, here.view.list.place());
    const channel = channelAt(place);
    here.place = place === "home" || channel ? place : "inquiries";
    here.built = builtFor();
    here.view = here.place === "home" ? createHome(main, app) : createChannel(channelAt(here.place), main, app);
    here.view.update();
    app.emit("place");
    if (scrolled.has(here.place)) here.view.list?.goTo(scrolled.get(here.place));
  }

  function stepInto(ts) {
    const channel = here.view?.channel;
    const exists = ts && channel && app.state().messages[channel.id]?.some((one) => one.ts === ts);
    here.thread = exists ? createThread(channel, ts, side, app) : null;
    side.hidden = !here.thread;
    document.body.classList.toggle("thread-open", Boolean(here.thread));
    if (!here.thread) side.replaceChildren();
    here.thread?.update();
    here.thread?.list.toEnd();
  }

  function update() {
    if (here.built !== builtFor()) rebuild();
    here.view?.update();
    here.thread?.update();
    showExpected();
  }

  // Another person or another language: every word on the page is new, and the thread may be one they cannot see.
  function rebuild() {
    const ts = here.thread?.ts;
    stand(here.place);
    stepInto(ts);
  }

  function builtFor() {
    return `${app.actAs()} ${app.me().language}`;
  }

  function note(isStep) {
    writePlace({ person: app.actAs(), place: here.place, thread: here.thread?.ts }, isStep);
  }

  function channelAt(place) {
    return app.state().channels.find((one) => nameOf(one) === place);
  }

  function composer(pane) {
    return (pane === "thread" ? here.thread : here.view)?.composer;
  }

  function followPermalink(event) {
    const anchor = event.target.closest?.("a[href]");
    const goal = anchor && fromPermalink(anchor.href, app.state());
    if (!goal || event.defaultPrevented) return;
    event.preventDefault();
    goToMessage(goal);
  }

  function visibleMessages() {
    const channel = here.view?.channel;
    if (!channel) return [];
    const inThread = (one) => here.thread && one.thread_ts === here.thread.ts;
    return withEphemerals(channel, app, (one) => !isReply(one) || inThread(one));
  }

  function editLast({ channel, thread }) {
    const mine = (one) => one.user === app.me().id && !one.files && (thread ? one.thread_ts === thread : !isReply(one));
    const last = (app.state().messages[channel] ?? []).findLast(mine);
    const pane = thread ? side : main;
    const item = last && pane.querySelector(`.message[data-ts="${last.ts}"]`);
    if (item) app.startEdit({ ...last, channel }, item);
  }

  // Nobody has to know that advice stands in a thread: on a wide window the thread of what one has just
  // brought opens by itself once the bot has answered there.
  function expectAnswer({ channel, thread, thread_ts }) {
    if (thread || thread_ts) return;
    expected = { channel, since: app.state().messages[channel]?.at(-1)?.ts ?? "" };
  }

  function showExpected() {
    if (!expected || expected.channel !== here.view?.channel?.id || !matchMedia(WIDE).matches) return;
    const { since, channel } = expected;
    const isAnswered = (one) => one.ts > since && !isReply(one) && one.reply_users?.includes(app.state().bot.user);
    const answered = app.state().messages[channel]?.find(isAnswered);
    if (!answered) return;
    expected = null;
    openThread(channel, answered.ts);
  }
}
