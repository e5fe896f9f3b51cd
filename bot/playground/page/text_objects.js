// Text objects: plain_text, and mrkdwn with its `verbatim`.

import { plainWords, renderMrkdwn, renderPlain } from "./mrkdwn.js";

/** Renders a text object; what has no words is empty. */
export function renderText(object, ctx) {
  if (object?.type === "mrkdwn") return renderMrkdwn(object.text, ctx, { verbatim: object.verbatim === true });
  return renderPlain(object?.text, { emoji: object?.emoji !== false });
}

/** Returns a text object's words as one string. */
export function wordsOf(object, ctx) {
  return object?.type === "mrkdwn" ? plainWords(object.text, ctx) : renderPlain(object?.text).textContent;
}
