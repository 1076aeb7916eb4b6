// One conversation in one room: the line, the keys, what was said and what waits to be said, behind one object for
// the page. Words are opened and sealed here and in the worker; nothing of them goes anywhere else.

import { COMMIT, FOUNDED, SAY, SOFT, typing, uuidBytes } from "./frames.js";
import { keepUntil } from "./key-times.js";
import { Keys } from "./keys.js";
import { Line, wireBase } from "./line.js";
import { newId } from "./messages.js";
import { Outbox } from "./outbox.js";
import { Post } from "./post.js";
import { prepared } from "./proofs.js";
import { Roster } from "./roster.js";
import { Said } from "./said.js";
import { Sealer } from "./sealer.js";

const UNFOUNDED = -1;
// That one person can't be read is their fault; that two can't is ours.
const STRANGE = 2;

/** The contract is in docs/engines/conversation.md: events, properties, and what each method promises. */
export class Conversation extends EventTarget {
  state = null;
  you = null;
  line = "connecting";
  endedBecause = "";
  readers = [];
  #seq = -1;
  #lastNo = 0;
  #queue = Promise.resolve();
  #roster = new Roster();
  #isCaughtUp = false;
  #unread = new Set();

  /** @param {{wire: string, room: string, person: string, alias: string, csrf: string, urls: object, workerUrl: string}} options */
  constructor(options) {
    super();
    this.options = options;
    this.room = uuidBytes(options.room);
    this.post = new Post(options);
    this.said = new Said({ room: this.room, roster: this.#roster, isOwn: (alias) => alias === (options.alias ?? this.you?.alias) });
  }

  get messages() {
    return this.said.all();
  }

  /** @param {{takeOver?: boolean}} [options] take the room from another tab of this browser */
  async start({ takeOver = false } = {}) {
    const { workerUrl, person, room } = this.options;
    try {
      this.sealer = await Sealer.start({ workerUrl, person, device: crypto.randomUUID() });
      this.handle = await this.sealer.room(room, { takeOver });
      this.packagesLeft = await this.post.makeKnown(this.sealer);
      await this.#recall();
    } catch (error) {
      return this.#end({ OpenElsewhere: "elsewhere", SignedOut: "signed-out" }[error.name] ?? "broken", error);
    }
    this.handle.addEventListener("lost", () => this.#end("elsewhere"));
    this.#wire();
    this.wire.open();
    // Nobody needs them to come in by themselves, so nobody waits for them.
    await this.post.leavePackages(this.sealer, this.packagesLeft).catch((error) => console.warn(error));
  }

  /** @returns {string} the message's id; the words are kept on this device until the room has them */
  say(text, { re, note } = {}) {
    const content = { type: "say", id: newId(), text, ...(re && { re }), ...(note && { note }) };
    this.#put(SAY, content);
    return content.id;
  }

  react(to, sign, on) {
    this.#put(SOFT, { type: "react", to, sign, on });
  }

  edit(to, text) {
    const note = this.said.get(to)?.note;
    this.#put(SOFT, { type: "edit", to, text, ...(note && { note }) });
  }

  takeBack(to) {
    this.#put(SOFT, { type: "take_back", to });
  }

  typing() {
    this.wire?.send(typing());
  }

  /** Twenty digits that are the same for all who can read here. @returns {Promise<string>} */
  code() {
    return this.handle.code();
  }

  /** Show chosen messages to safety. @returns {Promise<{url: string}|{words: string, forged: number[]}>} */
  report(ids, words) {
    return this.post.report(this.said.reports(ids), words);
  }

  /** Hang up; keys and words stay on this device. */
  leave() {
    this.wire?.close("left");
  }

  /** Delete the keys and words of this room from this device. */
  async forget() {
    this.leave();
    await this.#queue;
    await this.handle?.forget();
  }

  async stop() {
    this.leave();
    await this.handle?.leave();
    this.sealer?.stop();
  }

  #wire() {
    const { wire } = this.options;
    const address = (after) => `${wireBase(wire)}?device=${this.sealer.device}&after=${after}`;
    const before = () => (this.keys.isFounding ? 0 : -1);
    this.wire = new Line({ address, after: () => (this.handle.isJoined ? this.#seq : before()) });
    const nextNo = () => (this.#lastNo += 1);
    const people = () => ({ state: this.state, you: this.you, device: this.sealer.device });
    const failed = (error) => this.#failed(error);
    this.keys = new Keys({ handle: this.handle, line: this.wire, nextNo, people, failed,
      claim: (devices) => this.post.claim(devices), beginAnew: (groupInfo) => this.post.beginAnew(groupInfo) });
    this.keys.isFounding = this.isFounding;
    this.outbox.by = {
      line: this.wire, nextNo, failed, seal: (item) => this.#seal(item),
      mayPass: () => this.wire.status === "open" && this.#isCaughtUp && this.keys.isFree,
      keep: (items) => this.handle.keep("outbox", items),
    };
    this.keys.addEventListener("broken", ({ detail }) => this.#emit("unreadable", { seq: this.#seq, reason: "Broken", ...detail }));
    this.keys.addEventListener("free", () => this.#next(() => this.#settled()));
    this.wire.addEventListener("status", ({ detail }) => this.#status(detail));
    // One after the other: a frame may depend on what the one before it did to the keys.
    this.wire.addEventListener("frame", ({ detail }) => {
      const { socket } = this.wire;
      // What a broken line brought and nobody has looked at comes again, in its place.
      this.#next(() => socket === this.wire.socket && this.#frame(detail));
    });
  }

  #frame(frame) {
    switch (frame.op) {
      case "envelope": return this.#envelope(frame);
      case "state": return this.#told("state", frame.state);
      case "you": return this.#told("you", frame.you);
      case "caught_up": return this.#caughtUp(frame);
      case "welcome": return this.#welcome(frame);
      case "info": return this.keys.told(frame);
      case "refused": return this.#refused(frame);
      case "typing": return this.#emit("typing", { alias: frame.alias });
      default: return undefined;
    }
  }

  async #told(what, value) {
    this[what] = what === "state" ? this.#roster.learn(value) : value;
    if (what === "you") this.#lastNo = Math.max(this.#lastNo, value.last_no);
    if (what === "state") keepUntil(this.options.person, value.ends_ms);
    this.#emit(what, this[what]);
    if (what === "state" && this.#seq >= 0) await this.#settled();
    if (what === "state") await this.keys.tend();
  }

  async #caughtUp({ seq }) {
    // A sign of life that tells of more than came: something was missed. In what is kept of the past there may be
    // holes, where somebody has deleted their account.
    if (this.#isCaughtUp && this.handle.isJoined && seq > this.#seq) return this.wire.reopen();
    if (this.handle.isJoined) this.#seq = Math.max(this.#seq, seq);
    const isNewLine = !this.#isCaughtUp;
    this.#isCaughtUp = true;
    // Begun anew by somebody who has gone before they made new keys. (Let in a moment ago, we may be ahead of the state.)
    if (isNewLine && this.handle.isJoined && this.state?.epoch === UNFOUNDED) return this.#lost();
    if (!this.handle.isJoined) this.#say("joining");
    await this.keys.caughtUp();
    await this.#settled();
    return undefined;
  }

  async #welcome(frame) {
    if (await this.keys.welcomed(frame)) {
      this.#seq = frame.seq;
      this.#emit("began", { at: this.state?.now_ms ?? Date.now() });
    }
    await this.#settled();
  }

  async #refused({ no, reason }) {
    if (await this.keys.refused(no, reason)) return;
    await this.outbox.refused(no, reason);
  }

  async #envelope(frame) {
    const isOurs = frame.device === this.sealer.device;
    // Ours again: it was there already, and we had not heard of it.
    if (this.handle.isJoined && frame.seq <= this.#seq) return void (isOurs && await this.#acknowledged(frame));
    if (this.handle.isJoined && this.#isCaughtUp && this.#seq >= 0 && frame.seq > this.#seq + 1) return void this.wire.reopen();
    if (frame.kind === FOUNDED) await this.#founded(frame, isOurs);
    else if (frame.kind === COMMIT || this.handle.isJoined) await this.#opened(frame, isOurs);
    if (this.handle.isJoined) this.#seq = frame.seq;
    if (isOurs) await this.#acknowledged(frame);
  }

  async #acknowledged({ no, kind, seq, at, alias, device }) {
    const item = await this.outbox.acknowledged(no, kind);
    const changed = item && !this.said.has(seq) && this.said.takeOwn(item.content, { seq, at, alias, device });
    if (changed) this.#emit("messages", { ids: [changed] });
  }

  async #founded(frame, isOurs) {
    // The keys were made anew, because somebody could not use those that we have.
    if (!isOurs && this.handle.isJoined) await this.#lost();
    if (!isOurs && this.keys.isFounding) await this.keys.notFirst();
    if (!isOurs || !this.keys.isFounding) return;
    this.#seq = frame.seq;
    await this.keys.founded();
    this.#emit("began", { at: frame.at });
  }

  async #opened(frame, isOurs) {
    const { seq, at, alias, device, no, kind, commitment, stamp } = frame;
    const about = { seq, at, alias, device, no, kind, commitment, stamp };
    const [answer] = await this.handle.open([{ seq, message: frame.payload, about }]);
    if (answer.kind === "said") await this.#heard({ ...answer, about }, isOurs);
    else if (answer.kind === "changed") await this.#changed(answer, frame);
    else if (this.handle.isJoined && kind === COMMIT) {
      this.#emit("unreadable", { seq, alias, reason: answer.name });
      await this.#lost();
    } else if (this.handle.isJoined) await this.#unreadable(frame, answer.name);
  }

  // Threat: somebody let us into keys of their own making, while all others share another set.
  async #unreadable({ seq, alias, epoch }, reason) {
    this.#emit("unreadable", { seq, alias, reason });
    if (epoch === this.handle.epoch) this.#unread.add(alias);
    if (this.#unread.size < STRANGE) return;
    this.#unread.clear();
    await this.#lost();
  }

  async #lost() {
    this.#say("joining");
    await this.keys.lost();
  }

  async #heard(opened, isOurs) {
    const { seq, alias } = opened.about;
    const { isProven, changed, type } = await this.said.take(opened, isOurs);
    if (!isProven) return void this.#emit("unreadable", { seq, alias, reason: "Unproven" });
    this.#unread.clear();
    if (!changed) return;
    if (type === "say") this.#emit("opened", { message: this.said.get(changed) });
    this.#emit("messages", { ids: [changed] });
  }

  async #changed(answer, { at }) {
    this.handle.epoch = answer.epoch;
    if (answer.gone) {
      this.handle.isJoined = false;
      this.#say("joining");
      return this.keys.caughtUp();
    }
    const isEntry = !this.handle.isJoined;
    await this.keys.changed();
    if (isEntry) this.#emit("began", { at });
    else this.#roster.note(answer, at);
    return this.#settled();
  }

  async #settled() {
    if (!this.handle.isJoined) return;
    this.readers = this.#roster.readers(this.keys.members);
    this.#emit("readers", { readers: this.readers });
    for (const each of this.#roster.announcements(this.keys.members)) this.#emit("announce", each);
    if (this.wire.status === "open" && this.#isCaughtUp) this.#say("open");
    await this.outbox.pump();
  }

  async #seal(item) {
    const { bytes, aad, commitment } = await prepared(this.room, item);
    const { message, epoch } = await this.handle.seal(bytes, aad);
    // Threat: the keys changed while it was being sealed, and nobody has looked yet who came in with them.
    if (epoch !== this.keys.epoch || !this.keys.isFree) return null;
    return { epoch, commitment, payload: message };
  }

  #put(kind, content) {
    if (content.text) this.#emit("composing", { text: content.text });
    const id = content.id ?? newId();
    // Longer than what others would show.
    if (!this.said.fits(content)) return queueMicrotask(() => this.#emit("refused", { id, reason: "size", content }));
    this.said.expect(content, { alias: this.options.alias, device: this.sealer.device });
    this.#emit("messages", { ids: [content.id ?? content.to] });
    return void this.outbox.put({ id, kind, content });
  }

  /** What this browser still has of the room, from before this page was opened. */
  async #recall() {
    // A room that was founded here, and nobody has said that it was the first: it may be another's by now.
    this.isFounding = this.handle.isJoined && this.handle.seq === 0;
    if (this.isFounding) this.handle.isJoined = false;
    this.#seq = this.handle.isJoined ? this.handle.seq : -1;
    this.outbox = new Outbox({});
    this.outbox.addEventListener("refused", ({ detail: { item, reason } }) => {
      this.said.drop(item.id);
      this.#emit("refused", { id: item.id, reason, content: item.content });
      this.#emit("messages", { ids: [item.id] });
    });
    for (const each of await this.handle.said()) await this.#heard(each, each.from === this.sealer.device);
    for (const { content, no = 0 } of this.outbox.restore(await this.handle.kept("outbox"))) {
      this.#lastNo = Math.max(this.#lastNo, no);
      this.said.expect(content, { alias: this.options.alias, device: this.sealer.device });
    }
  }

  #status({ status, because }) {
    if (status !== "open") {
      this.#isCaughtUp = false;
      this.keys.lineBroke();
      this.outbox.lineBroke();
    }
    if (status === "ended") this.#end(because);
    else if (status !== "open") this.#say(status);
  }

  #end(because, error) {
    if (this.line === "ended") return;
    this.endedBecause = because;
    if (error && because === "broken") console.error(error);
    this.#say("ended");
    this.#emit("ended", { because });
    this.wire?.close(because);
  }

  #say(line) {
    if (this.line === line || this.line === "ended") return;
    this.line = line;
    this.#emit("line", { line });
  }

  #next(work) {
    this.#queue = this.#queue.then(work).catch((error) => this.#failed(error));
  }

  #failed(error) {
    if (this.line === "ended") return;
    if (error.name === "OpenElsewhere" || error.name === "SealingStopped") return void this.#end("elsewhere");
    console.error(error);
    this.wire.reopen();
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
