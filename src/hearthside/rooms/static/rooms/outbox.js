// What this device wants to say and has not been told is safe yet: one at a time, in order, never lost, never twice.

import { send } from "./frames.js";

// The gateway will take it later, once something else has happened; after the others it will not.
const LATER = new Set(["epoch", "rekey", "rate", "unknown"]);
const RATE_WAIT = 1500;
// What it waits for may have come while the refusal was on its way: then nothing else would wake it.
const SOON = 150;

/**
 * Events: "refused" (detail: {item, reason}): it will not be sent, and its words go back to whoever wrote them.
 * An item is {id, kind, content (object), no (once tried)}.
 */
export class Outbox extends EventTarget {
  #items = [];
  #inFlight = null;
  #isBusy = false;

  /**
   * @param {{seal: (item) => Promise<{commitment, payload, epoch}|null>, line: object, mayPass: () => boolean,
   *   nextNo: () => number, keep: (items: object[]) => Promise<void>, failed: (error: Error) => void}} by `seal` gives
   *   null where it may not be sent as it was sealed; `keep` stores what waits on this device
   */
  constructor(by) {
    super();
    this.by = by;
  }

  /** What waited when this page was last left. */
  restore(items) {
    this.#items = items ?? [];
    return this.#items;
  }

  async put(item) {
    this.#items.push(item);
    this.#number();
    await this.#keep().catch((error) => this.by.failed(error));
    await this.pump();
  }

  /** Hand over the next one, if the way is free. */
  async pump() {
    const item = this.#items[0];
    if (!item || this.#inFlight || this.#isBusy || !this.by.mayPass()) return;
    this.#isBusy = true;
    try {
      if (this.#number()) await this.#keep();
      const sealed = await this.by.seal(item);
      // While it was being sealed, an earlier try of it may have come back.
      const isWanted = sealed && item.no !== undefined && this.#items.includes(item);
      if (isWanted && this.by.line.send(send({ kind: item.kind, no: item.no, ...sealed }))) this.#inFlight = item;
    } catch (error) {
      if (error.name !== "NotJoined" && error.name !== "NoLongerIn") this.by.failed(error);
    } finally {
      this.#isBusy = false;
    }
    if (!this.#inFlight) setTimeout(() => this.pump(), SOON);
  }

  /** It is safe: our own envelope came back. @returns {Promise<object|undefined>} the item that it was */
  async acknowledged(no, kind) {
    if (this.#inFlight?.no === no) this.#inFlight = null;
    const item = this.#items.find((each) => each.no === no);
    // Something else went out under that number, before this page was loaded: it is still to be said.
    const isIt = item?.kind === kind;
    if (isIt) this.#items = this.#items.filter((each) => each !== item);
    else if (item) delete item.no;
    if (item) await this.#keep();
    this.pump();
    return isIt ? item : undefined;
  }

  /** @returns {Promise<boolean>} whether it was one of ours */
  async refused(no, reason) {
    if (this.#inFlight?.no === no) this.#inFlight = null;
    const item = this.#items.find((each) => each.no === no);
    if (!item) return false;
    // Never stored under that number, so it gets another: a number is only tried again when its fate is unknown.
    delete item.no;
    if (LATER.has(reason)) {
      setTimeout(() => this.pump(), reason === "rate" ? RATE_WAIT : SOON);
      return true;
    }
    this.#items = this.#items.filter((each) => each !== item);
    await this.#keep();
    this.dispatchEvent(new CustomEvent("refused", { detail: { item, reason } }));
    this.pump();
    return true;
  }

  /** The line broke: what was on its way is tried again, under the same number. */
  lineBroke() {
    this.#inFlight = null;
  }

  // The number of the next one is kept before it goes out, so that it is tried again under the same one.
  #number() {
    const item = this.#items[0];
    if (!item || item.no !== undefined || this.#inFlight || !this.by.mayPass()) return false;
    item.no = this.by.nextNo();
    return true;
  }

  #keep() {
    return this.by.keep(this.#items.map(({ id, kind, content, no }) => ({ id, kind, content, no })));
  }
}
