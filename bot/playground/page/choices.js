// Menus, radio buttons and boxes to tick.

import { el, freshId } from "./dom.js";
import { naming } from "./inputs.js";
import { renderText, wordsOf } from "./text_objects.js";

/** Builders of the elements a person chooses in, by type. */
export const CHOICES = {
  static_select: (element, place) => menu(element, place, groupsOf(element, place.ctx), element.initial_option?.value),
  external_select: written,
  users_select: (element, place) => menu(element, place, people(place.ctx), element.initial_user),
  channels_select: (element, place) => menu(element, place, channels(place.ctx, false), element.initial_channel),
  conversations_select: (element, place) => menu(
    element, place, channels(place.ctx, true), element.initial_conversation ?? current(element, place.ctx)),
  multi_static_select: (element, place) => many(
    element, place, groupsOf(element, place.ctx), valuesOf(element.initial_options)),
  multi_external_select: (element, place) => many(
    element, place, groupsOf({ options: element.initial_options }, place.ctx), valuesOf(element.initial_options)),
  multi_users_select: (element, place) => many(element, place, people(place.ctx), element.initial_users),
  multi_channels_select: (element, place) => many(element, place, channels(place.ctx, false), element.initial_channels),
  multi_conversations_select: (element, place) => many(
    element, place, channels(place.ctx, true), element.initial_conversations),
  radio_buttons(element, place) {
    const initial = element.initial_option ? [element.initial_option.value] : [];
    return ticks("radio", element, place, groupsOf(element, place.ctx), initial, (values) => values[0] ?? null);
  },
  checkboxes: (element, place) => ticks(
    "checkbox", element, place, groupsOf(element, place.ctx), valuesOf(element.initial_options), (values) => values),
};

function menu(element, place, groups, initial) {
  const hint = element.placeholder ? wordsOf(element.placeholder, place.ctx) : place.ctx.words("blocks.choose");
  const control = el("select", { ...naming(element, { ...place, isLabelled: place.block.type === "input" }), class: "bk-field bk-select" },
    el("option", { value: "" }, hint),
    groups.map(({ label, options }) => {
      const entries = options.map((option) => entry(option, initial));
      return label ? el("optgroup", { label }, entries) : entries;
    }));
  const read = () => control.value || null;
  place.answers.add({ block: place.block, element, control, read });
  if (place.dispatches) dispatchChoice(control, place, read);
  return control;
}

function entry({ words, value, about }, initial) {
  return el("option", { value, selected: value === initial }, about ? `${words} – ${about}` : words);
}

function dispatchChoice(control, place, read) {
  let before = control.value;
  control.addEventListener("change", async () => {
    if (!control.value) return;
    if (await place.act(control, read())) before = control.value;
    else control.value = before;
  });
}

// No server of options stands behind the page: what is typed is the choice.
function written(element, place) {
  const initial = element.initial_option;
  const hint = element.placeholder ? wordsOf(element.placeholder, place.ctx) : null;
  const control = el("input", {
    ...naming(element, { ...place, isLabelled: place.block.type === "input" }),
    class: "bk-field", type: "text", placeholder: hint, value: initial && wordsOf(initial.text, place.ctx),
  });
  const first = control.value;
  const read = () => (initial && control.value === first ? initial.value : control.value || null);
  place.answers.add({ block: place.block, element, control, read });
  if (place.dispatches) dispatchChoice(control, place, read);
  return control;
}

function many(element, place, groups, initial = []) {
  const box = ticks("checkbox", element, place, groups, initial, (values) => values);
  box.classList.add("bk-many");
  const most = element.max_selected_items;
  if (most) limit(box, most);
  return box;
}

function limit(box, most) {
  const inputs = [...box.querySelectorAll("input")];
  const update = () => {
    const isFull = inputs.filter((input) => input.checked).length >= most;
    for (const input of inputs) input.disabled = isFull && !input.checked;
  };
  box.addEventListener("change", update);
  update();
}

function ticks(type, element, place, groups, initial, convert) {
  const name = freshId("bk-choice");
  const rows = groups.map(({ label, options }) => [
    label && el("div", { class: "bk-choice-group" }, label),
    options.map((option) => row(type, name, option, initial.includes(option.value), place.ctx)),
  ]);
  const names = naming(element, { ...place, isLabelled: false });
  const box = el("div", { ...names, autofocus: null, class: "bk-choices", role: type === "radio" ? "radiogroup" : "group", tabindex: "-1" }, rows);
  // ARIA knows no required group of boxes; the label says what is optional.
  if (type !== "radio") box.removeAttribute("aria-required");
  const inputs = [...box.querySelectorAll("input")];
  const read = () => convert(inputs.filter((input) => input.checked).map((input) => input.value));
  place.answers.add({ block: place.block, element, control: box, read });
  if (place.dispatches) box.addEventListener("change", () => place.act(box, read()));
  return box;
}

function row(type, name, { option, words, value, about }, isChosen, ctx) {
  const aboutId = about ? freshId("bk-about") : null;
  const box = el("input", { type, name, value, checked: isChosen, "aria-describedby": aboutId });
  const label = el("label", { class: "bk-choice" }, box, el("span", null, option ? renderText(option.text, ctx) : words));
  if (!about) return label;
  return el("div", null, label, el("div", { class: "bk-choice-about", id: aboutId }, option ? renderText(option.description, ctx) : about));
}

function groupsOf({ options, option_groups: groups }, ctx) {
  if (groups) return groups.map((group) => ({ label: wordsOf(group.label, ctx), options: group.options.map((one) => choice(one, ctx)) }));
  return [{ label: "", options: (options ?? []).map((one) => choice(one, ctx)) }];
}

function choice(option, ctx) {
  return {
    option, value: option.value, words: wordsOf(option.text, ctx), about: option.description ? wordsOf(option.description, ctx) : "",
  };
}

function people(ctx) {
  const known = Object.entries(ctx.users ?? {}).filter(([, user]) => !user.is_bot);
  return [{ label: "", options: known.map(([id, user]) => ({ value: id, words: user.real_name || user.name })) }];
}

function channels(ctx, withDirect) {
  const shown = (ctx.channels ?? []).filter((channel) => withDirect || channel.kind !== "im");
  const name = (channel) => (channel.kind === "im" ? channel.name : `#${channel.name}`);
  return [{ label: "", options: shown.map((channel) => ({ value: channel.id, words: name(channel) })) }];
}

function current(element, ctx) {
  return element.default_to_current_conversation ? ctx.channel?.id : undefined;
}

function valuesOf(options = []) {
  return options.map((option) => option.value);
}
