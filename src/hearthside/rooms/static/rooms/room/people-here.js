// <people-here>: everybody who can read here, by name; nobody reads who is not on this list.

import { Part, put } from "./part.js";

export class PeopleHere extends Part {
  #rows = new Map();

  joined() {
    this.list = this.find("[data-list]");
    this.out = this.find("[data-out]");
    for (const name of ["state", "you", "covered"]) this.on(name, () => this.show());
    this.sends((answer, form, button) => {
      this.#instead(answer.told.is_alone);
      if (answer.ok) this.#after(answer, form, button);
    });
  }

  show() {
    const { state, you } = this.talk;
    if (!state || !you) return;
    const here = state.shows_presence ? state.people.filter((one) => one.is_here) : state.people;
    const kind = state.shows_presence ? "people.here" : "people.in";
    for (const each of document.querySelectorAll("[data-people-count]")) put(each, this.words.count(kind, here.length));
    const gone = new Set(this.#rows.keys());
    for (const one of state.people) {
      gone.delete(one.alias);
      this.out?.querySelector(`[data-alias="${one.alias}"]`)?.remove();
      this.#show(one, state, you);
    }
    for (const alias of gone) {
      this.#rows.get(alias).remove();
      this.#rows.delete(alias);
    }
    if (this.out) this.out.closest("section").hidden = this.out.children.length === 0;
  }

  #show(one, state, you) {
    const row = this.#rows.get(one.alias) ?? this.#made(one.alias);
    const { words } = this.talk;
    put(row.querySelector("[data-name]"), one.name);
    const marks = [
      one.alias === you.alias && words.say("you"),
      one.is_lead ? words.say("mark.leads") : one.part !== "member" && words.say(`part.${one.part}`),
      one.is_keeper && words.say("mark.keeper"),
      one.is_first_time && words.say("mark.first_time"),
      state.shows_presence && !one.is_here && words.say("mark.away"),
      you.part === "facilitator" && one.stance !== "speak" && words.say(`mark.${one.stance}`),
      this.talk.isCovered(one.alias) && words.say("mark.covered"),
    ];
    put(row.querySelector("[data-marks]"), marks.filter(Boolean).join(" · "));
    row.classList.toggle("is-away", state.shows_presence && !one.is_here);
    this.#doors(row, one, state, you);
  }

  // What somebody else may do; the server decides it, this only leaves out what it would refuse.
  #doors(row, one, state, you) {
    const leads = you.part === "facilitator";
    const isOther = one.alias !== you.alias;
    const mayKeep = (leads || you.is_keeper) && isOther && !one.is_lead && (leads || one.part !== "facilitator");
    const isShown = {
      give: leads && state.circle.mode === "round" && state.circle.held_by !== one.alias && one.stance !== "listen",
      hold: mayKeep, remove: mayKeep,
      invite: (leads || you.is_keeper) && isOther && one.part !== "facilitator" && (one.is_here || !state.shows_presence),
      hand_to: leads && you.is_lead && isOther && one.part === "facilitator",
      keeper: leads && !one.is_keeper, no_keeper: leads && one.is_keeper,
      mute: isOther && !this.talk.isCovered(one.alias), unmute: isOther && this.talk.isCovered(one.alias),
    };
    const doors = row.querySelector("[data-doors]");
    if (!doors) return;
    for (const button of doors.querySelectorAll("button")) button.hidden = !isShown[button.dataset.door];
    doors.hidden = !Object.values(isShown).some(Boolean);
  }

  #made(alias) {
    const row = this.row("person");
    row.dataset.alias = alias;
    for (const field of row.querySelectorAll("input[name=alias]")) if (!field.hasAttribute("data-nobody")) field.value = alias;
    this.#rows.set(alias, row);
    this.list.append(row);
    return row;
  }

  // Nobody else is there to come along: what can be done stands below, in view.
  #instead(isAlone) {
    const instead = this.find("[data-instead]");
    instead.hidden = !isAlone;
    if (isAlone) instead.scrollIntoView({ block: "nearest" });
  }

  // What came of it stands in the dock; on a phone that is behind this panel.
  #invited(doors) {
    doors.open = false;
    if (document.querySelector(".room-talking").inert) return document.querySelector("room-panels").close();
    return doors.querySelector("summary").focus();
  }

  // Whoever was sent outside is off the roster: they stay here, with the way to undo it.
  #after(answer, form, button) {
    if (answer.told.veiled) return this.talk.cover(answer.told.veiled);
    if (button?.dataset.door === "invite") return this.#invited(form.closest("details"));
    if (!["hold", "remove"].includes(button?.value)) {
      if (button?.value === "let_in") form.closest("[data-alias]").remove();
      if (this.out) this.out.closest("section").hidden = this.out.children.length === 0;
      return undefined;
    }
    const { alias } = form.closest("[data-alias]").dataset;
    const row = this.row("out");
    row.dataset.alias = alias;
    row.querySelector("input[name=alias]").value = alias;
    put(row.querySelector("[data-name]"), this.words.say(`out.${button.value}`, { name: this.talk.name(alias) }));
    this.out.append(row);
    this.out.closest("section").hidden = false;
    return row.querySelector("button").focus();
  }
}
