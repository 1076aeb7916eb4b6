// Telling a facilitator: now where there is a line, else as soon as there is one. What is told is the person's own
// sentence, and it is never told without their tap.

/**
 * States told to `show`: "later" (no line yet), "asked" (with who heard it: "somebody", "nobody", "blocked" or "" for
 * unknown), "failed" (with words of the server).
 */
export class Telling {
  sentence = "";
  #isBusy = false;

  /**
   * @param {{isOpen: () => boolean, ask: () => Promise<{ok: boolean, told: object, words: string}>,
   *   hand: (room: string, sentence: string) => void, keep: (sentence: string) => void,
   *   show: (state: string, words?: string, heard?: string) => void}} by `keep` keeps the sentence sealed while it waits
   */
  constructor(by) {
    this.by = by;
  }

  tell(sentence) {
    this.sentence = sentence;
    this.by.keep(sentence);
    return this.goOn();
  }

  /** What waited when the page was left. */
  restore(sentence) {
    if (!sentence || this.sentence) return undefined;
    this.sentence = sentence;
    return this.goOn();
  }

  /** Nothing is told after all. */
  takeBack() {
    this.sentence = "";
    this.by.keep("");
  }

  /** Called when the line comes back, too. */
  async goOn() {
    if (!this.sentence || this.#isBusy) return;
    if (!this.by.isOpen()) {
      this.by.show("later");
      return;
    }
    this.#isBusy = true;
    const answer = await this.by.ask();
    this.#isBusy = false;
    // Taken back meanwhile: a facilitator was asked to come, and hears nothing more.
    if (!this.sentence) return;
    if (!answer.ok) {
      this.by.show(this.by.isOpen() ? "failed" : "later", answer.words);
      return;
    }
    const { sentence } = this;
    this.takeBack();
    this.by.hand(answer.told.room, sentence);
    this.by.show("asked", "", answer.told.heard);
  }
}
