// <talking-piece>: whose turn it is, who comes next, and what I can do: take it, pass, ask for a minute, pass it on.

import { Part, put } from "./part.js";

const LOOK_MS = 10_000;

export class TalkingPiece extends Part {
  joined() {
    for (const name of ["state", "you"]) this.on(name, () => this.show());
    setInterval(() => this.#time(), LOOK_MS);
    this.sends();
  }

  show() {
    const { state, you } = this.talk;
    if (!state || !you) return;
    const standing = this.#standing(state, you);
    this.hidden = state.phase === "waiting" || state.phase === "closed";
    this.dataset.standing = standing;
    const holder = state.circle.held_by ?? state.circle.offered_to;
    put(this.find("[data-state]"), this.words.say(`piece.${standing}`, { name: this.talk.name(holder) }));
    put(this.find("[data-prompt]"), state.circle.mode === "round" ? state.circle.prompt : "");
    put(this.find("[data-next]"), this.#next(state.circle));
    put(this.find("[data-hands]"), this.#hands(state.circle));
    for (const name of ["prompt", "next", "hands"]) this.find(`[data-${name}]`).hidden = !this.find(`[data-${name}]`).textContent;
    this.#buttons(state.circle, standing, you);
    this.#time();
  }

  #standing({ circle, paused }, you) {
    if (paused) return "paused";
    if (circle.mode === "free") return "free";
    if (circle.offered_to === you.alias) return "offered_to_me";
    if (circle.held_by === you.alias) return "mine";
    if (circle.offered_to) return "offered";
    return circle.held_by ? "held" : "idle";
  }

  #next({ mode, next }) {
    if (mode !== "round" || next.length === 0) return "";
    return this.words.say("piece.next", { names: next.map((alias) => this.talk.nameOrYou(alias)).join(", ") });
  }

  #hands({ hands }) {
    const names = hands.map((alias) => this.talk.nameOrYou(alias));
    return names.length ? this.words.count("piece.hands", names.length, { names: this.words.list(names) }) : "";
  }

  #buttons({ mode, hands, skipping }, standing, { alias }) {
    const isMine = ["offered_to_me", "mine"].includes(standing);
    const isRound = mode === "round" && standing !== "paused";
    const isListening = this.talk.person(alias)?.stance === "listen";
    const isShown = {
      accept: standing === "offered_to_me", pass: standing === "offered_to_me", minute: standing === "offered_to_me",
      done: standing === "mine",
      skip_me: isRound && !isMine && !isListening && !skipping.includes(alias),
      count_me_in: isRound && !isListening && skipping.includes(alias),
      raise: !isMine && standing !== "paused" && !hands.includes(alias),
      lower: standing !== "paused" && hands.includes(alias),
    };
    const focused = this.contains(document.activeElement) && document.activeElement;
    for (const button of this.querySelectorAll("button[name=action]")) button.hidden = !isShown[button.value];
    // The button that was pressed is gone: stay in the place, so that Tab goes on from here.
    if (focused?.hidden) this.find("[data-state]").focus();
  }

  // Time is shown in whole minutes, and nothing follows from it.
  #time() {
    const { state } = this.talk;
    const told = this.find("[data-time]");
    const isShown = state?.circle.held_by && state.circle.seconds_each && !state.paused;
    told.hidden = !isShown;
    if (!isShown) return;
    const { seconds_used: used, seconds_each: each } = state.circle;
    const minutes = Math.floor((used + (this.talk.now() - state.now_ms) / 1000) / 60);
    put(told, this.words.say("piece.time", { minutes: Math.max(0, minutes), each: Math.round(each / 60) }));
  }
}
