// What a reading means for whoever wrote the words: which card fits, how grave it is, and which words raised it.

/** @typedef {import("../../safety/crisis/crisis.js").Reading} Reading */
/** @typedef {import("../../safety/crisis/crisis.js").Signal} Signal */

/**
 * What was noticed. `held`: the card comes before the words go. `act` chooses the sentence that says what was noticed;
 * `rules` only serve to know whether something new was said.
 * @typedef {{kind: string, act: string, rank: number, held: boolean, rules: string[], quotes: string[]}} Noticed
 */

const RANKS = { passive: 1, active: 2, self_harm: 2, plan: 3, attempt: 4 };
const MAY_BE_NEWER = 3;
const OF_ACT = { abuse: "abuse", harm_to_others: "harm", medical: "medical", reality: "reality" };
// Where one message tells of several: the card that must not be missed comes first.
const FIRST = ["now", "abuse", "medical", "reality", "harm", "other"];
// Nothing is gained by making somebody wait who tells of another person's danger.
const NOT_HELD = new Set(["other"]);
// What is told of as over; hard times of other kinds are what groups talk of.
const OWN = new Set([...Object.keys(RANKS), "abuse"]);
const NOTE = "note.";
export const LOSS = "note.loss";

const isNow = ({ when }) => when === "now";
const isNote = ({ rule }) => rule.startsWith(NOTE);

/** @param {Signal} signal @returns {string} the card for somebody in danger now */
function kindOf({ act, who }) {
  return OF_ACT[act] ?? (who === "me" ? "now" : "other");
}

/** How grave an act is beside others of its card: 4 is the gravest. */
export function rankOf(act) {
  return RANKS[act] ?? 1;
}

/** Whether the same act told in other words may be something new: means, a place, a day. */
export function mayBeNewer(rank) {
  return rank >= MAY_BE_NEWER;
}

/** The card of a message at the explicit tier. @param {Reading} reading @returns {Noticed|null} */
export function explicitIn(reading) {
  const raised = reading.signals.filter((one) => isNow(one) && one.polarity === "affirmed" && one.level === "explicit" && !isNote(one));
  if (raised.length === 0) return null;
  const kind = FIRST.find((name) => raised.some((one) => kindOf(one) === name));
  return noticed(kind, raised.filter((one) => kindOf(one) === kind));
}

/** Whether danger to oneself was spoken of and denied: that lowers, and clears nothing. @param {Reading} reading */
export function isDenied(reading) {
  return reading.signals.some((one) => isNow(one) && one.polarity === "denied" && one.level === "explicit" && one.who === "me");
}

/** A hard time of one's own that is over, or somebody lost: told in the past. @param {Reading} reading @returns {Noticed|null} */
export function pastIn(reading) {
  const told = reading.signals.filter((one) => one.rule === LOSS || (one.when === "past" && one.polarity === "affirmed" && !isNote(one)));
  const [lost, own] = [told.filter(isLoss), told.filter((one) => one.who === "me" && one.rule !== LOSS && OWN.has(one.act))];
  if (lost.length > 0) return noticed("bereaved", lost);
  return own.length > 0 ? noticed("past", own) : null;
}

/** Whether somebody asks for medical advice, or gives it. @param {Reading} reading */
export function isMedicalTalk(reading) {
  return reading.signals.some((one) => one.act === "medical" && one.level === "none" && isNote(one));
}

function isLoss({ rule, who, act }) {
  return rule === LOSS || (who === "other" && act in RANKS);
}

function noticed(kind, signals) {
  const [gravest] = [...signals].sort((a, b) => rankOf(b.act) - rankOf(a.act));
  return {
    kind,
    act: gravest.act,
    rank: rankOf(gravest.act),
    held: !NOT_HELD.has(kind),
    rules: [...new Set(signals.map(({ rule }) => rule))],
    quotes: longest(signals.map(({ quote }) => quote)),
  };
}

// "want to kill myself" says "kill myself" as well.
function longest(quotes) {
  const some = [...new Set(quotes)];
  return some.filter((one) => !some.some((other) => other !== one && other.includes(one)));
}
