// <end-side>: the end of a private word, by either of the two.

import { Part } from "./part.js";

export class EndSide extends Part {
  joined() {
    this.sends();
  }
}
