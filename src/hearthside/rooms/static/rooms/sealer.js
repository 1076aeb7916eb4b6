// The page's side of sealing: promises instead of messages to the worker. Keys stay over there; what is refused comes
// back as an Error whose `name` tells which refusal it is (docs/engines/sealing.md).

/** This person's sealing in this browser. Made by `Sealer.start`. */
export class Sealer extends EventTarget {
  #worker;
  #waiting = new Map();
  #last = 0;
  #stopped = null;

  /**
   * Start the worker. A browser that has keys of this person keeps them, and the device id they were made for;
   * otherwise they are made for `device`. Read both from the result.
   *
   * @param {{workerUrl: string, person: string, device: string}} options
   * @returns {Promise<Sealer>}
   */
  static async start({ workerUrl, person, device }) {
    const sealer = new Sealer();
    sealer.#worker = new Worker(workerUrl, { type: "module" });
    sealer.#worker.onmessage = ({ data }) => sealer.#receive(data);
    sealer.#worker.onerror = (event) => sealer.#fail(event.message);
    Object.assign(sealer, await sealer.call("start", { person, device }));
    return sealer;
  }

  /** Fresh key packages, to be published. @returns {Promise<Uint8Array[]>} */
  packages({ count, days, lastResort = false }) {
    return this.call("packages", { count, days, lastResort });
  }

  /**
   * Take hold of a room in this tab. Another tab that takes it over is told by the event "lost" on the handle.
   *
   * @param {string} id the room's UUID
   * @throws {OpenElsewhere} unless `takeOver`
   * @returns {Promise<RoomHandle>}
   */
  async room(id, { takeOver = false } = {}) {
    return new RoomHandle(this, id, await this.call("enter", { room: id, takeOver }));
  }

  /** Forget everything this browser keeps of the person, and stop. */
  async signOut() {
    await this.call("signOut");
    this.stop();
  }

  /** Stop the worker; nothing is forgotten. */
  stop() {
    this.#worker.terminate();
    this.#fail("sealing was stopped");
  }

  /** Ask the worker. For the handles of this file. */
  call(name, ...args) {
    return this.#ask({ call: name, args });
  }

  /** Ask the worker about a room. For the handles of this file. */
  callRoom(room, name, ...args) {
    return this.#ask({ call: name, room, args });
  }

  #ask(question) {
    if (this.#stopped) return Promise.reject(stopped(this.#stopped));
    const id = this.#last += 1;
    this.#worker.postMessage({ id, ...question });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #receive({ id, done, error, lost }) {
    if (lost) return this.dispatchEvent(new CustomEvent("lost", { detail: lost }));
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    return error ? reject(Object.assign(new Error(error.message), { name: error.name })) : resolve(done);
  }

  #fail(message) {
    this.#stopped = message || "the worker did not start";
    this.#waiting.forEach(({ reject }) => reject(stopped(this.#stopped)));
    this.#waiting.clear();
  }
}

/**
 * One room in this tab. `isJoined` and `epoch` tell how it stood when it was entered or last joined; `seq`
 * is the last number that was opened here: keys of what came before are used up, so ask for what comes after.
 */
class RoomHandle extends EventTarget {
  #sealer; #id;

  constructor(sealer, id, summary) {
    super();
    this.#sealer = sealer;
    this.#id = id;
    Object.assign(this, summary);
    sealer.addEventListener("lost", ({ detail }) => detail === id && this.dispatchEvent(new Event("lost")));
  }

  /** Found the room, alone in it. @returns {Promise<{groupInfo: Uint8Array, epoch: number}>} */
  async found() {
    return this.#joined(await this.#call("found"));
  }

  /**
   * Join by a Welcome that stood at `seq` in the room's order.
   *
   * @returns {Promise<boolean>} false where it is for none of our packages
   */
  async welcome(message, seq = 0) {
    return Boolean(this.#joined(await this.#call("welcome", message, seq)));
  }

  /** A commit that brings us in without being let in. @returns {Promise<{commit: Uint8Array, groupInfo: Uint8Array}>} */
  join(groupInfo) {
    return this.#call("join", groupInfo);
  }

  /** A commit that adds and removes. @returns {Promise<{commit, welcome: Uint8Array | null, groupInfo: Uint8Array}>} */
  change({ add = [], remove = [] }) {
    return this.#call("change", { add, remove });
  }

  /** Seal bytes for the room as it is now. @returns {Promise<{message: Uint8Array, epoch: number}>} */
  seal(bytes, aad = new Uint8Array()) {
    return this.#call("seal", bytes, aad);
  }

  /**
   * Open `[{seq, message, about}]` in the room's order, our own included: a commit of ours counts from then on.
   *
   * Each answer has `seq`, `about` as given (it is kept with what was said), and `kind`: "said" with {bytes, aad, from},
   * "changed" with {joined, left, rejoined, by, gone, epoch, isRaceLost}, or "refused" with {name, reason}.
   */
  open(entries) {
    return this.#call("open", entries);
  }

  /** Who can read here. @returns {Promise<{device: string, fingerprint: string}[]>} */
  members() {
    return this.#call("members");
  }

  /** Twenty digits to be read aloud and compared. @returns {Promise<string>} */
  code() {
    return this.#call("code");
  }

  /** What somebody needs to join by themselves, at this epoch. @returns {Promise<Uint8Array>} */
  groupInfo() {
    return this.#call("groupInfo");
  }

  /** What this browser keeps of what was said, in order. */
  said() {
    return this.#call("said");
  }

  /** Forget what was said from one number to another, both included. */
  forgetSaid(from, to) {
    return this.#call("forgetSaid", from, to);
  }

  /** Keep a value beside the room, wrapped like everything else. */
  keep(name, value) {
    return this.#call("keep", name, value);
  }

  /** What was kept under that name, or undefined. */
  kept(name) {
    return this.#call("kept", name);
  }

  /** Forget the keys, which are not the room's any more; words, and what was kept, stay. */
  async drop() {
    this.isJoined = false;
    await this.#call("drop");
  }

  /** Forget keys, words and what was kept of this room in this browser. */
  forget() {
    return this.#call("forget");
  }

  /** Let go of the room in this tab; nothing is forgotten. */
  leave() {
    return this.#sealer.call("leave", { room: this.#id });
  }

  #call(name, ...args) {
    return this.#sealer.callRoom(this.#id, name, ...args);
  }

  #joined(summary) {
    if (summary) Object.assign(this, { isJoined: summary.isJoined, epoch: summary.epoch, seq: summary.seq });
    return summary;
  }
}

const stopped = (message) => Object.assign(new Error(message), { name: "SealingStopped" });
