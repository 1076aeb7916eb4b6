// What lies on the device, and what can be read from it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Device, HOUR, served } from "./said.mjs";

const { Memory } = await served("memory.js");

const noticed = (more = {}) => ({ kind: "now", act: "active", rank: 2, held: true, rules: ["active.x"], quotes: ["secret words"], ...more });

test("what lies open in the browser says nothing of why: one neutral name, and times", () => {
  const device = new Device();
  device.memory.keepHelpInView();
  device.memory.once("line");
  device.memory.once("bereaved");
  device.memory.noteShown(noticed());
  assert.deepEqual([...device.storage.kept.keys()], ["room:day"]);
  const [[, value]] = device.storage.kept;
  assert.match(value, /^\[[\d,]+\]$/);
});

test("which cards were shown is given to be sealed, without a word of the message", () => {
  const { memory } = new Device();
  memory.noteShown(noticed());
  assert.doesNotMatch(JSON.stringify(memory.shown), /secret/);
});

test("what was sealed is taken up again, and what this page has shown counts more", () => {
  const device = new Device();
  device.memory.noteShown(noticed());
  const later = device.opened();
  assert.equal(later.wayToShow(noticed()), "whole");
  later.recall(structuredClone(device.memory.shown));
  assert.equal(later.wayToShow(noticed()), "");
  assert.equal(later.wayToShow(noticed({ rank: 3 })), "short");
  later.recall(null);
  assert.equal(later.wayToShow(noticed()), "");
});

test("after a day the whole card may come again", () => {
  const device = new Device();
  device.memory.noteShown(noticed());
  device.passes(24 * HOUR + 1);
  assert.equal(device.memory.wayToShow(noticed()), "whole");
});

test("leaving quickly clears it all", () => {
  const device = new Device();
  device.memory.keepHelpInView();
  device.memory.noteShown(noticed());
  device.memory.clear();
  assert.equal(device.storage.kept.size, 0);
  assert.deepEqual([device.memory.isHelpInView, device.memory.wayToShow(noticed())], [false, "whole"]);
});

test("a browser that keeps nothing, or keeps nonsense, still helps while the page is open", () => {
  const refuses = { getItem: () => { throw new Error("no"); }, setItem: () => { throw new Error("no"); }, removeItem: () => { throw new Error("no"); } };
  const warn = console.warn;
  console.warn = () => {};
  for (const storage of [refuses, null]) {
    const memory = new Memory({ storage });
    memory.keepHelpInView();
    assert.deepEqual([memory.isHelpInView, memory.once("line"), memory.once("line")], [true, true, false]);
    memory.clear();
  }
  console.warn = warn;
  for (const value of ["{", "7", "[\"x\",null]", "{\"a\":1}"]) {
    const memory = new Memory({ storage: { getItem: () => value, setItem: () => {} } });
    assert.equal(memory.isHelpInView, false, value);
  }
});

test("a clock that was set back does not keep help in view for ever", () => {
  const device = new Device();
  device.memory.keepHelpInView();
  device.passes(-48 * HOUR);
  assert.equal(device.memory.isHelpInView, false);
});
