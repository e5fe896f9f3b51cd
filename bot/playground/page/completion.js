// Completes slash commands while they are typed: the command first, then what may follow it.

import { el, fill, freshId } from "./dom.js";

/** Makes the list of completions of a text box; `key(event)` tells whether it took the key. */
export function createCompletion(box, app) {
  const id = freshId("completion");
  const list = el("div", { class: "completion", id, role: "listbox", "aria-label": app.words("page.commands"), hidden: true });
  const hint = el("div", { class: "usage", hidden: true });
  const shown = { options: [], at: -1 };
  box.setAttribute("aria-controls", id);
  box.setAttribute("aria-autocomplete", "list");
  return { list, hint, update, key, close };

  function update() {
    const { options, usage } = suggest(box.value, app.state().commands);
    shown.options = options;
    // A half-typed command is completed by Enter; what follows it is only offered.
    shown.at = options.length && options[0].isCommand ? 0 : -1;
    hint.hidden = !usage;
    fill(hint, usage ? el("code", {}, usage) : null);
    draw();
  }

  function draw() {
    list.hidden = !shown.options.length;
    fill(list, ...shown.options.map((option, index) => row(option, index)));
    if (shown.at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `${id}-${shown.at}`);
  }

  function row(option, index) {
    const attrs = { class: "completion-row", role: "option", id: `${id}-${index}`, "aria-selected": String(index === shown.at) };
    const entry = el("div", attrs, el("strong", {}, option.label), el("span", { class: "quiet" }, option.about));
    // Before the box loses the focus.
    entry.addEventListener("pointerdown", (event) => { event.preventDefault(); take(index); });
    return entry;
  }

  function key(event) {
    if (list.hidden) return false;
    const count = shown.options.length;
    if (event.key === "ArrowDown") shown.at = (shown.at + 1) % count;
    else if (event.key === "ArrowUp") shown.at = (shown.at - 1 + count) % count;
    else if (event.key === "Escape") return close();
    else if (event.key === "Tab" && !event.shiftKey) return take(Math.max(0, shown.at));
    else if (event.key === "Enter" && shown.at >= 0) return take(shown.at);
    else return false;
    draw();
    return true;
  }

  function take(index) {
    box.value = shown.options[index].text;
    box.setSelectionRange(box.value.length, box.value.length);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  function close() {
    list.hidden = true;
    box.removeAttribute("aria-activedescendant");
    return true;
  }
}

/** Returns what may be typed next: {options: [{text, label, about, isCommand}], usage}. */
export function suggest(text, commands) {
  if (!/^\/[^\n]*$/.test(text)) return { options: [], usage: "" };
  const [name, ...rest] = text.split(" ");
  if (!rest.length) return { options: commands.filter((one) => one.command.startsWith(name)).map(asCommand), usage: "" };
  const command = commands.find((one) => one.command === name);
  if (!command) return { options: [], usage: "" };
  return { options: following(command, rest.join(" ")), usage: `${name} ${command.usage_hint}` };
}

function asCommand(one) {
  return { text: `${one.command} `, label: one.command, about: one.description, isCommand: true };
}

// A usage hint such as "help | classify TEXT" names the words that may follow; words in capitals are the person's own.
function following(command, typed) {
  return command.usage_hint
    .split("|")
    .map((part) => part.trim())
    .map((part) => ({ part, fixed: part.split(/\s+/).filter((word) => /^[a-z0-9-]+$/.test(word)).join(" ") }))
    .filter(({ fixed }) => fixed && fixed.startsWith(typed) && fixed !== typed.trim())
    .map(({ part, fixed }) => ({
      text: `${command.command} ${fixed}${fixed === part ? "" : " "}`,
      label: fixed,
      about: part.slice(fixed.length).trim(),
      isCommand: false,
    }));
}
