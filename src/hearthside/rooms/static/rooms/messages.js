// What was said in a room, as the page shows it: messages in order, with their edits, take-backs and reactions.

import { base64url } from "./bytes.js";
import { LONGEST_CONTENT } from "./franking.js";

export const SIGNS = ["with_you", "me_too", "thank_you"];
const WORDS_MAX = 8000;
const NOTE_MAX = 80;
// With the first words, less than half of what one report may hold.
const EDITS_MAX = 20;
const ID = /^[\w-]{22}$/;
// A list with one id in it reads like that id.
const isId = (value) => typeof value === "string" && ID.test(value);

/** An id for a message: 16 random bytes in base64url. */
export function newId() {
  return base64url(crypto.getRandomValues(new Uint8Array(16)));
}

/** @param {object} content what is said @returns {Uint8Array} the bytes that are sealed and committed to */
export function encode(content) {
  return new TextEncoder().encode(JSON.stringify({ v: 1, ...content }));
}

/** @param {Uint8Array} bytes @returns {object|null} the content, or null where it is none that this version knows */
export function decode(bytes) {
  if (bytes.length > LONGEST_CONTENT) return null;
  try {
    const content = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isWhole(content) ? content : null;
  } catch {
    return null;
  }
}

function isWhole(content) {
  const { v, type, id, to, text, note, re, sign, on } = content ?? {};
  const isText = typeof text === "string" && text.length > 0 && text.length <= WORDS_MAX;
  const isNote = note === undefined || (typeof note === "string" && note.length <= NOTE_MAX);
  if (v !== 1) return false;
  if (type === "say") return isId(id) && isText && isNote && (re === undefined || isId(re));
  if (type === "edit") return isId(to) && isText && isNote;
  if (type === "react") return isId(to) && SIGNS.includes(sign) && typeof on === "boolean";
  return type === "take_back" && isId(to);
}

/** The messages of one room, in their order; those not yet acknowledged stand last. */
export class Messages {
  #byId = new Map();
  #waiting = new Map();
  // Whoever is first with an id keeps it: nobody can pass off theirs as another's by taking its id.
  list = [];

  /** Everything that is shown, pending ones last. */
  all() {
    return [...this.list, ...this.#waiting.values()];
  }

  get(id) {
    return this.#byId.get(id) ?? this.#waiting.get(id);
  }

  /** Something of ours that is on its way. */
  expect(content, { alias, device }) {
    if (content.type !== "say" || this.#byId.has(content.id)) return;
    this.#waiting.set(content.id, { ...blank(content), seq: null, at: Date.now(), alias, device, mine: true, status: "waiting" });
  }

  /** It will not be sent after all. @returns {object|undefined} the message that was waiting */
  drop(id) {
    const message = this.#waiting.get(id);
    this.#waiting.delete(id);
    return message;
  }

  /**
   * Something said, in its place.
   * @param {object} content what `decode` gave
   * @param {{seq: number, at: number, alias: string, device: string, mine: boolean}} from by whom, where and when
   * @returns {string|null} the id of the message that is new or has changed
   */
  take(content, from) {
    if (content.type === "say") return this.#say(content, from);
    const message = this.#byId.get(content.to);
    if (!message || message.takenBack) return null;
    if (content.type === "react") return this.#react(message, content, from);
    // Threat: a member rewrites or takes back what another said.
    if (message.alias !== from.alias) return null;
    if (content.type === "edit") return this.#edit(message, content);
    Object.assign(message, { text: "", note: undefined, takenBack: true, reactions: noReactions() });
    return message.id;
  }

  // Threat: so many versions that none of them can be reported; or a speech to a room where somebody else has the turn.
  #edit(message, { text, note }) {
    if (message.edits >= EDITS_MAX) return null;
    Object.assign(message, { text, note, edited: true, edits: message.edits + 1 });
    return message.id;
  }

  #say(content, from) {
    if (this.#byId.has(content.id)) return null;
    this.#waiting.delete(content.id);
    const message = { ...blank(content), ...from, status: "sent" };
    this.#byId.set(content.id, message);
    // Our own may come late, after others: when its first acknowledgement was lost.
    this.list.splice(this.list.findLastIndex((each) => each.seq < message.seq) + 1, 0, message);
    return content.id;
  }

  #react(message, { sign, on }, { alias }) {
    const others = message.reactions[sign].filter((each) => each !== alias);
    message.reactions[sign] = on ? [...others, alias] : others;
    return message.id;
  }
}

function blank({ id, text, re, note }) {
  return { id, text, re, note, edited: false, edits: 0, takenBack: false, reactions: noReactions() };
}

function noReactions() {
  return Object.fromEntries(SIGNS.map((sign) => [sign, []]));
}
