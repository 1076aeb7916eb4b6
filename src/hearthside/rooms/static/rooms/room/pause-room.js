// <pause-room>: quiet for everybody, and on again; for those who lead and whoever keeps the room safe.

import { Part } from "./part.js";

export class PauseRoom extends Part {
  joined() {
    for (const name of ["state", "you"]) this.on(name, () => this.show());
    this.sends();
  }

  show() {
    const { state, you } = this.talk;
    if (!state || !you) return;
    this.hidden = state.phase === "waiting" || !(you.part === "facilitator" || you.is_keeper);
    this.find("[value=pause]").hidden = state.paused;
    this.find("[value=resume]").hidden = !state.paused;
  }
}
