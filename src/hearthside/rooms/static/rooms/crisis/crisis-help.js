// <crisis-help>: beside where one writes. It looks at words on this device before they go, shows a private card or a
// quiet line, and keeps help in view for a day. Nothing of it is sent or told without a tap.

import { Part, put } from "../room/part.js";
import { Card } from "./card.js";
import { deviceOf, offOf } from "./device.js";
import { shownFor } from "./flow.js";
import { TellForm } from "./tell-form.js";

// Two taps in one movement are one tap: the second must not send what the first held.
const ONE_MOVEMENT_MS = 700;

export class CrisisHelp extends Part {
  joined() {
    this.device = deviceOf(document.querySelector("[data-room-page]"));
    this.place = this.find("[data-place]");
    this.view = this.find("[data-view]");
    this.form = new TellForm(this);
    this.device.look.opened.then((readers) => this.#tellOff(readers));
    this.on("started", () => this.#recall());
    this.addEventListener("click", (event) => this.#tapped(event));
    addEventListener("help-in-view", () => this.#showView());
    this.#showView();
  }

  // Threat: whoever left quickly leaves a sign of why. The page is blanked first, so that nothing is seen meanwhile.
  disconnectedCallback() {
    if (document.documentElement.hidden) this.device?.memory.clear();
  }

  /** Look at words that are about to go; `go` sends them. */
  async before(text, go) {
    if (this.isLooking) return;
    if (this.card && this.heldText === text) {
      if (performance.now() - this.shownAt > ONE_MOVEMENT_MS) this.#send();
      return;
    }
    this.isLooking = true;
    this.tell("");
    const isHeld = await this.#holds(text, go).catch((error) => void console.error(error));
    this.isLooking = false;
    if (isHeld) return;
    if (this.heldText) this.close({ isFocused: false });
    go();
  }

  // Whatever fails here, the words go.
  async #holds(text, go) {
    const reading = await this.device.look.read(text, (late) => this.#show(late, { isGone: true }));
    return reading !== null && this.#show(reading, { text, go });
  }

  /** Open the way to tell a facilitator, with a sentence that can be changed. */
  offerToTell(sentence, opener) {
    this.form.open(sentence, opener);
  }

  /** A sentence for the facilitator of this private word, who may not have come yet. */
  hand(sentence) {
    this.form.hand(sentence);
  }

  /** @returns {boolean} whether the words wait for a tap */
  #show(reading, { text = "", go = () => {}, isGone = false }) {
    const { memory, isTender } = this.device;
    const found = shownFor(reading, memory, { isTender });
    const shown = isGone ? { ...found, held: false } : found;
    if (shown.line) this.find("[data-heavy]").hidden = false;
    if (shown.card) this.#put(shown, text, go);
    dispatchEvent(new Event("help-in-view"));
    return shown.held;
  }

  #put(shown, text, go) {
    this.card = new Card(document.querySelector("template[data-crisis-cards]"), shown);
    Object.assign(this, { heldText: shown.held ? text : null, go: shown.held ? go : null, shownAt: performance.now() });
    this.find("[data-heavy]").hidden = true;
    this.place.replaceChildren(this.card.element);
    if (!this.mayTell) this.card.told();
    this.#showView();
    // A card that came after the words went must not take the keyboard from somebody who writes on.
    if (shown.held) this.card.heading.focus();
    this.#keep();
  }

  /** Whoever leads, and whoever is with a facilitator already, has nobody to tell here. */
  get mayTell() {
    return this.dataset.tells === "yes";
  }

  close({ isFocused = true } = {}) {
    this.card = null;
    Object.assign(this, { heldText: null, go: null });
    this.place.replaceChildren();
    this.#showView();
    if (isFocused) this.talk.querySelector("word-box textarea")?.focus();
  }

  #send() {
    const { go } = this;
    this.close();
    go?.();
  }

  #tapped({ target }) {
    const button = target.closest("[data-do]");
    switch (button?.dataset.do) {
      case "send": return this.#send();
      case "close": return this.close();
      case "tell": return this.offerToTell(this.card?.sentence || button.dataset.sentence, button);
      case "line-close": return this.#closeLine();
      case "leave": return document.querySelector("leave-quickly a").click();
      default: return undefined;
    }
  }

  #closeLine() {
    this.find("[data-heavy]").hidden = true;
    this.talk.querySelector("word-box textarea")?.focus();
  }

  // While a card stands there, it has the numbers itself.
  #showView() {
    this.view.hidden = !this.device.memory.isHelpInView || Boolean(this.card);
  }

  #tellOff(readers) {
    const { off, isFault } = offOf(readers, this.device.spoken);
    const line = this.find("[data-off]");
    line.hidden = off.length === 0;
    if (off.length === 0) return;
    const name = isFault ? "crisis.off_fault" : "crisis.off";
    put(line.querySelector("[data-off-words]"), this.words.say(name, { languages: this.words.list(off.map((code) => this.words.say(`language.${code}`))) }));
  }

  async #recall() {
    this.device.memory.recall(await this.conversation.handle?.kept("cards").catch(() => null));
    this.form.recall();
  }

  async #keep() {
    await this.conversation.handle?.keep("cards", this.device.memory.shown).catch(() => {});
  }
}
