// Being in the room's keys: founding it, coming in, and seeing that nobody without a seat stays in.

import { askInfo, change, found } from "./frames.js";

const WELCOME_WAIT = 1200;
const TURN_WAIT = 300;
// A newcomer's commit may be here before the roster that names them.
const STRANGER_WAIT = 1500;
// Their letter must fit into one frame; whoever is beyond comes in by themselves.
const MOST_WELCOMED = 100;
// The worker is ahead of us: what we wanted to change has changed already, and we are about to be told.
const OVERTAKEN = new Set(["NotIn", "AlreadyIn", "NotJoined", "NoLongerIn"]);

/**
 * Events: "in" (this device has the room's keys), "free" (nothing stands against sealing any more), "broken" (detail:
 * {alias}: somebody left keys that nobody can use).
 */
export class Keys extends EventTarget {
  // Who is in the keys, as it was looked up in this epoch.
  members = [];
  epoch = null;
  // Keys that were made here, and nobody has said yet whether they were the first.
  isFounding = false;
  #mine = null;
  #isCaughtUp = false;
  #strangersSince = null;
  #behindSince = null;

  /**
   * @param {{handle: object, line: object, nextNo: () => number, claim: (devices: string[]) => Promise<object[]>,
   *   people: () => object, failed: (error: Error) => void}} by `handle` is a sealer's room, `people` gives
   *   {state, you, device}
   */
  constructor(by) {
    super();
    this.by = by;
  }

  get isIn() {
    return this.by.handle.isJoined;
  }

  /** Nobody reads along who has no seat, and the server asks for no new keys first. */
  get isFree() {
    const { state } = this.by.people();
    const isLookedAt = this.isIn && state !== null && this.epoch === this.by.handle.epoch;
    return isLookedAt && !this.#isBehind(state) && !this.#asksForNewKeys(state) && this.strangers().length === 0;
  }

  /** Devices in the keys that nobody on the roster owns, or that show another key than the roster tells. */
  strangers() {
    const known = new Map(this.by.people().state?.people.flatMap((one) => one.devices.map((each) => [each.id, each.fingerprint])));
    return this.members.filter((member) => known.get(member.device) !== member.fingerprint);
  }

  /** Everything the server had for us has come: if we are not in yet, knock. */
  async caughtUp() {
    this.#isCaughtUp = true;
    if (this.isIn) await this.#refresh();
    else this.by.line.send(askInfo());
  }

  /** Our keys are not the room's any more (an old copy of this browser, a change that we could not follow): knock again. */
  async lost() {
    this.#forgetTries();
    await this.by.handle.drop();
    this.by.line.send(askInfo());
  }

  async welcomed({ welcome, seq }) {
    // Threat: a member leaves a false Welcome for somebody, who would try it again and again. They come in by themselves.
    if (this.isIn || !(await this.by.handle.welcome(welcome, seq).catch(unlessFalse))) return false;
    clearTimeout(this.knock);
    this.isFounding = false;
    await this.#entered();
    return true;
  }

  async told({ epoch, groupInfo }) {
    if (this.isIn || this.#mine !== null) return;
    this.#mine = this.by.nextNo();
    if (groupInfo.length === 0) {
      // Tried again, they are the same keys: the earlier try may be on its way.
      const first = this.isFounding ? await this.by.handle.groupInfo() : (await this.by.handle.found()).groupInfo;
      this.by.handle.isJoined = false;
      this.isFounding = true;
      this.by.line.send(found({ no: this.#mine, groupInfo: first }));
    } else {
      this.isFounding = false;
      const made = await this.by.handle.join(groupInfo).catch(unlessFalse);
      if (made) this.by.line.send(change({ no: this.#mine, epoch, welcomed: [], welcome: null, ...made }));
      else await this.#beginAnew(groupInfo);
    }
  }

  // Threat: a member leaves keys that nobody can use, and nobody comes in or speaks any more.
  async #beginAnew(groupInfo) {
    this.#mine = null;
    const by = await this.by.beginAnew(groupInfo).catch(() => null);
    if (by) this.dispatchEvent(new CustomEvent("broken", { detail: { alias: by } }));
    this.knock = this.#later(() => this.caughtUp(), by ? Math.random() * TURN_WAIT : WELCOME_WAIT);
  }

  /** Our own FOUND came back: the room is ours, and whoever waits before it is let in at once. */
  async founded() {
    this.isFounding = false;
    this.#mine = null;
    await this.#entered();
    // The room does not wait for what is asked over HTTP. Whoever is not let in comes in by themselves.
    this.#letIn().catch((error) => console.error(error));
  }

  async #letIn() {
    const { state, device } = this.by.people();
    const waiting = present(state).flatMap((one) => one.devices.map((each) => each.id)).filter((each) => each !== device);
    const packages = await this.by.claim(waiting.slice(0, MOST_WELCOMED));
    if (packages.length > 0 && this.isIn && this.#mine === null) await this.#change({ add: packages });
  }

  /** A change of keys was opened, ours or another's. */
  async changed() {
    this.#mine = null;
    if (!this.by.handle.isJoined) await this.#entered();
    else await this.#refresh();
  }

  /** @returns {Promise<boolean>} whether the refusal was about keys of ours */
  async refused(no, reason) {
    // Asking for the keys has no number.
    if (no !== (this.#mine ?? 0)) return false;
    const wait = Math.random() * (reason === "rate" ? 2 * STRANGER_WAIT : 200);
    this.#forgetTries();
    if (reason === "founded") return this.notFirst();
    if (this.isIn) this.turn = this.#later(() => this.tend(), STRANGER_WAIT);
    else this.knock = this.#later(() => this.caughtUp(), wait);
    return true;
  }

  lineBroke() {
    this.#isCaughtUp = false;
    this.#behindSince = null;
    this.#forgetTries();
  }

  /** Somebody else founded it first. They let us in with their next commit; if not, we come in by ourselves. */
  async notFirst() {
    this.isFounding = false;
    await this.by.handle.drop();
    this.knock = this.#later(() => this.caughtUp(), WELCOME_WAIT);
    return true;
  }

  #later(work, wait) {
    return setTimeout(() => work()?.catch((error) => this.by.failed(error)), wait);
  }

  #forgetTries() {
    this.#mine = null;
    clearTimeout(this.knock);
    clearTimeout(this.turn);
  }

  /** The roster or the keys have changed: whoever has no seat goes, by the commit of the first of us. */
  async tend() {
    const { state } = this.by.people();
    if (!this.isIn || !state || !this.#isCaughtUp || this.#mine !== null) return;
    clearTimeout(this.turn);
    if (this.#isBehind(state)) return this.#waitForKeys();
    this.#behindSince = null;
    const [strangers, isAsked] = [this.strangers(), this.#asksForNewKeys(state)];
    if (strangers.length === 0) this.#strangersSince = null;
    if (strangers.length === 0 && !isAsked) return void this.dispatchEvent(new Event("free"));
    this.#strangersSince ??= performance.now();
    const patience = isAsked ? 0 : STRANGER_WAIT - (performance.now() - this.#strangersSince);
    const wait = Math.max(0, patience) + this.#rank(state) * TURN_WAIT;
    this.turn = this.#later(() => this.#putOut(), wait);
  }

  /** A change of keys is missing. It may be on its way; if it does not come, our keys lead nowhere any more. */
  #waitForKeys() {
    this.#behindSince ??= performance.now();
    const waited = performance.now() - this.#behindSince;
    if (waited >= STRANGER_WAIT) return this.lost();
    this.turn = this.#later(() => this.tend(), STRANGER_WAIT - waited + 1);
  }

  async #putOut() {
    const { state, device } = this.by.people();
    // If we are one ourselves, it is for the others to see to.
    const strangers = this.strangers().filter((each) => each.device !== device);
    if (this.#mine !== null || (strangers.length === 0 && !this.#asksForNewKeys(state))) return;
    await this.#change({ remove: strangers.map((each) => each.device) });
    // Should nothing come of it (the line broke, another was first and left it undone), look again.
    this.turn = this.#later(() => { this.#mine = null; return this.tend(); }, 4 * STRANGER_WAIT);
  }

  async #change({ add = [], remove = [] }) {
    this.#mine = this.by.nextNo();
    const epoch = this.by.handle.epoch;
    const wanted = { add: add.map((each) => each.data), remove };
    const made = await this.by.handle.change(wanted).catch((error) => {
      this.#mine = null;
      if (!OVERTAKEN.has(error.name)) this.by.failed(error);
    });
    if (made) this.by.line.send(change({ no: this.#mine, epoch, welcomed: add.map((each) => each.device), ...made }));
  }

  async #entered() {
    this.by.handle.isJoined = true;
    this.dispatchEvent(new Event("in"));
    await this.#refresh();
  }

  async #refresh() {
    this.members = await this.by.handle.members();
    this.epoch = this.by.handle.epoch;
    await this.tend();
  }

  /** Somebody lost their seat while these keys were in force. */
  #asksForNewKeys(state) {
    return state.floor_epoch >= this.by.handle.epoch;
  }

  #isBehind(state) {
    return state.epoch > this.by.handle.epoch;
  }

  /** How many who are here and in the keys come before us. */
  #rank(state) {
    const { you } = this.by.people();
    const inKeys = new Set(this.members.map((each) => each.device));
    const able = present(state).filter((one) => one.devices.some((each) => inKeys.has(each.id)));
    return Math.max(0, able.map((one) => one.alias).sort().indexOf(you.alias));
  }
}

/** Where a group does not show who is here, all count as being here. */
function present(state) {
  return state?.people.filter((one) => one.is_here || !state.shows_presence) ?? [];
}

// What a refusal of sealing says about the bytes, and not about us.
function unlessFalse(error) {
  if (["Broken", "NotForUs"].includes(error.name)) return null;
  throw error;
}
