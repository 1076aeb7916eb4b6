// <word-box>: where one writes. What is typed is kept, sealed, on this device until the room has it; writing is always
// possible, and where sending is not, it says why.

import { Part, put } from "./part.js";
import { isOn } from "./own-settings.js";
import { inShort } from "./said-card.js";

const KEEP_MS = 400;
const TYPING_MS = 3000;

export class WordBox extends Part {
  #target = {};
  #typedAt = -Infinity;

  joined() {
    this.form = this.find("[data-write]");
    this.sends();
    [this.text, this.note] = [this.find("textarea"), this.find("[data-note] input")];
    this.send = this.find("[data-send]");
    for (const name of ["you", "state", "line", "started"]) this.on(name, () => this.#stand());
    this.on("started", () => this.#restore());
    this.on("refused", (told) => this.#refused(told));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.form.addEventListener("input", () => this.#typed());
    this.addEventListener("focusin", () => this.classList.add("is-used"), { once: true });
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.find("[data-note-opens]").addEventListener("click", () => this.#noteOpen(this.find("[data-note]").hidden));
    this.find("[data-target-gone]").addEventListener("click", () => this.#aim({}));
    addEventListener("room-settings", () => this.#hint());
    addEventListener("pagehide", () => this.#keep());
    this.#hint();
    this.#stand();
  }

  /** Answer a message. */
  answer(message) {
    this.#aim({ re: message.id });
    this.text.focus();
  }

  /** Change one's own message; what was being written waits until that is done. */
  edit(message) {
    this.#aim({ edits: message.id, before: this.#target.edits ? this.#target.before : this.#values() });
    this.text.value = message.text;
    this.text.focus();
    this.#grow();
  }

  // Words are looked at on this device first; whoever writes of danger sees help before they go, also where it is not
  // their turn.
  submit() {
    const words = [this.note.value.trim(), this.text.value.trim()].filter(Boolean).join("\n");
    if (this.text.value.trim()) this.talk.querySelector("crisis-help").before(words, () => this.#go());
  }

  #go() {
    const text = this.text.value.trim();
    if (!text || !this.#mayGo()) return;
    const { re, edits, before } = this.#target;
    if (edits) {
      this.conversation.edit(edits, text);
      this.#fill(before);
    } else {
      const note = this.note.value.trim() || undefined;
      this.conversation.say(text, { re, note });
      this.#fill({});
    }
    this.tell("");
    this.#keep();
    this.text.focus();
  }

  #mayGo() {
    const { you } = this.talk;
    return Boolean(you) && Boolean(this.conversation.handle) && (Boolean(this.#target.edits) || you.may_say);
  }

  // Not disabled while it is focused: a keyboard would be thrown back to the top of the page.
  #stand() {
    const mayGo = this.#mayGo();
    this.send.setAttribute("aria-disabled", String(!mayGo));
    put(this.find("[data-why]"), mayGo ? "" : this.#why());
    this.find("[data-why]").hidden = mayGo;
    const speak = this.find("[data-speak]");
    if (speak) speak.hidden = this.talk.you?.why_not !== "listening";
  }

  #why() {
    const { you, state } = this.talk;
    if (!you || !this.conversation.handle) return this.words.say("why.connecting");
    if (you.why_not !== "turn") return this.words.say(`why.${you.why_not || "connecting"}`);
    if (state?.circle.offered_to === you.alias) return this.words.say("why.take_it");
    return this.words.say("why.turn");
  }

  #refused({ content, reason }) {
    if (content?.type === "say") {
      const words = [content.text, this.text.value].filter(Boolean).join("\n\n");
      this.#fill({ text: words, note: content.note ?? this.note.value, re: content.re });
      this.#keep();
    }
    const key = `refused.${reason}`;
    const why = this.words.say(this.words.has(key) ? key : "refused.other");
    this.tell(content?.type === "say" ? `${this.words.say("came_back")} ${why}` : why);
  }

  #typed() {
    this.tell("");
    this.#grow();
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.#keep(), KEEP_MS);
    if (!this.talk.state?.shows_presence || performance.now() - this.#typedAt < TYPING_MS) return;
    this.#typedAt = performance.now();
    this.conversation.typing();
  }

  #key(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    const isMeant = event.ctrlKey || event.metaKey || (isOn("enter") && !event.shiftKey);
    if (!isMeant) return;
    event.preventDefault();
    this.submit();
  }

  #aim(target) {
    const wasEdit = this.#target.edits ? this.#target.before : null;
    this.#target = target;
    const { re, edits } = target;
    const message = this.conversation.messages.find((each) => each.id === (re ?? edits));
    this.find("[data-target]").hidden = !message;
    if (wasEdit && !edits) this.#fill(wasEdit);
    if (message) {
      const name = this.talk.nameOrYou(message.alias);
      put(this.find("[data-target-words]"), this.words.say(edits ? "editing" : "answering", { name }));
      put(this.find("[data-target-text]"), inShort(message, this.words));
    }
    put(this.send, this.send.dataset[edits ? "save" : "say"]);
    this.#stand();
  }

  #values() {
    return { text: this.text.value, note: this.note.value, re: this.#target.re };
  }

  #fill({ text = "", note = "", re } = {}) {
    this.#target = {};
    this.text.value = text;
    this.note.value = note;
    this.#noteOpen(Boolean(note), { isFocused: false });
    this.#aim(re ? { re } : {});
    this.#grow();
  }

  #noteOpen(isOpen, { isFocused = true } = {}) {
    this.find("[data-note]").hidden = !isOpen;
    this.find("[data-note-opens]").setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.note.value = "";
    if (isFocused) (isOpen ? this.note : this.text).focus();
  }

  #grow() {
    this.text.style.blockSize = "auto";
    this.text.style.blockSize = `${this.text.scrollHeight + this.text.offsetHeight - this.text.clientHeight}px`;
  }

  #hint() {
    put(this.find("[data-hint]"), this.words.say(isOn("enter") ? "hint.enter" : "hint.ctrl"));
  }

  async #keep() {
    clearTimeout(this.keeping);
    // Once it is over, nothing more is kept: what was forgotten stays forgotten.
    if (this.conversation.line === "ended") return;
    const draft = this.#target.edits ? this.#target.before : this.#values();
    // Where another tab has the room by now, the words still stand in the box.
    await this.conversation.handle?.keep("draft", draft.text || draft.note ? draft : null).catch(() => {});
  }

  async #restore() {
    const draft = await this.conversation.handle?.kept("draft").catch(() => null);
    if (draft && !this.text.value) this.#fill(draft);
  }
}
