// <end-side>: the end of a private word, by its member or its facilitator; a second facilitator leaves it to them.

import { Part, put } from "./part.js";

export class EndSide extends Part {
  joined() {
    this.on("you", ({ sides = [] }) => this.#show(sides[0]));
    this.sends();
  }

  #show(word) {
    const button = this.find("button");
    if (!word || word.is_lead || button.dataset.asked) return;
    put(button, button.dataset.leave);
    button.dataset.sure = button.dataset.leaveSure;
  }
}
