// <room-code>: twenty digits that everybody here must see alike, and nobody else can.

import { Part, put } from "./part.js";

export class RoomCode extends Part {
  joined() {
    this.find("[data-shows]").addEventListener("click", () => this.show());
    this.on("readers", () => this.#changed());
  }

  async show() {
    const code = await this.conversation.code().catch(() => "");
    this.tell(code ? "" : this.words.say("code.not_yet"));
    this.#put(code);
  }

  // New people, new keys, new digits: who compares them is told at once.
  async #changed() {
    if (!this.code) return;
    const code = await this.conversation.code().catch(() => "");
    if (!code || code === this.code) return;
    this.#put(code);
    this.tell(this.words.say("code.changed"));
  }

  #put(code) {
    this.code = code;
    const shown = this.find("[data-code]");
    shown.hidden = !code;
    this.find("[data-shows]").hidden = Boolean(code);
    put(shown, code);
  }
}
