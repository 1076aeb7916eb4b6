// <crisis-coach>: for whoever reads. Under another's words that tell of danger stands, folded, how to answer; under
// medical talk, who decides. Only this reader sees it, and it can be turned off for these rooms.

import { isOn, turnOff } from "../room/own-settings.js";
import { Part } from "../room/part.js";
import { deviceOf } from "./device.js";
import { explicitIn, isMedicalTalk } from "./kinds.js";

// One such note is enough for a while.
const NOTE_EVERY_MS = 30 * 60_000;

export class CrisisCoach extends Part {
  #read = new Map();
  #noteAt = -Infinity;
  #queue = Promise.resolve();

  joined() {
    this.device = deviceOf(document.querySelector("[data-room-page]"));
    this.hints = this.dataset.hints;
    this.list = this.talk.querySelector("said-list");
    this.on("messages", ({ ids }) => this.#look(ids));
    this.on("started", () => this.#look(this.conversation.messages.map(({ id }) => id)));
    this.list.addEventListener("click", (event) => this.#tapped(event));
    addEventListener("room-settings", () => this.#again());
  }

  // One after the other, so that a long history holds nobody's keyboard up.
  #look(ids) {
    for (const id of ids) this.#queue = this.#queue.then(() => this.#one(id)).catch((error) => console.error(error));
  }

  async #one(id) {
    const message = this.conversation.messages.find((each) => each.id === id);
    if (!message || message.takenBack) return this.#drop(id);
    if (this.#read.get(id) === message.text) return undefined;
    this.#read.set(id, message.text);
    const reading = await this.device.look.read(message.text, (late) => this.#show(message, late));
    return reading && this.#show(message, reading);
  }

  #show(message, reading) {
    this.#drop(message.id, { isForgotten: false });
    // Whoever would rather not see somebody's words is told nothing about them.
    if (this.talk.isCovered(message.alias)) return;
    const explicit = message.mine ? null : explicitIn(reading);
    if (explicit && !isOn(this.hints)) this.#read.delete(message.id);
    else if (explicit) this.#put(message, this.#hint(explicit));
    else if (!explicit && isMedicalTalk(reading) && this.#isNoteDue(message)) this.#put(message, this.row("note"));
  }

  #isNoteDue({ at }) {
    const when = at ?? Date.now();
    if (when - this.#noteAt < NOTE_EVERY_MS) return false;
    this.#noteAt = when;
    return true;
  }

  // What fits the danger: how one asks about it differs.
  #hint({ kind }) {
    const hint = this.row("hint");
    const ways = [...hint.querySelectorAll("[data-for]")];
    const way = ways.find((each) => each.dataset.for.split(" ").includes(kind)) ?? ways.at(-1);
    for (const each of ways) if (each !== way) each.remove();
    return hint;
  }

  #put({ id, alias }, row) {
    const card = this.list.card(id);
    if (!card) return;
    Object.assign(row.dataset, { about: id, alias: alias ?? "" });
    card.append(row);
    if (this.list.wasAtEnd !== false) this.list.toEnd();
  }

  #tapped({ target }) {
    const row = target.closest("[data-about]");
    const button = target.closest("[data-hint-do]");
    if (!row || !button) return;
    if (button.dataset.hintDo === "off") {
      turnOff(this.hints);
      return;
    }
    const sentence = button.dataset.sentence.replace("{name}", this.talk.name(row.dataset.alias));
    this.talk.querySelector("crisis-help").offerToTell(sentence, button);
  }

  #again() {
    for (const hint of this.list.querySelectorAll("details[data-about]")) {
      this.#read.delete(hint.dataset.about);
      hint.remove();
    }
    if (isOn(this.hints)) this.#look(this.conversation.messages.map(({ id }) => id));
  }

  #drop(id, { isForgotten = true } = {}) {
    this.list.card(id)?.querySelector("[data-about]")?.remove();
    if (isForgotten) this.#read.delete(id);
  }
}
