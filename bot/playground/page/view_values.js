// What stands in the inputs of a message or a view, and what the page itself says about it before Slack is asked.

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,255}$/;
const URL_START = /^https?:\/\/\S+$/i;

/** Collects the inputs of some blocks; each knows how to read itself. */
export class Answers {
  #fields = [];

  /** Adds an input: {block, element, control, read()}. */
  add(field) {
    this.#fields.push(field);
  }

  /** Returns what stands in every input, null in an empty one: {block_id: {action_id: value}}. */
  values() {
    const values = {};
    for (const { block, element, read } of this.#fields) {
      (values[block.block_id] ??= {})[element.action_id] = read();
    }
    return values;
  }

  /** Returns what Slack's own client would complain about: {block_id: sentence}. */
  complaints(words) {
    const found = this.#fields.filter(({ block }) => block.type === "input").map((field) => [
      field.block.block_id, complaint(field, words),
    ]);
    return Object.fromEntries(found.filter(([, says]) => says));
  }

  /** Returns the control of an input block, undefined for a block that has none. */
  controlOf(blockId) {
    return this.#fields.find(({ block }) => block.block_id === blockId)?.control;
  }
}

function complaint({ block, element, control, read }, words) {
  const value = read();
  // What a browser cannot read as the number or day it asked for, it reports as empty.
  if (control.validity?.badInput) return words(element.type === "number_input" ? "blocks.bad_number" : "blocks.bad_moment");
  if (isEmpty(value)) return block.optional ? "" : words("blocks.required");
  return CHECKS[element.type]?.(value, element, words) ?? "";
}

function isEmpty(value) {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

const CHECKS = {
  plain_text_input(value, { min_length: least = 0, max_length: most = 3000 }, words) {
    const count = [...value].length;
    if (count < least) return words("blocks.too_short", { count: least });
    return count > most ? words("blocks.too_long", { count: most }) : "";
  },
  email_text_input: (value, element, words) => (EMAIL.test(value) ? "" : words("blocks.bad_email")),
  url_text_input: (value, element, words) => (URL_START.test(value) ? "" : words("blocks.bad_url")),
  number_input(value, { min_value: least, max_value: most, is_decimal_allowed: mayBeDecimal }, words) {
    const number = Number(value);
    if (Number.isNaN(number)) return words("blocks.bad_number");
    if (!mayBeDecimal && !Number.isInteger(number)) return words("blocks.whole_number");
    if (least !== undefined && number < Number(least)) return words("blocks.at_least", { number: least });
    return most !== undefined && number > Number(most) ? words("blocks.at_most", { number: most }) : "";
  },
};
