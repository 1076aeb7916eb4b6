// <said-aloud>: tells a screen reader what is new, in one short sentence every few seconds at most; or nothing.

import { Part } from "./part.js";
import { isOn } from "./own-settings.js";

const FIRST_MS = 400;
const BETWEEN_MS = 5000;

export class SaidAloud extends Part {
  #new = [];
  #lastAt = -Infinity;
  #isIn = false;

  joined() {
    this.on("opened", ({ message }) => this.#opened(message));
    this.on("line", ({ line }) => {
      if (line !== "open") return;
      this.#isIn = true;
      this.#soon();
    });
  }

  // What was there before this page was opened is read in the list, by whoever wants to.
  #opened(message) {
    if (!this.#isIn || message.mine || this.talk.isCovered(message.alias) || !isOn("aloud")) return;
    this.#new.push(message);
    this.#soon();
  }

  #soon() {
    if (this.waiting || this.#new.length === 0) return;
    const wait = Math.max(FIRST_MS, BETWEEN_MS - (performance.now() - this.#lastAt));
    this.waiting = setTimeout(() => this.#tell(), wait);
  }

  #tell() {
    this.waiting = null;
    if (this.conversation.line !== "open") return;
    this.#lastAt = performance.now();
    const told = this.#new.splice(0).filter((message) => !message.takenBack);
    if (told.length === 0) return;
    this.textContent = told.length === 1 ? this.#one(told[0]) : this.#many(told);
  }

  #one({ alias, text, note }) {
    const name = this.talk.name(alias);
    return note ? this.words.say("aloud.note", { name, note }) : this.words.say("aloud.one", { name, text });
  }

  #many(told) {
    const names = this.words.list([...new Set(told.map(({ alias }) => this.talk.name(alias)))]);
    return this.words.count("aloud.many", told.length, { names });
  }
}
