// A second look at sentences in which the rules noticed nothing: the linear model may make a concern of one, never more.
// The twin of peerkit/crisis/second_look.py, which tells why.

import { LONGEST } from "./linear.js";
import { Sentence, signalAt, tierOf, unitsBefore } from "./reading.js";
import { sentences, words } from "./words.js";

/** @typedef {import("./pack.js").Pack} Pack */
/** @typedef {import("./linear.js").Linear} Linear */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./words.js").Word} Word */

const RULE = "linear.concern";
// Chosen on GoEmotions dev, which nothing was taught with.
const CONCERN_FROM = 0.99;
const EXPLICIT_FROM = 0.97;
const SILENCE = ["talk", "joke"];

/**
 * A reading of the rules, with a concern for each sentence that the model is sure of and they saw nothing in.
 * @param {Pack} pack @param {Linear} model @param {string} text @param {Reading} reading @returns {Reading}
 */
export function lookedAgain(pack, model, text, reading) {
  if (reading.tier !== "none") return reading;
  const points = Array.from(text);
  const found = pack.repairs.mend(words(points, pack.splits));
  const hasSensitive = found.some((one) => pack.repairs.sensitive.has(one.text));
  const message = { text, units: unitsBefore(points) };
  const signals = windows(found)
    .filter((some) => !isGuarded(new Sentence(pack, some)))
    .filter((some) => isSure(model.chances(some.map((one) => one.text)), hasSensitive))
    .map((some) => signalOf(some, message))
    .filter((one) => !reading.signals.some((seen) => seen.start < one.end && one.start < seen.end));
  return { tier: tierOf(signals), signals: [...reading.signals, ...signals], isOn: true };
}

/** Each sentence of a message, long ones in parts, and a short message as a whole. @param {Word[]} found @returns {Word[][]} */
function windows(found) {
  const cut = sentences(found, new Set());
  const parts = cut.flatMap((one) => {
    const begins = Array.from({ length: Math.ceil(one.length / LONGEST) }, (_, n) => n * LONGEST);
    return begins.map((place) => one.slice(place, place + LONGEST));
  });
  if (cut.length > 1 && found.length <= LONGEST) parts.push(found);
  return parts;
}

/** Whether a sentence is of long ago, a joke, or talk of a subject. @param {Sentence} sentence */
function isGuarded(sentence) {
  const isPast = sentence.has("past") && !sentence.has("recent");
  return isPast || SILENCE.some((one) => sentence.has(one));
}

/** Whether to speak; the explicit output only counts where a sensitive word stands in the message. */
function isSure({ concern, explicit }, hasSensitive) {
  return concern > CONCERN_FROM || (hasSensitive && explicit > EXPLICIT_FROM);
}

function signalOf(some, message) {
  const said = { act: "unclear", who: "me", when: "now", polarity: "affirmed", level: "concern" };
  return signalAt(said, some[0].start, some.at(-1).end, message, RULE);
}
