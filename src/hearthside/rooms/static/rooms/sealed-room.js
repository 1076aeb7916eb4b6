// One room in this browser: its sealing state, kept in the store, one operation at a time. A state is stored before
// anything sealed with it leaves, and never goes backwards; what was said is stored together with the state that opened it.

import { hex, unhex } from "./bytes.js";
import { StoredStateIsNewer } from "./key-store.js";
import {
  change, code, compare, epochOf, found, fromBytes, groupInfo, isIn, joinByExternalCommit, joinByWelcome,
  members, open, seal, toBytes, wipe,
} from "./sealing.js";

/** Another tab of this browser holds the room. */
export class OpenElsewhere extends Error {
  get name() { return "OpenElsewhere"; }
}
/** This browser has no keys of this room: it must be let in, or come in. */
export class NotJoined extends Error {
  get name() { return "NotJoined"; }
}

// How long a sealed message may be on its way before its words are given up.
const IN_FLIGHT = 86_400_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class SealedRoom {
  #store; #identity; #id; #groupId; #state; #version; #release;
  #pending = [];
  #seq = 0;
  #queue = Promise.resolve();
  #isLost = false;

  /** `id` is the room's UUID; its 16 bytes are the MLS group's id. */
  constructor({ store, identity, id }) {
    if (!UUID.test(id)) throw new TypeError("a room's id is a UUID in lower case");
    this.#store = store;
    this.#identity = identity;
    this.#id = id;
    this.#groupId = unhex(id.replaceAll("-", ""));
  }

  /** Take hold of the room in this tab. With `takeOver`, another tab loses it. */
  async enter({ takeOver = false, lostTo }) {
    this.#release = await hold(`hearthside room ${this.#id} of ${this.#identity.device}`, takeOver, () => {
      this.#isLost = true;
      lostTo();
    });
    const { value, version } = await this.#store.versioned(this.#name("state"));
    this.#state = value?.state && fromBytes(value.state);
    this.#pending = value?.pending ?? [];
    this.#seq = value?.seq ?? 0;
    this.#version = version;
    return this.#summary();
  }

  /** Let go of the room, once what was begun is done; nothing is forgotten. */
  async leave() {
    await this.#queue;
    this.#isLost = true;
    this.#drop();
    this.#release?.();
  }

  found() {
    return this.#next(async () => {
      await this.#keep(await found(this.#identity, this.#groupId), { durable: true });
      return { ...this.#summary(), groupInfo: await groupInfo(this.#state) };
    });
  }

  /** Join by a Welcome, if one of our packages is addressed; that package is then used up, unless it is the last resort. */
  welcome(message, seq = 0) {
    return this.#next(async () => {
      const packages = await this.#store.all("package/");
      const joined = await joinByWelcome(
        this.#identity, [...packages.values()].map(({ kept }) => kept), this.#groupId, message);
      if (!joined) return null;
      const [name, used] = [...packages].find(([, { kept }]) => kept === joined.used);
      this.#seq = Math.max(this.#seq, seq);
      await this.#keep(joined.room, { others: used.isLastResort ? {} : { [name]: undefined } });
      return this.#summary();
    });
  }

  /** A commit that brings us in, or back in. It counts once `open` meets it in the room's order. */
  join(info) {
    return this.#next(async () => {
      const { room, commit } = await joinByExternalCommit(this.#identity, this.#groupId, info);
      this.#pending.push({ commit, next: toBytes(room) });
      await this.#keep(this.#state, { pending: this.#pending, durable: true });
      return { commit, groupInfo: await groupInfo(room) };
    });
  }

  /** A commit that adds and removes devices. It counts once `open` meets it in the room's order. */
  change(wanted) {
    return this.#next(async () => {
      const { room, next, commit, welcome, groupInfo: info } = await change(this.#joined(), wanted);
      this.#pending.push({ commit, next: toBytes(next) });
      await this.#keep(room, { pending: this.#pending, durable: true });
      return { commit, welcome, groupInfo: info };
    });
  }

  seal(bytes, aad) {
    return this.#next(async () => {
      const epoch = epochOf(this.#joined());
      const { message, room } = await seal(this.#joined(), bytes, aad);
      const others = { [await this.#sent(message)]: { bytes, aad, at: Date.now() } };
      await this.#keep(room, { pending: this.#pending, others, durable: true });
      return { message, epoch };
    });
  }

  /**
   * Open messages in the room's order: `[{seq, message, about}]`. One that is refused is told as such and stops no
   * other. `about`, whatever it is, comes back with the answer, and is kept with what was said.
   */
  open(entries) {
    return this.#next(async () => {
      const answers = [];
      const words = {};
      for (const { seq, message, about = null } of entries) {
        const answer = { seq, about, ...await this.#openOne(message, words).catch(refused) };
        if (answer.kind === "said") words[this.#said(seq)] = answer;
        answers.push(answer);
        this.#seq = Math.max(this.#seq, seq);
      }
      await this.#keep(this.#state, { pending: this.#pending, others: words });
      return answers;
    });
  }

  members() {
    return this.#next(() => members(this.#joined()));
  }

  code() {
    return this.#next(() => code(this.#joined()));
  }

  groupInfo() {
    return this.#next(() => groupInfo(this.#joined()));
  }

  /** What was said here and is still kept, in order. */
  said() {
    return this.#next(async () => [...(await this.#store.all(this.#name("said/"))).values()]);
  }

  /** Forget what was said from one number to another, both included, and words of ours that never came back. */
  forgetSaid(from, to) {
    return this.#next(async () => {
      await this.#store.deleteRange(this.#said(from), this.#said(to));
      const sent = [...await this.#store.all(this.#name("sent/"))];
      const old = sent.filter(([, { at }]) => at < Date.now() - IN_FLIGHT);
      await this.#store.write(Object.fromEntries(old.map(([name]) => [name, undefined])), { durable: true });
    });
  }

  /** Keep something beside the room, wrapped like the rest: what waits to be said, for example. */
  keep(name, value) {
    return this.#next(() => this.#store.put(this.#name(`kept/${name}`), value));
  }

  /** What was kept under that name, or undefined. */
  kept(name) {
    return this.#next(() => this.#store.get(this.#name(`kept/${name}`)));
  }

  /** Forget the keys: they are not the room's any more. Words, and what was kept, stay. */
  drop() {
    return this.#next(async () => {
      this.#drop();
      await this.#keep(undefined, { durable: true });
    });
  }

  /** Forget the room: keys, words and what was kept. */
  forget() {
    return this.#next(async () => {
      await this.#store.forget(this.#id);
      this.#drop();
      this.#version = this.#seq = 0;
    });
  }

  async #openOne(message, words) {
    const ours = this.#pending.find(({ commit }) => same(commit, message));
    if (ours) return this.#adopt(ours);
    const { room, ...answer } = await open(this.#joined(), message).catch((error) => this.#own(message, words, error));
    this.#state = room;
    if (answer.kind !== "changed") return answer;
    const isRaceLost = this.#pending.length > 0;
    this.#pending = [];
    const epoch = answer.gone ? null : epochOf(room);
    if (answer.gone) this.#drop();
    return { ...answer, epoch, isRaceLost };
  }

  // Nobody can open what they sealed themselves: our own words were kept when they were sealed.
  async #own(message, words, error) {
    const name = await this.#sent(message);
    const kept = await this.#store.get(name);
    if (!kept) throw error;
    words[name] = undefined;
    const { bytes, aad } = kept;
    return { kind: "said", bytes, aad, from: this.#identity.device, room: this.#state };
  }

  async #adopt({ next }) {
    const room = fromBytes(next);
    const told = await compare(this.#state, room);
    this.#drop();
    this.#state = room;
    return { kind: "changed", ...told, by: this.#identity.device, gone: false, epoch: epochOf(room), isRaceLost: false };
  }

  // In memory first: whatever becomes of the write, this tab never seals with the older state again.
  async #keep(state, { pending = [], others = {}, durable = false } = {}) {
    this.#state = state;
    this.#pending = pending;
    const name = this.#name("state");
    const value = { state: state && toBytes(state), pending, seq: this.#seq };
    try {
      await this.#store.write({ [name]: value, ...others }, { after: { name, version: this.#version }, durable });
      this.#version += 1;
    } catch (error) {
      this.#isLost ||= error instanceof StoredStateIsNewer;
      throw this.#isLost ? new OpenElsewhere("another tab went on with this room") : error;
    }
  }

  #drop() {
    if (this.#state) wipe(this.#state);
    this.#state = undefined;
    this.#pending = [];
  }

  #next(work) {
    const turn = this.#queue.then(() => {
      if (this.#isLost) throw new OpenElsewhere("another tab holds this room");
      return work();
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #joined() {
    if (!this.#state) throw new NotJoined("no keys of this room are here");
    return this.#state;
  }

  #summary() {
    const isJoined = Boolean(this.#state) && isIn(this.#state);
    return { isJoined, epoch: isJoined ? epochOf(this.#state) : null, seq: this.#seq };
  }

  #name(rest) {
    return `room/${this.#id}/${rest}`;
  }

  #said(seq) {
    return this.#name(`said/${String(seq).padStart(16, "0")}`);
  }

  async #sent(message) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", message));
    return this.#name(`sent/${hex(digest)}`);
  }
}

// Resolves to what lets go of the lock. `lost` is called if another tab takes it from us.
function hold(name, takeOver, lost) {
  return new Promise((entered, refuse) => {
    const options = takeOver ? { steal: true } : { ifAvailable: true };
    navigator.locks.request(name, options, (lock) => {
      if (!lock) throw new OpenElsewhere("another tab holds this room");
      return new Promise(entered);
    }).catch((error) => (error instanceof OpenElsewhere ? refuse(error) : lost()));
  });
}

const refused = (error) => ({ kind: "refused", name: error.name, reason: error.message });
const same = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);
