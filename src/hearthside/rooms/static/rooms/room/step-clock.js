// <step-clock>: the part that the meeting is in, and for how long. It shows time, and presses nobody.

import { Part, put } from "./part.js";

const MINUTE = 60_000;

export class StepClock extends Part {
  joined() {
    this.on("state", () => this.show());
    setInterval(() => this.show(), MINUTE / 4);
  }

  show() {
    const { state } = this.talk;
    if (!state) return;
    put(this, this.#words(state));
  }

  #words({ phase, paused, step }) {
    if (phase === "waiting") return this.words.say("step.not_begun");
    if (phase === "closed") return this.words.say("step.over");
    const name = phase === "closing" ? this.words.say("step.closing") : this.words.say(`step.${step?.name}`);
    if (paused) return this.words.say("step.paused", { step: name });
    const minutes = step ? Math.max(0, Math.floor((this.talk.now() - step.since_ms) / MINUTE)) : 0;
    return minutes && phase === "open" ? this.words.say("step.with_time", { step: name, minutes }) : name;
  }
}
