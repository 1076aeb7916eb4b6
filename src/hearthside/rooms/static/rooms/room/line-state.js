// <line-state>: how the line stands, in words that are true.

import { Part, put } from "./part.js";

// A line that comes back within this time was never worth a word.
const PATIENCE_MS = 1200;

export class LineState extends Part {
  joined() {
    this.on("line", ({ line }) => this.show(line));
    this.show(this.conversation.line);
  }

  show(line) {
    clearTimeout(this.later);
    const isBlink = this.dataset.line === "open" && ["connecting", "waiting", "joining"].includes(line);
    if (isBlink) this.later = setTimeout(() => this.#put(line), PATIENCE_MS);
    else this.#put(line);
  }

  #put(line) {
    if (this.dataset.line !== "open" && this.dataset.line && line === "connecting") return;
    this.dataset.line = line;
    this.talk.dataset.line = line;
    put(this.find("[data-line-words]"), this.words.say(`line.${line}`));
  }
}
