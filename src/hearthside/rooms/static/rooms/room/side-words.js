// <side-words>: a private word beside the meeting. One tap asks, one tap answers, and it opens without leaving the room.

import { Part, put } from "./part.js";

const NIL = "00000000-0000-0000-0000-000000000000";

export class SideWords extends Part {
  joined() {
    this.panels = document.querySelector("room-panels");
    this.on("you", () => this.show());
    this.on("state", () => this.show());
    this.sends((answer, form) => {
      if (answer.ok) this.open(answer.told.room, form.dataset.name);
      else this.hidden = false;
    });
  }

  show() {
    const { you } = this.talk;
    if (!you) return;
    const rows = [
      ...you.asks.map(({ room, name }) => ({ room, name, words: this.words.say("side.asks", { name }), isAsking: true })),
      ...you.sides.filter(({ room }) => !you.asks.some((one) => one.room === room))
        .map(({ room, name }) => ({ room, name, words: this.words.say("side.with", { name }) })),
    ];
    if (you.side) rows.push({ room: you.side, name: "", words: this.words.say("side.own") });
    const shown = rows.filter(({ room }) => room !== this.shown?.room || this.panels.open !== "side");
    this.#list(shown);
    const names = you.asks.map(({ name }) => name);
    for (const each of document.querySelectorAll("[data-asks]")) {
      put(each, names.length ? this.words.count("side.asking", names.length) : "");
      each.hidden = names.length === 0;
    }
  }

  /** Show the private word in its panel, with a conversation of its own. */
  open(room, name = "") {
    if (this.shown?.room !== room) this.#put(room);
    const heading = this.panels.querySelector("[data-side-heading]");
    put(heading, name ? this.words.say("side.heading", { name }) : heading.dataset.own);
    this.panels.show("side");
    this.show();
  }

  #list(rows) {
    const list = this.find("[data-list]");
    const key = JSON.stringify(rows);
    if (key === this.key) return;
    this.key = key;
    list.replaceChildren(...rows.map(({ room, name, words, isAsking }) => {
      const row = this.row(isAsking ? "asks" : "goes");
      put(row.querySelector("[data-words]"), words);
      const form = row.querySelector("form");
      form?.setAttribute("action", form.getAttribute("action").replace(NIL, room));
      if (form) form.dataset.name = name;
      row.querySelector("[data-go]")?.addEventListener("click", () => this.open(room, name));
      return row;
    }));
    this.hidden = rows.length === 0;
  }

  #put(room) {
    const place = this.panels.querySelector("[data-side-place]");
    this.shown?.conversation.stop();
    const made = document.importNode(document.querySelector("template[data-side]").content, true);
    const talk = made.querySelector("room-talk");
    for (const name of ["wire", "claim", "keys", "report"]) talk.dataset[name] = this.talk.dataset[name].replace(this.talk.room, room);
    talk.dataset.room = room;
    for (const form of made.querySelectorAll("form[action]")) form.setAttribute("action", form.getAttribute("action").replace(NIL, room));
    place.replaceChildren(made);
    this.shown = talk;
  }
}
