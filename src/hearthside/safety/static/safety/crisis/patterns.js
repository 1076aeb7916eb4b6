// Patterns of words, as packs write them, made regular expressions that Python and browsers read alike.
// The twin of peerkit/crisis/patterns.py, which tells how a pattern is written.

const MARK = /[()|?]|~[0-9]|#|[a-z0-9*]+|\{[A-Za-z0-9_]+\}/g;
const STRANGE = /[^()|?~#a-z0-9* ]/;
// A class stands for whole words: "{pet}s" would look for two.
const GLUED = /[a-z0-9*]\{|\}[a-z0-9*{]/;
const CLASS = /\{[A-Za-z0-9_]+\}/g;
const WORD = /^[a-z0-9]+$/;

/** A pattern that cannot be read; the message says where. */
export class PatternIsWrong extends Error {}

/**
 * A piece of a pattern: its regular expression, what it needs, and how few words it may be.
 * @typedef {{told: string, needs: Set<string>[], least: number}} Part
 */

/** Classes of words by name. Patterns name the same ones again and again: each is read once. */
export class Classes {
  #entries;
  #parts = new Map();
  #singles = new Map();

  /** @param {Record<string, string>} entries */
  constructor(entries) {
    this.#entries = entries;
  }

  /** @param {string} pattern @returns {Part} @throws {PatternIsWrong} */
  read(pattern) {
    const strange = GLUED.exec(pattern) ?? STRANGE.exec(pattern.replace(CLASS, " "));
    if (strange) throw new PatternIsWrong(`"${pattern}" has "${strange[0]}", which means nothing.`);
    const [part, end] = this.#either((pattern.match(MARK) ?? []).values());
    if (end) throw new PatternIsWrong(`In "${pattern}" brackets do not match.`);
    return part;
  }

  /**
   * What stands up to the next closing bracket or the end, and which of them it was.
   * @param {Iterator<string>} marks @returns {[Part, string]}
   */
  #either(marks) {
    const entries = [];
    let parts = [];
    for (let next = marks.next(); !next.done; next = marks.next()) {
      const mark = next.value;
      if (mark === ")") return [group([...entries, row(parts)]), mark];
      if (mark === "|") {
        entries.push(row(parts));
        parts = [];
      } else if (mark === "(") {
        const [part, end] = this.#either(marks);
        if (!end) return [part, "("];
        parts.push(part);
      } else if (mark === "?") {
        if (parts.length > 0) parts.push({ told: `(?:${parts.pop().told})?`, needs: [], least: 0 });
      } else {
        parts.push(mark[0] === "{" ? this.#named(mark.slice(1, -1)) : this.#single(mark));
      }
    }
    return [group([...entries, row(parts)]), ""];
  }

  #single(mark) {
    if (!this.#singles.has(mark)) this.#singles.set(mark, single(mark));
    return this.#singles.get(mark);
  }

  #named(name) {
    if (!Object.hasOwn(this.#entries, name)) throw new PatternIsWrong(`{${name}} is no class.`);
    if (!this.#parts.has(name)) {
      this.#parts.set(name, null);
      this.#parts.set(name, this.read(this.#entries[name]));
    }
    const part = this.#parts.get(name);
    if (part === null) throw new PatternIsWrong(`{${name}} names itself.`);
    return part;
  }
}

/**
 * What is looked for. A sentence that it fits holds one of each of `needs`: words, or beginnings such as "overdos*".
 * `needs` has first what is probably rarest; it is empty where nothing can be told.
 */
export class Pattern {
  #told;
  #expression = null;

  /** @param {string} pattern how a pack writes it @param {Classes} classes @throws {PatternIsWrong} */
  constructor(pattern, classes) {
    const { told, needs, least } = classes.read(pattern);
    if (least === 0) throw new PatternIsWrong(`"${pattern}" fits where nothing is said.`);
    this.#told = ` ${told}`;
    this.needs = rarestFirst(needs);
  }

  /** Ready to search with; made when it is first tried, as most of a pack never is. */
  get expression() {
    this.#expression ??= new RegExp(this.#told, "g");
    return this.#expression;
  }
}

/** Which of many patterns are worth trying on a sentence. */
export class Shortlist {
  #patterns;
  #always;
  #byRarest = new Map();

  /** @param {Pattern[]} patterns */
  constructor(patterns) {
    this.#patterns = patterns;
    this.#always = [...patterns.keys()].filter((number) => patterns[number].needs.length === 0);
    patterns.forEach(({ needs }, number) => {
      for (const need of needs[0] ?? []) {
        if (!this.#byRarest.has(need)) this.#byRarest.set(need, []);
        this.#byRarest.get(need).push(number);
      }
    });
    // Patterns that name one class hold the very same set: each is looked through once.
    this.needed = new Set();
    for (const some of new Set(patterns.flatMap(({ needs }) => needs))) for (const need of some) this.needed.add(need);
    this.longest = [...this.needed].reduce((most, need) => Math.max(most, need.length), 0);
  }

  /**
   * The patterns that may stand in a sentence of these words, in order; no other can.
   * @param {Set<string>} words @returns {Pattern[]}
   */
  of(words) {
    const held = this.#held(words);
    const found = new Set(this.#always);
    for (const need of held) {
      for (const number of this.#byRarest.get(need) ?? []) if (holdsEach(this.#patterns[number].needs, held)) found.add(number);
    }
    return [...found].sort((a, b) => a - b).map((number) => this.#patterns[number]);
  }

  /** Those words, and beginnings of words, that some pattern needs. */
  #held(words) {
    const held = new Set();
    for (const word of words) {
      if (this.needed.has(word)) held.add(word);
      for (let length = 1; length < Math.min(word.length + 1, this.longest); length += 1) {
        const begins = `${word.slice(0, length)}*`;
        if (this.needed.has(begins)) held.add(begins);
      }
    }
    return [...held];
  }
}

/** Whether one of each of `needs` is held; the first is known to be. A loop, as most of the time is spent here. */
function holdsEach(needs, held) {
  for (let n = 1; n < needs.length; n += 1) {
    let at = 0;
    while (at < held.length && !needs[n].has(held[at])) at += 1;
    if (at === held.length) return false;
  }
  return true;
}

/** The whole words that a pattern names itself. @returns {string[]} */
export function wordsOf(pattern) {
  return (pattern.match(MARK) ?? []).filter((mark) => WORD.test(mark));
}

/** One after another. @returns {Part} */
function row(parts) {
  if (parts.length === 1) return parts[0];
  return {
    told: parts.map(({ told }) => told).join(""),
    needs: parts.flatMap(({ needs }) => needs),
    least: parts.reduce((sum, { least }) => sum + least, 0),
  };
}

/** One of several, the longest first; each ends with its space. @returns {Part} */
function group(entries) {
  const inOrder = (a, b) => b.length - a.length || (a < b ? -1 : 1);
  const told = [...new Set(entries.map((one) => one.told))].sort(inOrder).join("|");
  const least = Math.min(...entries.map((one) => one.least));
  return { told: `(?:${told})`, needs: entries.length === 1 ? entries[0].needs : eitherNeeds(entries), least };
}

/** What one of several needs: of each what is rarest. */
function eitherNeeds(entries) {
  if (entries.some(({ needs }) => needs.length === 0)) return [];
  return [needOf(...entries.map(({ needs }) => rarestFirst(needs)[0]))];
}

/** Words of which one must be there; how short the shortest is says how rare they probably are. */
function needOf(...some) {
  const need = new Set();
  for (const words of some) for (const word of words) need.add(word);
  need.shortest = Infinity;
  for (const { length } of need) need.shortest = Math.min(need.shortest, length);
  return need;
}

/** What is probably rarest first: long words, and few of them. @param {Set<string>[]} needs */
function rarestFirst(needs) {
  if (needs.length < 2) return needs;
  return [...needs].sort((a, b) => b.shortest - a.shortest || a.size - b.size);
}

/** @returns {Part} */
function single(mark) {
  if (mark[0] === "~") return { told: `(?:[a-z0-9]+ ){0,${mark[1]}}`, needs: [], least: 0 };
  const told = `${mark.replaceAll("#", "[0-9]+").replaceAll("*", "[a-z0-9]*")} `;
  const begins = mark.split(/[#*]/)[0];
  // Harmless turns of phrase are blotted out with 0: such a word may come to stand in any sentence.
  const isOnlyZeros = /^0*$/.test(begins);
  return { told, needs: isOnlyZeros ? [] : [needOf([begins === mark ? begins : `${begins}*`])], least: 1 };
}
