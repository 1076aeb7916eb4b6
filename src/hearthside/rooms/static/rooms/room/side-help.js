// <side-help>: inside a side room: who can read here, whether one more may come, and help for whoever sits with somebody.

import { Part, put } from "./part.js";

export class SideHelp extends Part {
  joined() {
    for (const name of ["you", "state", "readers"]) this.on(name, () => this.show());
    this.sends((answer) => {
      const said = answer.words || answer.told.said;
      if (said) this.tell(said);
    });
  }

  show() {
    const { you } = this.talk;
    if (!you) return;
    const others = this.conversation.readers.filter((alias) => alias !== you.alias);
    const names = [you.alias, ...others].map((alias) => this.talk.nameOrYou(alias));
    const here = this.find("[data-here]");
    put(here, this.words.say("side.here", { names: this.words.list(names) }));
    here.hidden = names.length < 2;
    this.#ask(you.questions?.find(({ is_join: isJoin }) => isJoin));
    this.#help(you.sides?.[0]);
  }

  #ask(question) {
    const asked = this.find("[data-question]");
    if (question) {
      const [name, other] = question.names;
      put(asked.querySelector("[data-question-words]"), this.words.say("side.join", { name, other }));
    } else if (asked.contains(document.activeElement)) this.talk.querySelector("word-box textarea").focus();
    asked.hidden = !question;
  }

  #help(word) {
    this.find("[data-team]").hidden = !word;
    if (!word) return;
    const isComing = ["called", "willing"].includes(word.beside);
    const beside = this.find("[data-beside]");
    put(beside, isComing ? this.words.say(word.beside === "called" ? "side.beside.called" : "side.beside.willing", word) : "");
    beside.hidden = !isComing;
    this.find("[value=call]").hidden = !word.is_lead || word.beside !== "";
    this.find("[value=alone]").hidden = !word.is_lead || !isComing;
  }
}
