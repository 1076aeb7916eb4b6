// The form in which one tells a facilitator: a sentence to change, one tap to send it, and what became of it.

import { put } from "../room/part.js";
import { Telling } from "./telling.js";

export class TellForm {
  /** @param {import("./crisis-help.js").CrisisHelp} help the element that it stands in */
  constructor(help) {
    this.help = help;
    this.element = help.find("[data-tell]");
    this.words = help.find("[data-tell] textarea");
    this.waiting = help.find("[data-waiting]");
    this.telling = new Telling({
      isOpen: () => help.conversation.line === "open",
      ask: () => help.talk.send(document.getElementById("ask-side").getAttribute("action"), {}),
      hand: (room, sentence) => this.#hand(room, sentence),
      keep: (sentence) => this.#keep("tell", sentence),
      show: (state, words, heard) => this.#show(state, words, heard),
    });
    this.element?.addEventListener("submit", (event) => this.#submit(event));
    this.element?.querySelector("[data-tell-back]").addEventListener("click", () => this.#shut());
    help.find("[data-waiting-back]").addEventListener("click", () => this.#takeBack());
    help.on("line", ({ line }) => line === "open" && this.telling.goOn());
    help.on("readers", () => this.#handOver());
    help.on("you", () => this.#handOver());
  }

  /** @param {string} sentence what may be said; the person changes it as they like @param {HTMLElement} opener */
  open(sentence, opener) {
    this.opener = opener;
    this.words.value = sentence;
    this.element.hidden = false;
    this.words.focus();
  }

  /** What waits for a facilitator to come to this private word. */
  hand(sentence) {
    this.handed = sentence;
    this.#keep("handed", sentence);
    this.#wait("crisis.handed", sentence);
    this.#handOver();
  }

  async recall() {
    const { handle } = this.help.conversation;
    const [told, handed] = await Promise.all(["tell", "handed"].map((name) => handle?.kept(name).catch(() => null)));
    if (told) this.telling.restore(told);
    if (handed) this.hand(handed);
  }

  #submit(event) {
    event.preventDefault();
    event.stopPropagation();
    const sentence = this.words.value.trim();
    if (!sentence) return;
    this.#shut({ isFocused: false });
    this.help.card?.told();
    this.telling.tell(sentence);
  }

  #shut({ isFocused = true } = {}) {
    this.element.hidden = true;
    if (isFocused) this.opener?.focus();
  }

  #show(state, words = "", heard = "") {
    if (state === "later") return this.#wait("crisis.later", this.telling.sentence);
    if (state === "failed") return this.#wait("crisis.failed", this.telling.sentence, words);
    this.waiting.hidden = true;
    // Where the group shows who is here, we can say whether somebody sees it at once.
    const name = { nobody: "crisis.asked_nobody", blocked: "crisis.asked_blocked" }[heard] ?? "crisis.asked";
    return this.help.tell(this.help.words.say(name));
  }

  #wait(name, sentence, words = "") {
    this.help.tell("");
    put(this.waiting.querySelector("[data-waiting-words]"), `${words} ${this.help.words.say(name)}`.trim());
    put(this.waiting.querySelector("[data-waiting-sentence]"), sentence);
    this.waiting.hidden = false;
  }

  #takeBack() {
    this.telling.takeBack();
    this.handed = "";
    this.#keep("handed", "");
    this.waiting.hidden = true;
  }

  // The private word opens beside the room; its own help holds the sentence until somebody can read it.
  #hand(room, sentence) {
    const sides = document.querySelector("side-words");
    sides.open(room);
    sides.shown.querySelector("crisis-help").hand(sentence);
  }

  // Whoever comes into a private word reads nothing of what was said before, so the sentence waits for them.
  #handOver() {
    const { conversation, talk } = this.help;
    // In a group of young people it waits until two who lead are there.
    if (!this.handed || conversation.readers.length < 2 || talk.you?.why_not === "second") return;
    conversation.say(this.handed);
    this.#takeBack();
  }

  async #keep(name, sentence) {
    await this.help.conversation.handle?.keep(name, sentence || null).catch(() => {});
  }
}
