// One message held against the rules of its language. The twin of peerkit/crisis/reading.py.

import { sentences, words } from "./words.js";

/** @typedef {import("./pack.js").Pack} Pack */
/** @typedef {import("./pack.js").Rule} Rule */
/** @typedef {import("./patterns.js").Shortlist} Shortlist */
/** @typedef {import("./words.js").Word} Word */

/**
 * One thing noticed. `quote` is text of the message; `start` and `end` its place in code points, `from` and `to` in
 * UTF-16 units, as browsers count.
 * @typedef {{act: string, who: "me"|"other", when: "now"|"past", polarity: "affirmed"|"denied"|"asked",
 *   level: "none"|"concern"|"explicit", quote: string, start: number, end: number, from: number, to: number,
 *   rule: string}} Signal
 */

/**
 * What was noticed in one message.
 * @typedef {{tier: "none"|"concern"|"explicit", signals: Signal[], isOn: boolean}} Reading
 */

// So many words before what was noticed may turn it round.
const REACH = 4;
// What a joke makes of a level.
const IN_JEST = "none";

/** Words in a row, as one string that patterns are held against. */
export class Sentence {
  #plain;
  #negated;
  #has = new Map();

  /** @param {Pack} pack @param {Word[]} words */
  constructor(pack, words) {
    Object.assign(this, { pack, words });
    this.whole = ` ${words.map(({ text }) => text).join(" ")} `;
    this.starts = startsOf(words);
    this.texts = new Set(words.map(({ text }) => text));
  }

  /** The words parted by single spaces; harmless turns of phrase are blotted out letter by letter. */
  get plain() {
    this.#plain ??= this.pack.harmless.of(this.texts).reduce(blotted, this.whole);
    return this.#plain;
  }

  /** The number of the word that a letter of `plain` belongs to. */
  placeOf(letter) {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (letter < this.starts[middle]) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  }

  /** Whether a guard's pattern stands in the sentence. */
  has(guard) {
    if (!this.#has.has(guard)) {
      this.#has.set(guard, this.pack.guards.get(guard).some(({ expression }) => this.whole.search(expression) >= 0));
    }
    return this.#has.get(guard);
  }

  /** The numbers of words that deny. */
  get negated() {
    if (this.#negated) return this.#negated;
    const spared = new Set();
    for (const { expression } of this.pack.noNegators) {
      for (const { start, end } of matches(expression, this.whole)) {
        for (let n = this.placeOf(start + 1); n <= this.placeOf(end - 2); n += 1) spared.add(n);
      }
    }
    const numbers = [...this.words.keys()];
    this.#negated = new Set(numbers.filter((n) => this.pack.negators.has(this.words[n].text) && !spared.has(n)));
    return this.#negated;
  }

  /**
   * Whether what stands from word `first` to `last` is denied. A pause ends the reach of a denial, and so does a word
   * of `stops` ("and", "because").
   */
  isDenied(first, last, saysNo) {
    for (let n = first; n <= last && !saysNo; n += 1) if (this.negated.has(n)) return true;
    for (let n = first - 1; n > Math.max(-1, first - 1 - REACH); n -= 1) {
      if (this.words[n].pause || this.pack.stops.has(this.words[n].text)) return false;
      if (this.negated.has(n)) return true;
    }
    return false;
  }
}

/**
 * What was noticed in a message, in the order it stands there.
 * @param {Pack} pack @param {string} text @returns {Reading}
 */
export function read(pack, text) {
  const points = Array.from(text);
  const found = pack.repairs.mend(words(points, pack.splits));
  const cut = sentences(found, pack.breaks).map((some) => new Sentence(pack, some));
  const message = { text, units: unitsBefore(points) };
  const signals = cut.flatMap((sentence) => signalsOf(pack.says, sentence, message));
  signals.push(...signalsOf(pack.saysWhole, new Sentence(pack, found), message));
  const kept = [...new Map(signals.map((one) => [JSON.stringify(one), one])).values()].sort((a, b) => a.start - b.start);
  return { tier: tierOf(kept), signals: kept, isOn: true };
}

/** @param {Shortlist} says @param {Sentence} sentence @param {{text: string, units: number[]}} message @returns {Signal[]} */
function signalsOf(says, sentence, message) {
  const found = [];
  for (const one of says.of(sentence.texts)) {
    for (const match of matches(one.expression, sentence.plain)) {
      const signal = signalOf(sentence.pack.rules.get(one), sentence, match, message);
      if (signal) found.push(signal);
    }
  }
  return found;
}

/** @returns {Signal|null} */
function signalOf(rule, sentence, match, message) {
  const counts = (guard) => !rule.ignores.has(guard) && sentence.has(guard);
  if (counts("talk")) return null;
  const [first, last] = [sentence.placeOf(match.start + 1), sentence.placeOf(match.end - 2)];
  const [start, end] = [sentence.words[first].start, sentence.words[last].end];
  const isDenied = !rule.ignores.has("denial") && sentence.isDenied(first, last, rule.saysNo);
  const said = {
    act: rule.act,
    who: rule.who,
    when: counts("past") && !sentence.has("recent") ? "past" : "now",
    polarity: isDenied ? "denied" : counts("asking") ? "asked" : "affirmed",
    level: counts("joke") ? IN_JEST : rule.level,
  };
  return signalAt(said, start, end, message, rule.id);
}

/** What is said of the words from `start` to `end`, with the very words. @returns {Signal} */
export function signalAt(said, start, end, { text, units }, rule) {
  const [from, to] = [units[start], units[end]];
  return { ...said, quote: text.slice(from, to), start, end, from, to, rule };
}

/** The highest level of what is said of now; what is denied, asked or past raises nothing. */
export function tierOf(signals) {
  const counted = signals.filter(({ when, polarity }) => when === "now" && polarity === "affirmed");
  return ["explicit", "concern"].find((tier) => counted.some(({ level }) => level === tier)) ?? "none";
}

/** How many UTF-16 units stand before each code point, and in all. @param {string[]} points @returns {number[]} */
export function unitsBefore(points) {
  const units = [0];
  for (const point of points) units.push(units.at(-1) + point.length);
  return units;
}

function startsOf(words) {
  let next = 1;
  return words.map(({ text }) => {
    const start = next;
    next += text.length + 1;
    return start;
  });
}

function blotted(plain, { expression }) {
  return plain.replace(expression, (match) => ` ${match.slice(1).replace(/[^ ]/g, "0")}`);
}

/** Where an expression fits, first to last, none over another. @returns {{start: number, end: number}[]} */
function matches(expression, text) {
  const found = [];
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    found.push({ start: match.index, end: expression.lastIndex });
  }
  return found;
}
