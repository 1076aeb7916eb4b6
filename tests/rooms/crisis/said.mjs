// The scripts under test, the English rules, and a memory whose clock stands still until it is moved.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const { STATIC, RULES } = process.env;
export const served = (name) => import(pathToFileURL(`${STATIC}/rooms/crisis/${name}`).href);
export const HOUR = 60 * 60 * 1000;

const { Memory } = await served("memory.js");
const { packOf, read } = await import(pathToFileURL(`${STATIC}/safety/crisis/crisis.js`).href);
const pack = packOf(JSON.parse(await readFile(`${RULES}/en.json`, "utf-8")));

/** A message as this device reads it. */
export const reading = (text) => read(pack, text);

export class Storage {
  kept = new Map();
  getItem = (name) => this.kept.get(name) ?? null;
  setItem = (name, value) => this.kept.set(name, String(value));
  removeItem = (name) => this.kept.delete(name);
}

/** A device: its memory can be opened again, and its clock moves when told. */
export class Device {
  at = Date.UTC(2026, 0, 5, 19);
  storage = new Storage();
  memory = this.opened();

  opened() {
    return new Memory({ storage: this.storage, now: () => this.at });
  }

  passes(milliseconds) {
    this.at += milliseconds;
  }
}

/** A signal as the engine gives it; what a test does not name is danger to oneself, now. */
export const signal = (more = {}) => ({
  act: "active", who: "me", when: "now", polarity: "affirmed", level: "explicit", quote: "those words", start: 0, end: 5,
  from: 0, to: 5, rule: "active.test", ...more,
});

/** A reading of those signals; its tier as the engine derives it. */
export function told(...signals) {
  const counted = signals.filter(({ when, polarity }) => when === "now" && polarity === "affirmed").map(({ level }) => level);
  return { tier: ["explicit", "concern"].find((tier) => counted.includes(tier)) ?? "none", signals, isOn: true };
}
