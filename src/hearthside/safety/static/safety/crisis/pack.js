// A language's rules: classes of words, patterns, and what takes a signal back. The twin of peerkit/crisis/pack.py.

import { Classes, Pattern, Shortlist, wordsOf } from "./patterns.js";
import { Repairs } from "./repairing.js";

export const GUARDS = ["past", "recent", "asking", "talk", "joke"];
const ACTS = ["passive", "active", "plan", "attempt", "self_harm", "abuse", "harm_to_others", "medical", "reality"];
const LEVELS = ["none", "concern", "explicit"];
const WHO = ["me", "other"];

/**
 * What raises a signal. `ignores` names guards that do not count; `saysNo` where a negation is part of it.
 * @typedef {{id: string, act: string, level: string, who: string, patterns: Pattern[], ignores: Set<string>,
 *   saysNo: boolean, whole: boolean}} Rule
 */

/**
 * The rules of one language, ready to read messages.
 * @typedef {{language: string, version: string, splits: boolean, rules: Map<Pattern, Rule>,
 *   says: Shortlist, saysWhole: Shortlist, harmless: Shortlist, guards: Map<string, Pattern[]>, breaks: Set<string>, negators: Set<string>,
 *   stops: Set<string>, noNegators: Pattern[],
 *   repairs: Repairs}} Pack
 */

/**
 * A pack from what a file holds.
 * @param {Record<string, any>} plain @returns {Pack}
 * @throws {import("./patterns.js").PatternIsWrong|RangeError|TypeError} where it is no pack
 */
export function packOf(plain) {
  const classes = new Classes(plain.classes);
  const compiled = (patterns) => patterns.map((one) => new Pattern(one, classes));
  const rules = plain.rules.map((one) => ruleOf(one, compiled(one.says)));
  const saidBy = (some) => new Shortlist(some.flatMap(({ patterns }) => patterns));
  return {
    language: plain.language,
    version: plain.version,
    splits: plain.splits,
    rules: new Map(rules.flatMap((rule) => rule.patterns.map((one) => [one, rule]))),
    says: saidBy(rules.filter(({ whole }) => !whole)),
    saysWhole: saidBy(rules.filter(({ whole }) => whole)),
    harmless: new Shortlist(compiled(plain.harmless)),
    guards: new Map(GUARDS.map((name) => [name, compiled(plain.guards[name] ?? [])])),
    breaks: new Set(plain.breaks),
    negators: new Set(plain.negators),
    stops: new Set(plain.stops ?? []),
    noNegators: compiled(plain.no_negators),
    repairs: repairsOf(plain),
  };
}

function ruleOf(plain, patterns) {
  return {
    id: plain.id,
    act: oneOf(ACTS, plain.act),
    level: oneOf(LEVELS, plain.level),
    who: oneOf(WHO, plain.who ?? "me"),
    patterns,
    ignores: new Set(plain.ignores ?? []),
    saysNo: plain.says_no ?? false,
    whole: plain.whole ?? false,
  };
}

function oneOf(values, value) {
  if (!values.includes(value)) throw new RangeError(`${value} is none of ${values.join(", ")}`);
  return value;
}

function repairsOf(plain) {
  const says = plain.rules.flatMap((rule) => rule.says);
  const patterns = [...Object.values(plain.classes), ...says, ...plain.harmless, ...Object.values(plain.guards).flat()];
  const known = patterns.flatMap((pattern) => wordsOf(pattern));
  return new Repairs({
    known: new Set([...known, ...plain.sensitive, ...plain.negators]),
    sensitive: new Set(plain.sensitive),
    slips: new Map(Object.entries(plain.slips)),
    ordinary: new Set(plain.ordinary),
  });
}
