// A gateway in memory that follows docs/engines/wire.md for one room: order, epochs, refusals, welcomes; it holds no keys.

import { createHmac } from "node:crypto";

import { random, text } from "../sealing/bytes.mjs";
import { served } from "./modules.mjs";

const { hex, unhex } = await served("bytes.js");
const { uuidBytes } = await served("frames.js");
const [SAY, SOFT, COMMIT, FOUNDED] = [1, 2, 3, 4];
const SERVER_KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
const NOTHING = new Uint8Array(32);

export class Gateway {
  envelopes = [];
  // The last number that was given; a record may have gone since.
  last = 0;
  epoch = null;
  floor = -1;
  groupInfo = new Uint8Array();
  welcomes = new Map();
  people = [];
  reports = [];
  // Frames as they came, whatever became of them: {op, device, kind, no, epoch}.
  heardOf = [];
  showsPresence = true;
  #seats = new Map();
  #numbers = new Map();

  constructor({ claims = true } = {}) {
    this.room = crypto.randomUUID();
    this.claims = claims;
  }

  /** Why something is refused now; a test puts its own in. */
  refuses = () => "";
  /** Whether the line breaks when something has "arrived" or was "stored"; a test puts its own in. */
  breaks = () => false;

  person(name) {
    // A ghost is let in, and stands on no roster.
    const one = { alias: hex(random(16)), name, devices: [], isOut: false, isGhost: false };
    this.people.push(one);
    return one;
  }


  // --- over HTTP ------------------------------------------------------------------------------
  fetch(url, { body, headers }) {
    const [person, told] = [this.#whose(headers["X-CSRFToken"]), JSON.parse(body)];
    const answer = { "/devices/": this.#known, "/claim/": this.#claim, "/report/": this.#report }[url].call(this, person, told);
    return { ok: true, status: 200, redirected: false, json: async () => structuredClone(answer) };
  }

  #whose(alias) {
    return this.people.find((one) => one.alias === alias);
  }

  #known(person, { device, fingerprint, packages }) {
    let mine = person.devices.find((each) => each.id === device);
    if (!mine) person.devices.push((mine = { id: device, fingerprint, packages: [] }));
    mine.packages.push(...packages);
    this.#tellState();
    return { device, left: mine.packages.length };
  }

  #claim(_, { devices }) {
    const found = this.#devices().filter((each) => this.claims && devices.includes(each.id) && each.packages.length);
    return { packages: found.map((each) => ({ device: each.id, data: each.packages.shift() })) };
  }

  #report(_, told) {
    this.reports.push(told);
    return { url: "/reports/1/" };
  }

  // --- the line -------------------------------------------------------------------------------
  connect(socket) {
    const device = socket.url.searchParams.get("device");
    const person = this.people.find((one) => one.devices.some((each) => each.id === device));
    socket.opened();
    if (!person) return socket.farewell(4409);
    if (person.isOut) return this.#bye(socket, "removed", 4404);
    for (const [other, seat] of this.#seats) if (seat.device === device) this.#bye(other, "elsewhere", 4404);
    const seat = { socket, device, person, follows: false, lastNo: this.#lastNo(device) };
    this.#seats.set(socket, seat);
    this.#you(seat);
    this.#write(seat, this.#stateFrame());
    this.#begin(seat, Number(socket.url.searchParams.get("after")));
    this.#tellState();
    return undefined;
  }

  gone(socket) {
    this.#seats.delete(socket);
  }

  heard(socket, bytes) {
    const seat = this.#seats.get(socket);
    if (!seat) return;
    const frame = read(bytes);
    this.heardOf.push({ ...frame, device: seat.device });
    if (this.breaks("arrived", frame, seat)) return void socket.end(1006);
    if (frame.op === 4) this.#write(seat, [135], u64(this.epoch ?? 0), u64(this.last), this.groupInfo);
    else if (frame.op === 6) this.#write(seat, [137], u64(this.last));
    else if (frame.op === 5) this.#others(seat, [136], unhex(seat.person.alias));
    else this.#place(seat, frame);
  }

  #place(seat, frame) {
    const before = this.#numbers.get(`${seat.device} ${frame.no}`);
    const reason = this.refuses(frame, seat) || this.#refusal(frame);
    if (before) return this.#again(seat, before);
    if (reason) return this.#write(seat, [132], u32(frame.no), text(reason));
    const envelope = this.#store(seat, frame);
    if (this.breaks("stored", frame, seat)) seat.socket.end(1006);
    for (const each of this.#seats.values()) if (each.follows) this.#write(each, envelope.bytes);
    if (frame.kind >= COMMIT) this.#newKeys(seat, frame, envelope);
    return undefined;
  }

  #refusal({ kind, epoch }) {
    if (kind === FOUNDED) return this.epoch === null ? "" : "founded";
    if (epoch !== this.epoch) return "epoch";
    return epoch <= this.floor && kind !== COMMIT ? "rekey" : "";
  }

  #store(seat, { kind, no, epoch = 0, commitment = NOTHING, payload }) {
    const [seq, at, alias] = [(this.last += 1), Date.now(), unhex(seat.person.alias)];
    const stamp = stamped(commitment, uuidBytes(this.room), alias, seq, at);
    const bytes = joined([129, kind], u64(seq), u64(at), u64(epoch), u32(no), alias, uuidBytes(seat.device), commitment, stamp, payload);
    const envelope = { seq, kind, no, epoch, device: seat.device, bytes };
    this.envelopes.push(envelope);
    this.#numbers.set(`${seat.device} ${no}`, envelope);
    seat.lastNo = Math.max(seat.lastNo, no);
    return envelope;
  }

  #newKeys(seat, frame, envelope) {
    this.epoch = frame.kind === FOUNDED ? 0 : frame.epoch + 1;
    this.groupInfo = frame.groupInfo;
    this.welcomes.delete(seat.device);
    for (const device of frame.welcomed ?? []) this.welcomes.set(device, { seq: envelope.seq, welcome: frame.welcome });
    if (this.#seats.has(seat.socket) && !seat.follows) {
      seat.follows = true;
      this.#write(seat, envelope.bytes);
    }
    for (const each of this.#seats.values()) if (!each.follows) this.#welcome(each);
    this.#tellState();
  }

  #again(seat, before) {
    if (seat.follows) this.#write(seat, before.bytes);
    else this.#catchUp(seat, before.seq - 1);
  }

  #begin(seat, after) {
    if (after > this.last) this.#bye(seat.socket, "unknown", 4404);
    else if (after >= 0) this.#catchUp(seat, after);
    else if (!this.#welcome(seat)) this.#write(seat, [137], u64(this.last));
  }

  #welcome(seat) {
    const waiting = this.welcomes.get(seat.device);
    if (!waiting) return false;
    this.#write(seat, [134], u64(waiting.seq), waiting.welcome);
    this.#catchUp(seat, waiting.seq);
    return true;
  }

  #catchUp(seat, after) {
    for (const { seq, bytes } of this.envelopes) if (seq > after) this.#write(seat, bytes);
    seat.follows = true;
    this.#write(seat, [137], u64(this.last));
  }

  // --- what a test does to the room -------------------------------------------------------------
  /** Their seat is gone: they are sent away, and nothing is taken before the keys have changed. */
  remove(person) {
    Object.assign(person, { isOut: true });
    this.floor = this.epoch;
    for (const seat of [...this.#seats.values()]) if (seat.person === person) this.#bye(seat.socket, "removed", 4404);
    this.#tellState();
  }

  /** An account is erased, and with it a record of the journal. */
  erase(seq) {
    this.envelopes = this.envelopes.filter((each) => each.seq !== seq);
  }

  /** Everybody is asked to come again. */
  restart() {
    for (const socket of [...this.#seats.keys()]) this.#bye(socket, "restart", 1012);
  }

  // --- what everybody is told -------------------------------------------------------------------
  get state() {
    const here = new Set([...this.#seats.values()].map((seat) => seat.person));
    return {
      v: 1, room: this.room, revision: 1, now_ms: Date.now(), kind: "meeting", phase: "open", paused: false,
      epoch: this.epoch ?? -1, floor_epoch: this.floor, starts_ms: Date.now(), ends_ms: Date.now() + 3_600_000, shows_presence: this.showsPresence,
      people: this.people.filter((one) => !one.isOut).map((one) => ({
        alias: one.alias, name: one.name, part: "member", is_here: this.showsPresence && here.has(one),
        devices: one.isGhost ? [] : one.devices.map(({ id, fingerprint }) => ({ id, fingerprint })),
      })),
    };
  }

  #devices() {
    return this.people.filter((one) => !one.isOut && !one.isGhost).flatMap((one) => one.devices);
  }

  #stateFrame() {
    return joined([130], text(JSON.stringify(this.state)));
  }

  #tellState() {
    this.telling ??= setTimeout(() => {
      this.telling = null;
      for (const seat of this.#seats.values()) this.#write(seat, this.#stateFrame());
    }, 20);
  }

  #you({ socket, person, lastNo }) {
    const you = { v: 1, alias: person.alias, part: "member", may_say: true, why_not: "", last_no: lastNo };
    socket.receive(joined([131], text(JSON.stringify(you))));
  }

  #lastNo(device) {
    return Math.max(0, ...this.envelopes.filter((each) => each.device === device).map((each) => each.no));
  }

  #bye(socket, reason, code) {
    this.#seats.delete(socket);
    socket.receive(joined([133], text(reason)));
    socket.farewell(code);
  }

  #others(seat, ...parts) {
    for (const each of this.#seats.values()) if (each !== seat) this.#write(each, ...parts);
  }

  #write({ socket }, ...parts) {
    socket.receive(joined(...parts));
  }
}

/** What a browser sent, as values. */
export function read(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [op, empty] = [bytes[0], new Uint8Array()];
  if (op === 1) {
    const [kind, no, epoch] = [bytes[1], view.getUint32(2), Number(view.getBigUint64(6))];
    return { op, kind, no, epoch, commitment: bytes.slice(14, 46), payload: bytes.slice(46) };
  }
  if (op === 3) return { op, kind: FOUNDED, no: view.getUint32(1), groupInfo: bytes.slice(5), payload: empty };
  if (op !== 2) return { op };
  let at = 13;
  const take = (length) => bytes.slice(at, (at += length));
  const counted = () => take(view.getUint32((at += 4) - 4));
  const [payload, groupInfo] = [counted(), counted()];
  const welcomed = Array.from({ length: take(1)[0] }, () => uuid(take(16)));
  return { op, kind: COMMIT, no: view.getUint32(1), epoch: Number(view.getBigUint64(5)), payload, groupInfo, welcomed, welcome: bytes.slice(at) };
}

function stamped(commitment, room, alias, seq, at) {
  const parts = [commitment, room, alias].flatMap((field) => [u32(field.length), field]);
  const code = createHmac("sha256", SERVER_KEY).update("hearthside franking 1 stamp");
  return new Uint8Array(code.update(joined(...parts, u64(seq), u64(at))).digest());
}

const uuid = (bytes) => hex(bytes).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
const u32 = (value) => new Uint8Array(new Uint32Array([value]).buffer).reverse();
const u64 = (value) => new Uint8Array(new BigUint64Array([BigInt(value)]).buffer).reverse();
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

export { COMMIT, FOUNDED, SAY, SOFT };
