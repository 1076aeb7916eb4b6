// From a reading to what the writer is shown: a card before sending, a card after it, a quiet line, or nothing.

import { explicitIn, isDenied, pastIn } from "./kinds.js";

/**
 * What to show. `held`: the words wait for a tap. `isShort`: the card was seen before.
 * @typedef {{card: import("./kinds.js").Noticed|null, held: boolean, isShort: boolean, line: boolean}} Shown
 */

const NOTHING = { card: null, held: false, isShort: false, line: false };

/**
 * @param {import("./kinds.js").Reading} reading @param {import("./memory.js").Memory} memory
 * @param {{isTender?: boolean}} [room] in rooms about suicide or loss, telling of it is what people come for
 * @returns {Shown}
 */
export function shownFor(reading, memory, { isTender = false } = {}) {
  if (!reading.isOn) return NOTHING;
  const explicit = explicitIn(reading);
  if (explicit) return explicitly(explicit, memory);
  if (isDenied(reading)) {
    // A denial lowers, and never clears: somebody who says "I would never" may be near it.
    memory.keepHelpInView();
    return lined(memory);
  }
  if (reading.tier === "concern") return lined(memory);
  const past = isTender ? null : pastIn(reading);
  return past && memory.once(past.kind) ? { ...NOTHING, card: { ...past, held: false } } : NOTHING;
}

function explicitly(noticed, memory) {
  memory.keepHelpInView();
  const way = memory.wayToShow(noticed);
  if (!way) return NOTHING;
  memory.noteShown(noticed);
  return { ...NOTHING, card: noticed, held: noticed.held, isShort: way === "short" };
}

function lined(memory) {
  return { ...NOTHING, line: memory.once("line") };
}
