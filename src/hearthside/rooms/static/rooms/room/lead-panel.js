// <lead-panel>: the facilitator's side: the run-sheet, rounds, a pause, the end. Nobody else sees it.

import { Part, put } from "./part.js";

const MINUTE = 60_000;

export class LeadPanel extends Part {
  joined() {
    for (const name of ["state", "you"]) this.on(name, () => this.show());
    setInterval(() => this.#clock(), MINUTE / 4);
    this.sends((answer, _form, button) => this.#after(answer, button));
  }

  show() {
    const { state, you } = this.talk;
    if (!state || !you) return;
    const isRound = state.circle.mode === "round";
    const isOn = { waiting: state.phase === "waiting", begun: state.phase !== "waiting", round: isRound, free: !isRound,
      paused: state.paused, running: !state.paused && state.phase !== "waiting", other_leads: !you.is_lead && state.phase !== "waiting",
      open: state.phase === "open", closing: state.phase === "closing", held: Boolean(state.circle.held_by),
      piece: Boolean(state.circle.held_by ?? state.circle.offered_to) };
    for (const each of this.querySelectorAll("[data-when]")) {
      each.hidden = !each.dataset.when.split(" ").every((name) => isOn[name]);
    }
    if (state.phase !== "waiting") this.find("[data-anyway]")?.setAttribute("hidden", "");
    this.#asked(state);
    this.#clock();
  }

  #clock() {
    const { state } = this.talk;
    if (!state) return;
    for (const step of this.querySelectorAll("[data-step]")) {
      const isNow = state.step?.name === step.dataset.step && state.phase !== "waiting";
      step.toggleAttribute("data-now", isNow);
      if (isNow) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
      const passed = isNow ? Math.max(0, Math.floor((this.talk.now() - state.step.since_ms) / MINUTE)) : 0;
      const name = isNow ? "sheet.passed" : "sheet.planned";
      put(step.querySelector("[data-minutes]"), this.words.say(name, { passed, minutes: step.dataset.minutesPlanned }));
      const go = step.querySelector("button");
      go.hidden = isNow || state.phase === "waiting";
    }
  }

  // People who came saying that they would like some time today.
  #asked({ people }) {
    const names = people.filter((one) => one.stance === "time").map((one) => one.name);
    const line = this.find("[data-asked]");
    line.hidden = names.length === 0;
    if (names.length) put(line, this.words.count("asked_for_time", names.length, { names: this.words.list(names) }));
  }

  // Fewer people than this group likes to begin with: the server says so, and the choice is theirs.
  #after(answer, button) {
    if (button?.value === "begin") this.find("[data-anyway]").hidden = answer.ok;
    const round = button?.closest("details");
    if (answer.ok && round) round.open = false;
  }
}
