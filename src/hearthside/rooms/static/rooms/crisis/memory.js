// What this device remembers for a day, so that help stays in view and no card comes twice. Never sent.

import { mayBeNewer } from "./kinds.js";

const DAY = 24 * 60 * 60 * 1000;
// Threat: somebody else looks through this browser. The name says nothing, and the numbers are times of day.
const NAME = "room:day";
// The order in which the times are kept.
const TIMES = ["help", "line", "past", "bereaved"];

export class Memory {
  #shown = {};
  #times;

  /** @param {{storage?: Storage, now?: () => number}} [by] */
  constructor({ storage = ownStorage(), now = () => Date.now() } = {}) {
    Object.assign(this, { storage, now });
    this.#times = this.#read();
  }

  /** Whether help stands in view: for a day after danger was spoken of, or denied. */
  get isHelpInView() {
    return this.#isWithinDay("help");
  }

  keepHelpInView() {
    this.#note("help");
  }

  /** True at most once a day. @param {"line"|"past"|"bereaved"} name */
  once(name) {
    if (this.#isWithinDay(name)) return false;
    this.#note(name);
    return true;
  }

  /**
   * How a card may be shown: "whole", "short" where its kind was seen within a day and something graver or new is
   * said, or "" where it would only say the same again.
   * @param {import("./kinds.js").Noticed} noticed
   */
  wayToShow({ kind, rank, rules }) {
    const before = this.#before(kind);
    if (!before) return "whole";
    if (rank > before.rank) return "short";
    const isNew = rank === before.rank && mayBeNewer(rank) && rules.some((rule) => !before.rules.includes(rule));
    return isNew ? "short" : "";
  }

  /** @param {import("./kinds.js").Noticed} noticed */
  noteShown({ kind, rank, rules }) {
    const before = this.#before(kind);
    this.#shown[kind] = { at: this.now(), rank: Math.max(rank, before?.rank ?? 0), rules: [...new Set([...(before?.rules ?? []), ...rules])] };
  }

  /** Which cards were shown: it tells why, so it is kept sealed with the room's own things, or nowhere. */
  get shown() {
    return this.#shown;
  }

  /** Take up what was kept sealed; what this page has shown meanwhile counts more. */
  recall(shown) {
    this.#shown = { ...(shown ?? {}), ...this.#shown };
  }

  clear() {
    [this.#times, this.#shown] = [{}, {}];
    try {
      this.storage?.removeItem(NAME);
    } catch (error) {
      console.warn(error);
    }
  }

  #before(kind) {
    const before = this.#shown[kind];
    return before && this.now() - before.at < DAY ? before : undefined;
  }

  #isWithinDay(name) {
    const at = this.#times[name];
    // A clock that was set back must not keep it for ever.
    return at !== undefined && Math.abs(this.now() - at) < DAY;
  }

  #note(name) {
    this.#times[name] = this.now();
    try {
      this.storage?.setItem(NAME, JSON.stringify(TIMES.map((each) => this.#times[each] ?? 0)));
    } catch (error) {
      // A browser that keeps nothing: it holds while this page is open.
      console.warn(error);
    }
  }

  #read() {
    try {
      const kept = JSON.parse(this.storage?.getItem(NAME) ?? "[]");
      return Object.fromEntries(TIMES.map((name, n) => [name, kept[n]]).filter(([, at]) => Number.isFinite(at) && at > 0));
    } catch {
      return {};
    }
  }
}

function ownStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
