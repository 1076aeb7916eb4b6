// <side-words>: private words and quiet side rooms beside the meeting. One tap asks, one tap answers, and each opens
// without leaving the room.

import { Part, put } from "./part.js";
import { askedIn, rowsOf } from "./side-rows.js";

const NIL = "00000000-0000-0000-0000-000000000000";

export class SideWords extends Part {
  #rows = new Map();
  #asked = new Map();
  #refused = new Set();

  joined() {
    this.panels = document.querySelector("room-panels");
    this.on("you", () => this.show());
    this.on("state", () => this.show());
    for (const name of ["panel-open", "panel-close"]) this.panels.addEventListener(name, () => this.show());
    this.sends((answer, form, button) => this.#after(answer, form, button));
  }

  show() {
    const { you } = this.talk;
    if (!you) return;
    const isShown = ({ kind, room }) => !(kind === "called" && this.#refused.has(room)) && !this.#stands(kind, room);
    this.#list(rowsOf(you, this.words).filter(isShown));
    this.#tellNotNow(you);
    const many = you.asks.length + (you.calls ?? []).filter(({ room }) => !this.#refused.has(room)).length;
    for (const each of document.querySelectorAll("[data-asks]")) {
      put(each, many ? this.words.count("side.asking", many) : "");
      each.hidden = many === 0;
    }
  }

  /** Show the side room in its panel, with a conversation of its own. */
  open(room, { name = "", other = "" } = {}) {
    if (this.shown?.room !== room) this.#put(room);
    const heading = this.panels.querySelector("[data-side-heading]");
    if (other) put(heading, this.words.say("side.heading_two"));
    else put(heading, name ? this.words.say("side.heading", { name }) : heading.dataset.own);
    this.panels.show("side");
  }

  // What is open in its panel needs no line that leads to it, or asks again what is asked there.
  #stands(kind, room) {
    return room === this.shown?.room && this.panels.open === "side" && ["goes", "question"].includes(kind);
  }

  #after(answer, form, button) {
    const row = this.#rowOf(form);
    if (button?.hasAttribute("data-takes-back") && answer.ok) this.#asked.delete(row.room);
    this.hidden = this.#rows.size === 0 && !this.find("[data-said]").textContent;
    if (!answer.ok) return void (this.hidden = false);
    if (!answer.told.room) return this.talk.querySelector("word-box textarea")?.focus();
    this.open(answer.told.room, row);
    return this.shown.querySelector("side-help").tell(answer.told.words);
  }

  // Whoever is asked may say no, and nobody asks why.
  #tellNotNow(you) {
    const now = askedIn(you);
    const isThere = new Set(you.sides.map(({ room }) => room));
    for (const [room, name] of this.#asked) {
      if (isThere.has(room) || you.asks.some((one) => one.name === name)) continue;
      this.tell(this.words.say("side.not_now", { name }));
      this.hidden = false;
    }
    if (now.size > 0) this.tell("");
    this.#asked = now;
  }

  #list(rows) {
    const wanted = new Map(rows.map((one) => [JSON.stringify(one), one]));
    for (const [key, { element }] of this.#rows) {
      if (wanted.has(key)) continue;
      element.remove();
      this.#rows.delete(key);
    }
    this.hidden = rows.length === 0 && !this.find("[data-said]").textContent;
    for (const [key, one] of wanted) if (!this.#rows.has(key)) this.#add(key, one);
  }

  #add(key, one) {
    const element = this.row(one.kind);
    put(element.querySelector("[data-words]"), one.text);
    for (const form of element.querySelectorAll("form")) form.setAttribute("action", form.getAttribute("action").replace(NIL, one.room));
    element.querySelector("[data-go]")?.addEventListener("click", () => this.open(one.room, one));
    element.querySelector("[data-not-me]")?.addEventListener("click", () => this.#refuse(one.room));
    this.#rows.set(key, { ...one, element });
    this.find("[data-list]").append(element);
    // The rows hold buttons, so what is new is told beside them.
    put(this.find("[data-news]"), one.text);
  }

  // Others are called as well: nobody is told who could not come.
  #refuse(room) {
    this.#refused.add(room);
    this.show();
    this.talk.querySelector("word-box textarea")?.focus();
  }

  #rowOf(form) {
    const found = [...this.#rows.values()].find(({ element }) => element.contains(form));
    return found ?? { room: "", name: "", other: "" };
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
