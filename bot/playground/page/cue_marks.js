// Which words gave points: signs put together by cue, and a text cut where marked words begin and end.

/** Returns the cues, heaviest first: each {id, says, quote, where, start, end, effects: [{type, name, weight}]}. */
export function cuesOf(signs) {
  const cues = new Map();
  for (const sign of signs) {
    const key = JSON.stringify([sign.id, sign.where, sign.start, sign.end]);
    if (!cues.has(key)) cues.set(key, { ...sign, effects: [] });
    cues.get(key).effects.push({ type: sign.type, name: sign.type_name, weight: sign.weight });
  }
  const all = [...cues.values()];
  for (const cue of all) cue.effects.sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
  return all.sort((one, other) => strength(other) - strength(one));
}

/** Returns the effect that moves most. */
export const mainEffect = (cue) => cue.effects[0];

/** Cuts a text into pieces {text, cues}; where marks overlap, a piece has all of them, heaviest first. */
export function pieces(text, cues) {
  const characters = Array.from(text); // offsets count characters, not UTF-16 units
  const edges = new Set([0, characters.length]);
  for (const cue of cues) {
    edges.add(Math.max(0, cue.start));
    edges.add(Math.min(characters.length, cue.end));
  }
  const sorted = [...edges].sort((one, other) => one - other);
  const cut = sorted.slice(1).map((end, index) => piece(characters, sorted[index], end, cues));
  return cut.filter((one) => one.text);
}

function piece(characters, start, end, cues) {
  const covering = cues.filter((cue) => cue.start <= start && end <= cue.end);
  return { text: characters.slice(start, end).join(""), cues: covering };
}

const strength = (cue) => Math.abs(mainEffect(cue).weight);
