// The room's wire, version 1: what travels between a browser and the gateway, as bytes and as values.
// The twin of streams/frames.py; docs/engines/wire.md describes every frame, tests hold both to one set of vectors.

import { hex, unhex } from "./bytes.js";

export const SUBPROTOCOL = "hearthside.room.1";
export const SAY = 1;
export const SOFT = 2;
export const COMMIT = 3;
export const FOUNDED = 4;

const UUID = 16;
const ALIAS = 16;
const CODE = 32;

/**
 * A sealed message. The same `no` again is the same message.
 * @param {{kind: number, no: number, epoch: number, commitment: Uint8Array, payload: Uint8Array}} message
 * @returns {Uint8Array}
 */
export function send({ kind, no, epoch, commitment, payload }) {
  const out = new Writer(1 + 1 + 4 + 8 + CODE + payload.length);
  return out.u8(1).u8(kind).u32(no).u64(epoch).bytes(commitment).bytes(payload).done();
}

/**
 * A change of keys made in `epoch`, with the group info of the epoch after it and whom it lets in.
 * @param {{no: number, epoch: number, commit: Uint8Array, groupInfo: Uint8Array, welcomed: string[],
 *   welcome: Uint8Array|null}} change
 * @returns {Uint8Array}
 */
export function change({ no, epoch, commit, groupInfo, welcomed, welcome }) {
  const letter = welcome ?? new Uint8Array();
  const length = 1 + 4 + 8 + 4 + commit.length + 4 + groupInfo.length + 1 + welcomed.length * UUID + letter.length;
  const out = new Writer(length).u8(2).u32(no).u64(epoch);
  out.u32(commit.length).bytes(commit).u32(groupInfo.length).bytes(groupInfo).u8(welcomed.length);
  for (const device of welcomed) out.bytes(uuidBytes(device));
  return out.bytes(letter).done();
}

/** The first keys of a room: the group info of epoch 0. @returns {Uint8Array} */
export function found({ no, groupInfo }) {
  return new Writer(1 + 4 + groupInfo.length).u8(3).u32(no).bytes(groupInfo).done();
}

/** Asks for the current group info. */
export const askInfo = () => new Uint8Array([4]);
/** Somebody here is typing; never stored. */
export const typing = () => new Uint8Array([5]);
/** A sign of life; the answer says how far the room is. */
export const here = () => new Uint8Array([6]);

/**
 * What the gateway sent.
 * @param {ArrayBuffer} buffer one WebSocket message
 * @returns {{op: string} & Record<string, any>} op: envelope, state, you, refused, bye, welcome, info, typing, caught_up
 * @throws {RangeError} when it is no frame of version 1
 */
export function read(buffer) {
  try {
    return frame(new Reader(buffer));
  } catch (error) {
    // Half a number, half a letter, broken JSON: each is told in its own way.
    throw new RangeError(`no frame of version 1: ${error.message}`, { cause: error });
  }
}

function frame(from) {
  const op = from.u8();
  switch (op) {
    case 129: return envelope(from);
    case 130: return { op: "state", state: from.object() };
    case 131: return { op: "you", you: from.object() };
    case 132: return { op: "refused", no: from.u32(), reason: from.text() };
    case 133: return { op: "bye", reason: from.text() };
    case 134: return { op: "welcome", seq: from.u64(), welcome: from.rest() };
    case 135: return { op: "info", epoch: from.u64(), seq: from.u64(), groupInfo: from.rest() };
    case 136: return { op: "typing", alias: hex(from.bytes(ALIAS)) };
    case 137: return { op: "caught_up", seq: from.u64() };
    default: throw new RangeError(`no frame begins with ${op}`);
  }
}

function envelope(from) {
  return {
    op: "envelope",
    kind: from.u8(),
    seq: from.u64(),
    at: from.u64(),
    epoch: from.u64(),
    no: from.u32(),
    alias: hex(from.bytes(ALIAS)),
    device: uuidText(from.bytes(UUID)),
    commitment: from.bytes(CODE),
    stamp: from.bytes(CODE),
    payload: from.rest(),
  };
}

/** @param {string} text a uuid with or without dashes @returns {Uint8Array} its 16 bytes */
export function uuidBytes(text) {
  return unhex(text.replaceAll("-", ""));
}

function uuidText(bytes) {
  return hex(bytes).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

class Writer {
  constructor(length) {
    this.out = new Uint8Array(length);
    this.view = new DataView(this.out.buffer);
    this.at = 0;
  }
  u8(value) { this.view.setUint8(this.at, value); this.at += 1; return this; }
  u32(value) { this.view.setUint32(this.at, value); this.at += 4; return this; }
  u64(value) { this.view.setBigUint64(this.at, BigInt(value)); this.at += 8; return this; }
  bytes(value) { this.out.set(value, this.at); this.at += value.length; return this; }
  done() { return this.out; }
}

class Reader {
  constructor(buffer) {
    this.buffer = buffer;
    this.view = new DataView(buffer);
    this.at = 0;
  }
  u8() { this.at += 1; return this.view.getUint8(this.at - 1); }
  u32() { this.at += 4; return this.view.getUint32(this.at - 4); }
  u64() {
    this.at += 8;
    const value = Number(this.view.getBigUint64(this.at - 8));
    if (!Number.isSafeInteger(value)) throw new RangeError("a number beyond all counting");
    return value;
  }
  bytes(length) {
    this.at += length;
    if (this.at > this.buffer.byteLength) throw new RangeError("cut short");
    return new Uint8Array(this.buffer.slice(this.at - length, this.at));
  }
  rest() { return new Uint8Array(this.buffer.slice(this.at)); }
  text() { return new TextDecoder("utf-8", { fatal: true }).decode(this.rest()); }
  object() {
    const value = JSON.parse(this.text());
    if (value === null || typeof value !== "object" || Array.isArray(value)) throw new RangeError("no object");
    return value;
  }
}
