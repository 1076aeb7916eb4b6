// The wire's bytes, held to the frames that the server is held to; and bytes that are no frames.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { bytes, hex } from "../sealing/bytes.mjs";
import { chance, served } from "./modules.mjs";

const frames = await served("frames.js");
const golden = JSON.parse(readFileSync(process.env.FRAMES, "utf8")).frames;
const from = (sender) => golden.filter((each) => each.from === sender);
const writers = {
  SEND: ({ kind, no, epoch, commitment, payload }) => frames.send({ kind, no, epoch, commitment: bytes(commitment), payload: bytes(payload) }),
  COMMIT: ({ no, epoch, commit, group_info, devices, welcome }) =>
    frames.change({ no, epoch, commit: bytes(commit), groupInfo: bytes(group_info), welcomed: devices, welcome: welcome ? bytes(welcome) : null }),
  FOUND: ({ no, group_info }) => frames.found({ no, groupInfo: bytes(group_info) }),
  INFO: () => frames.askInfo(),
  TYPING: () => frames.typing(),
  HERE: () => frames.here(),
  HERE: () => frames.here(),
};
const named = { at_ms: "at", group_info: "groupInfo" };

// As the golden file writes it.
function plain(value) {
  if (value instanceof Uint8Array) return hex(value);
  return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(value) ? value.replaceAll("-", "") : value;
}

for (const { name, op, frame, fields } of from("browser")) {
  test(`${name} is written as the server reads it`, () => assert.equal(hex(writers[op](fields)), frame));
}

for (const { name, op, frame, fields } of from("server")) {
  test(`${name} is read as the server wrote it`, () => {
    const { op: readOp, ...read } = frames.read(bytes(frame).buffer);
    assert.equal(readOp, op.toLowerCase());
    const { json, ...others } = fields;
    if (json) return assert.deepEqual(Object.values(read), [json]);
    const wanted = Object.fromEntries(Object.entries(others).map(([key, value]) => [named[key] ?? key, value]));
    return assert.deepEqual(Object.fromEntries(Object.entries(read).map(([key, value]) => [key, plain(value)])), wanted);
  });
}

test("there are golden frames of every kind that is sent and read", () => {
  assert.deepEqual(new Set(from("server").map((each) => each.op)), new Set(["ENVELOPE", "STATE", "YOU", "REFUSED", "BYE", "WELCOME", "INFO", "TYPING", "CAUGHT_UP"]));
  for (const op of ["SEND", "COMMIT", "FOUND", "INFO", "TYPING", "HERE"]) assert.ok(from("browser").some((each) => each.op === op), op);
  assert.equal(hex(frames.here()), "06");
});

// What ends with text or bytes of any length can be whole at many lengths.
const LEAST = { ENVELOPE: 126, STATE: 3, YOU: 3, REFUSED: 5, BYE: 1, WELCOME: 9, INFO: 17, TYPING: 17, CAUGHT_UP: 9 };

for (const { name, op, frame } of from("server")) {
  test(`${name} cut short is no frame`, () => {
    const whole = bytes(frame);
    for (let length = 0; length < whole.length; length += 1) {
      const cut = () => frames.read(whole.slice(0, length).buffer);
      const isJson = op === "STATE" || op === "YOU";
      if (length < LEAST[op] || isJson) assert.throws(cut, RangeError, `${length} bytes`);
      else cut();
    }
  });
}

test("what is no frame at all is told as such, whatever it is", () => {
  const text = (words) => new Uint8Array([130, ...new TextEncoder().encode(words)]).buffer;
  for (const strange of [undefined, null, "text", 5, {}, new ArrayBuffer(0)]) assert.throws(() => frames.read(strange), RangeError);
  for (const words of ["", "{", "null", "5", '"a"', "[]", "{}}"]) assert.throws(() => frames.read(text(words)), RangeError, words);
  assert.throws(() => frames.read(new Uint8Array([132, 0, 0, 0, 1, 0xff]).buffer), RangeError, "no UTF-8");
  for (let op = 0; op < 256; op += 1) {
    if (op < 129 || op > 137) assert.throws(() => frames.read(new Uint8Array([op, ...new Uint8Array(200)]).buffer), RangeError);
  }
});

test("a number that cannot be counted with is refused", () => {
  const caughtUp = (number) => frames.read(Uint8Array.from([137, ...bytes(number.toString(16).padStart(16, "0"))]).buffer);
  assert.equal(caughtUp(2n ** 53n - 1n).seq, Number.MAX_SAFE_INTEGER);
  for (const number of [2n ** 53n, 2n ** 64n - 1n]) assert.throws(() => caughtUp(number), RangeError);
});

test("no bytes do anything but be read or refused", () => {
  const next = chance(3);
  let read = 0;
  for (let turn = 0; turn < 20_000; turn += 1) {
    const noise = Uint8Array.from({ length: 1 + Math.floor(next() * 150) }, () => Math.floor(next() * 256));
    noise[0] = 127 + Math.floor(next() * 12);
    try {
      assert.ok(frames.read(noise.buffer).op);
      read += 1;
    } catch (error) {
      assert.ok(error instanceof RangeError, error.stack);
    }
  }
  assert.ok(read > 100);
});
