// What was written to slip past, or in haste, made readable: k1ll, k i l l, killl, iwanttodie, sucide.
// A word is only ever repaired into one that the pack knows, so nothing harmless changes.
// The twin of peerkit/crisis/repairing.py.

import { word as wordOf } from "./words.js";

/** @typedef {import("./words.js").Word} Word */

const STANDS_FOR = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s", "!": "i", "|": "l", "+": "t" };
const SHORTEST_TYPO = 6;
const SHORTEST_JOINED = 7;
const SHORTEST_DRAWN = 3;
const SHORTEST_SPELLED = 3;
const LONGEST_PART = 14;

/** What a pack knows of words: all of them, those that matter, common slips, and words never to touch. */
export class Repairs {
  /**
   * @param {{known: Set<string>, sensitive: Set<string>, slips: Map<string, string>, ordinary: Set<string>}} words
   */
  constructor({ known, sensitive, slips, ordinary }) {
    Object.assign(this, { known, sensitive, slips, ordinary, inOrder: [...sensitive].sort() });
    this.spellings = this.#spellings();
    this.drawnOut = this.#drawnOut();
  }

  /** Every spelling one slip away from a sensitive word, that is no word itself. */
  #spellings() {
    const found = new Map();
    for (const word of this.inOrder.filter((one) => one.length >= SHORTEST_TYPO)) {
      for (const slip of slipsOf(word)) {
        if (!this.known.has(slip) && !this.ordinary.has(slip) && !found.has(slip)) found.set(slip, word);
      }
    }
    return found;
  }

  /** Each sensitive word by what is left when no letter stands twice in a row. */
  #drawnOut() {
    return new Map(this.inOrder.filter((one) => one.length > SHORTEST_DRAWN).map((one) => [squeeze(one, 1), one]));
  }

  /** The words with repairs. @param {Word[]} found @returns {Word[]} */
  mend(found) {
    const mended = [];
    let place = 0;
    while (place < found.length) {
      const many = Math.max(1, singleLetters(found, place));
      mended.push(...this.#run(found.slice(place, place + many)));
      place += many;
    }
    return mended;
  }

  /** One word, or single letters in a row, with repairs. */
  #run(run) {
    if (run.length < SHORTEST_SPELLED) return run.flatMap((word) => this.#one(word));
    let [skip, parts] = this.#split(run.map(({ text }) => decoded(text, "1i")).join(""));
    if (run.length - skip < SHORTEST_SPELLED) [skip, parts] = [run.length, []];
    const mended = run.slice(0, skip).flatMap((word) => this.#one(word));
    if (parts.length > 0) mended.push(...written(parts, { ...run.at(-1), start: run[skip].start }));
    return mended;
  }

  #one(word) {
    const { text } = word;
    if (this.known.has(text) || this.ordinary.has(text) || /^[0-9]+$/.test(text)) return [word];
    if (this.slips.has(text)) return written(this.slips.get(text).split(" "), word);
    const guess = this.#plain(text) || this.#squeezed(text) || this.spellings.get(text);
    if (guess) return [{ ...word, text: guess }];
    if (text.length >= SHORTEST_JOINED) {
      const [skip, parts] = this.#split(decoded(text, "1i"));
      if (parts.length > 0 && skip === 0) return written(parts, word);
    }
    return [word];
  }

  /** A word with figures and signs for letters, or stars for any. @returns {string|undefined} */
  #plain(text) {
    if (/^[a-z]+$/.test(text)) return undefined;
    if (text.includes("*")) return this.inOrder.find((one) => isHidden(text, one)) ?? this.#withoutStars(text);
    for (const one of ["1i", "1l"]) {
      const plain = decoded(text, one);
      if (this.known.has(plain)) return plain;
      const slip = this.slips.get(plain);
      if (slip !== undefined && !slip.includes(" ")) return slip;
      const guess = this.#squeezed(plain) || this.spellings.get(plain);
      if (guess) return guess;
    }
    return undefined;
  }

  /** A sensitive word between whose letters stars were put. @returns {string|undefined} */
  #withoutStars(text) {
    const guess = text.replaceAll("*", "");
    return this.sensitive.has(guess) ? guess : undefined;
  }

  /** A word of which letters were drawn out. @returns {string|undefined} */
  #squeezed(text) {
    const [doubled, single] = [squeeze(text, 2), squeeze(text, 1)];
    return [doubled, single].find((guess) => guess !== text && this.known.has(guess)) ?? this.drawnOut.get(single);
  }

  /**
   * From where on a run of letters is made of known words, and these, as few as may be; one must matter.
   * @param {string} text @returns {[number, string[]]}
   */
  #split(text) {
    const count = [...Array(text.length).fill(text.length + 1), 0];
    const ends = Array(text.length).fill(0);
    const matters = Array(text.length + 1).fill(false);
    for (let start = text.length - 1; start >= 0; start -= 1) {
      for (let end = Math.min(text.length, start + LONGEST_PART); end > start; end -= 1) {
        const part = text.slice(start, end);
        if (count[end] + 1 >= count[start] || !this.#isPart(part)) continue;
        count[start] = count[end] + 1;
        ends[start] = end;
        matters[start] = matters[end] || this.sensitive.has(part);
      }
    }
    const begins = matters.includes(true) ? matters.indexOf(true) : text.length;
    const parts = [];
    for (let place = begins; place < text.length; place = ends[place]) parts.push(text.slice(place, ends[place]));
    return [begins, parts];
  }

  #isPart(text) {
    return this.known.has(text) && (text.length > 1 || text === "i" || text === "a");
  }
}

/** Several words that stand where one was written. */
function written(parts, word) {
  const told = parts.map((one) => wordOf(one, word.start, word.end));
  told[told.length - 1] = { ...told.at(-1), pause: word.pause, last: word.last };
  return told;
}

function decoded(text, one) {
  return Array.from(text, (letter) => (letter === one[0] ? one[1] : STANDS_FOR[letter] ?? letter)).join("");
}

function isHidden(text, word) {
  if (text.length !== word.length || (text.split("*").length - 1) * 2 > word.length) return false;
  return Array.from(text).every((letter, place) => letter === "*" || letter === word[place]);
}

function squeeze(text, most) {
  let kept = "";
  for (const letter of text) {
    if (!kept.endsWith(letter.repeat(most))) kept += letter;
  }
  return kept;
}

function singleLetters(found, place) {
  let many = 0;
  while (place + many < found.length && found[place + many].text.length === 1) many += 1;
  return many;
}

/** What one slip of the finger makes of a word: a letter lost, doubled, swapped or replaced. */
function* slipsOf(word) {
  for (let place = 1; place < word.length; place += 1) {
    const [before, after] = [word.slice(0, place), word.slice(place + 1)];
    yield before + after;
    yield word.slice(0, place - 1) + word[place] + word[place - 1] + after;
    for (const letter of "abcdefghijklmnopqrstuvwxyz") {
      yield before + letter + after;
      yield before + letter + word.slice(place);
    }
  }
}
