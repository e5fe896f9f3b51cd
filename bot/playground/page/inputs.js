// Fields to write in, and pickers of days and times.

import { fromWallClock, toWallClock } from "./dates.js";
import { el } from "./dom.js";
import { wordsOf } from "./text_objects.js";

/** Builders of the elements a person writes or picks a moment in, by type. */
export const INPUTS = {
  plain_text_input: (element, place) => (element.multiline ? area(element, place) : field("text", element, place)),
  email_text_input: (element, place) => field("email", element, place, { autocomplete: "off" }),
  url_text_input: (element, place) => field("url", element, place, { autocomplete: "off" }),
  number_input: (element, place) => field("number", element, place, {
    step: element.is_decimal_allowed ? "any" : "1", min: element.min_value, max: element.max_value,
  }),
  rich_text_input: (element, place) => area({ ...element, initial_value: flat(element.initial_value) }, place, asRichText),
  datepicker: (element, place) => picker("date", element, place, element.initial_date),
  timepicker: (element, place) => picker("time", element, place, element.initial_time),
  datetimepicker(element, place) {
    const { ctx } = place;
    const initial = element.initial_date_time && toWallClock(element.initial_date_time * 1000, ctx);
    return picker("datetime-local", element, place, initial, (value) => fromWallClock(value, ctx) / 1000);
  },
};

/** Returns the attributes that name a control: its label's, its section's, or its placeholder. */
export function naming(element, { ctx, controlId, labelledBy, isLabelled, block }) {
  const placeholder = element.placeholder ? wordsOf(element.placeholder, ctx) : null;
  return {
    id: controlId,
    "aria-labelledby": isLabelled ? null : labelledBy,
    "aria-label": isLabelled || labelledBy ? null : (placeholder ?? ctx.words("blocks.choose")),
    "aria-required": block.type === "input" && !block.optional ? "true" : null,
    "data-action": element.action_id,
    autofocus: element.focus_on_load === true,
  };
}

function field(type, element, place, more = {}) {
  const control = el("input", { ...writing(element, place), type, value: element.initial_value, ...more });
  return written(control, element, place, (value) => value || null);
}

function area(element, place, convert = (value) => value || null) {
  const control = el("textarea", { ...writing(element, place), rows: rowsFor(element.initial_value) });
  control.value = element.initial_value ?? "";
  return written(control, element, place, convert);
}

function writing(element, place) {
  return {
    ...naming(element, { ...place, isLabelled: place.block.type === "input" }),
    class: "bk-field",
    placeholder: element.placeholder ? wordsOf(element.placeholder, place.ctx) : null,
    maxlength: element.max_length,
    dir: "auto",
  };
}

function written(control, element, place, convert) {
  const read = () => convert(control.value);
  place.answers.add({ block: place.block, element, control, read });
  if (!place.dispatches) return control;
  const wishes = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (wishes.includes("on_character_entered")) control.addEventListener("input", () => place.act(control, read()));
  if (wishes.includes("on_enter_pressed")) control.addEventListener("keydown", (event) => entered(event, place, read));
  return control;
}

function entered(event, place, read) {
  // Enter also ends a word in an input method for Chinese: that is not this Enter.
  if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
  event.preventDefault();
  place.act(event.currentTarget, read());
}

function picker(type, element, place, initial, convert = (value) => value) {
  const control = el("input", {
    ...naming(element, { ...place, isLabelled: place.block.type === "input" }), class: "bk-field bk-picker", type, value: initial,
  });
  const read = () => (control.value ? convert(control.value) : null);
  place.answers.add({ block: place.block, element, control, read });
  if (place.dispatches) control.addEventListener("change", () => control.value && place.act(control, read()));
  return control;
}

function rowsFor(text = "") {
  return Math.min(Math.max(text.split("\n").length + 1, 4), 14);
}

function asRichText(text) {
  if (!text) return null;
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}

function flat(richText) {
  const leaves = (part) => (part.elements ? part.elements.map(leaves).join("") : (part.text ?? part.url ?? ""));
  return richText ? (richText.elements ?? []).map(leaves).join("\n") : "";
}
