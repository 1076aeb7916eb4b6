// <who-writes>: who is writing at the moment, where the group shows who is here. Quiet: no screen reader is told.

import { Part, put } from "./part.js";

const FOR_MS = 5000;

export class WhoWrites extends Part {
  #until = new Map();

  joined() {
    this.on("typing", ({ alias }) => this.#writes(alias));
    this.on("opened", ({ message }) => this.#until.delete(message.alias) && this.#show());
  }

  #writes(alias) {
    if (alias === this.talk.you?.alias || this.talk.isCovered(alias)) return;
    this.#until.set(alias, performance.now() + FOR_MS);
    this.#show();
    setTimeout(() => this.#show(), FOR_MS + 50);
  }

  #show() {
    const now = performance.now();
    const names = [...this.#until].filter(([, until]) => until > now).map(([alias]) => this.talk.name(alias));
    put(this, names.length ? this.words.count("writes", names.length, { names: this.words.list(names) }) : "");
  }
}
