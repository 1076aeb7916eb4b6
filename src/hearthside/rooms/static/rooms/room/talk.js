// <room-talk>: one conversation on the page, the meeting's or a private word's. It starts it, and every element inside
// that is marked data-part joins it.

import { Conversation } from "../conversation.js";
import { Words } from "./words.js";

const TAKE_OVER = "room-take-over";

/** Relays "composing" {text} and "opened" {message} as events that bubble: what looks at words does so on this device. */
export class RoomTalk extends HTMLElement {
  #names = new Map();
  #covered = new Set();
  #ahead = Infinity;

  connectedCallback() {
    if (this.conversation) return;
    const page = document.querySelector("[data-room-page]");
    this.words = new Words(page.querySelector("template[data-words]"));
    this.csrf = page.dataset.csrf;
    this.#tune(Number(page.dataset.now));
    const { room, wire, alias, claim, keys, report } = this.dataset;
    const { person, worker, devices } = page.dataset;
    this.room = room;
    this.conversation = new Conversation({
      wire, room, person, alias, csrf: this.csrf, workerUrl: worker, urls: { devices, claim, keys, report },
    });
    this.#listen();
    for (const part of this.querySelectorAll("[data-part]")) part.join(this);
    this.hidden = false;
    this.#start();
  }

  get state() {
    return this.conversation.state;
  }

  get you() {
    return this.conversation.you;
  }

  /** The person behind an alias, while they have a chair. */
  person(alias) {
    return this.state?.people.find((one) => one.alias === alias);
  }

  /** The name behind an alias; whoever is gone keeps theirs while this page is open. */
  name(alias) {
    return this.#names.get(alias) ?? this.words.say("somebody");
  }

  /** The same, with "you" for oneself. */
  nameOrYou(alias) {
    return alias === this.you?.alias ? this.words.say("you") : this.name(alias);
  }

  /** Whether this person would rather not see the words of whoever has that alias. Known on this device only. */
  isCovered(alias) {
    return this.#covered.has(alias);
  }

  /** From now on these are covered, and nobody else. @param {string[]} aliases */
  cover(aliases) {
    if (String([...this.#covered]) === String(aliases)) return;
    this.#covered = new Set(aliases);
    this.conversation.dispatchEvent(new CustomEvent("covered", { detail: {} }));
  }

  /** The server's clock, in milliseconds: phones are wrong by minutes. */
  now() {
    return Date.now() - this.#ahead;
  }

  /** Post fields to a door of the room. @returns {Promise<{ok: boolean, words: string, told: object}>} */
  async send(url, fields) {
    const turn = this.state?.circle.turn;
    const body = new URLSearchParams({ ...(turn === undefined ? {} : { turn }), ...fields });
    try {
      const answer = await fetch(url, {
        method: "POST", body, headers: { "X-CSRFToken": this.csrf, Accept: "application/json" },
      });
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      // Led somewhere else: to sign in, most likely.
      const ok = answer.ok && !answer.redirected;
      return { ok, told, words: ok ? "" : told.words ?? this.words.say("failed") };
    } catch {
      return { ok: false, told: {}, words: this.words.say("failed") };
    }
  }

  /** Read the page again, and take the room from the other tab. */
  takeOver() {
    sessionStorage.setItem(TAKE_OVER, this.room);
    location.reload();
  }

  async #start() {
    const takeOver = sessionStorage.getItem(TAKE_OVER) === this.room;
    sessionStorage.removeItem(TAKE_OVER);
    await this.conversation.start({ takeOver });
    this.conversation.dispatchEvent(new CustomEvent("started", { detail: {} }));
  }

  #listen() {
    this.conversation.addEventListener("state", ({ detail }) => {
      this.#tune(detail.now_ms);
      for (const { alias, name } of detail.people) this.#names.set(alias, name);
    });
    this.conversation.addEventListener("you", ({ detail }) => this.cover(detail.veiled ?? []));
    for (const name of ["composing", "opened"]) {
      this.conversation.addEventListener(name, ({ detail }) => {
        this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
      });
    }
  }

  // What took longest to come says least about the clock: the smallest difference is the nearest to the truth.
  #tune(serverNow) {
    this.#ahead = Math.min(this.#ahead, Date.now() - serverNow);
  }
}
