// Words and sentences of a message, with the places they were written at. The twin of peerkit/crisis/words.py.

import { letters } from "./folding.js";

const SIGNS = new Set("@$*!|+");
const OPENING = new Set("@$*");
const WORD = new Set("abcdefghijklmnopqrstuvwxyz0123456789");

/**
 * A word as the rules read it; `start` and `end` are places in the original, in code points, `pause` a comma after it,
 * `last` the end of a sentence.
 * @typedef {{text: string, start: number, end: number, pause: boolean, last: boolean}} Word
 */

/** @returns {Word} */
export function word(text, start, end) {
  return { text, start, end, pause: false, last: false };
}

/**
 * The words of a message.
 * @param {string[]} points its code points
 * @param {boolean} splits whether an apostrophe parts two words (French, Italian) @returns {Word[]}
 */
export function words(points, splits) {
  const found = [];
  const folded = letters(points);
  let [current, began] = ["", 0];
  folded.forEach(([letter, at], place) => {
    if (belongs(folded, place, current)) {
      began = current ? began : at;
      current += letter;
    } else if (letter !== "'" || !current || splits) {
      if (current) found.push(word(current, began, folded[place - 1][1] + 1));
      current = "";
      mark(found, folded, place);
    }
  });
  if (current) found.push(word(current, began, folded.at(-1)[1] + 1));
  return found;
}

function belongs(folded, place, current) {
  const letter = folded[place][0];
  if (WORD.has(letter)) return true;
  if (!SIGNS.has(letter) || place + 1 === folded.length) return false;
  const next = folded[place + 1][0];
  return (WORD.has(next) || OPENING.has(next)) && (current !== "" || OPENING.has(letter));
}

/** Remember on the last word what ended it: a comma, or the end of a sentence. */
function mark(found, folded, place) {
  if (found.length === 0) return;
  const letter = folded[place][0];
  const before = found.at(-1);
  if (",()".includes(letter)) before.pause = true;
  else if (".!".includes(letter) && !onlyParts(before, folded, place)) before.last = true;
}

/**
 * Whether a full stop only parts letters or words, as in "k.i.l.l" and "i.want.to.die". Between whole words there must
 * be another such stop next to it: "I am not well.I want to die" is two sentences.
 */
function onlyParts(before, folded, place) {
  if (!standsBetween(folded, place)) return false;
  return before.text.length === 1 || isOneOfSeveral(folded, place);
}

function isOneOfSeveral(folded, place) {
  if (folded[place][0] !== ".") return false;
  return [-1, 1].some((step) => {
    let near = place + step;
    while (near >= 0 && near < folded.length && WORD.has(folded[near][0])) near += step;
    return standsBetween(folded, near);
  });
}

/** Whether a full stop or an exclamation mark stands directly between two letters. */
function standsBetween(folded, place) {
  if (place <= 0 || place >= folded.length - 1 || !".!".includes(folded[place][0])) return false;
  return WORD.has(folded[place - 1][0]) && WORD.has(folded[place + 1][0]);
}

/**
 * Words cut into sentences, and before words such as "but", after which something else is said.
 * @param {Word[]} found @param {Set<string>} breaks @returns {Word[][]}
 */
export function sentences(found, breaks) {
  const cut = [[]];
  for (const one of found) {
    if (breaks.has(one.text)) cut.push([]);
    cut.at(-1).push(one);
    if (one.last) cut.push([]);
  }
  return cut.filter((some) => some.length > 0);
}
