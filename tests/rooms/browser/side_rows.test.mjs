// Which lines stand in the dock about private words and side rooms, for whoever it is about.

import assert from "node:assert/strict";
import { test } from "node:test";

import { served } from "./modules.mjs";

const { rowsOf, askedIn } = await served("room/side-rows.js");

// Says which sentence, with what in it.
const words = {
  say: (name, slots = {}) => [name, ...Object.values(slots).filter((each) => typeof each === "string")].join(" "),
  count: (name, many, { names }) => `${name} ${many} ${names}`,
  list: (names) => names.join("+"),
};
const side = (more) => ({ room: "r", name: "Robin", stage: "open", beside: "", other: "", is_lead: true, ...more });
const shown = (you) => rowsOf(you, words).map(({ kind, text }) => `${kind}: ${text}`);

test("nothing is shown where nothing is", () => assert.deepEqual(shown({ sides: [], asks: [], side: null }), []));

test("a member is told who asks, and how many", () => {
  const question = (names, more = {}) => ({ sides: [], questions: [{ room: "r", names, is_join: false, ...more }] });
  assert.deepEqual(shown(question(["Ana", "Ben"])), ["question: side.question 2 Ana+Ben"]);
  assert.deepEqual(shown(question(["Ana"])), ["question: side.question 1 Ana"]);
  assert.deepEqual(shown(question(["Ana", "Ben"], { is_join: true })), ["question: side.join Ana Ben"]);
});

test("each stage has its own line, and whoever waits comes first", () => {
  const sides = [side({}), side({ stage: "asked" }), side({ stage: "calling" }), side({ stage: "asks", room: "s" })];
  assert.deepEqual(shown({ sides }).map((each) => each.split(":")[0]), ["asks", "goes", "asked", "calling"]);
});

test("somebody who would come is named only once they sit there, or are asked for", () => {
  assert.deepEqual(shown({ sides: [side({ other: "Ben", beside: "willing" })] }), ["goes: side.with Robin Ben"]);
  assert.deepEqual(shown({ sides: [side({ other: "Ben", beside: "in" })] }), ["goes: side.with_two Robin Ben"]);
  assert.equal(rowsOf({ sides: [side({ other: "Ben", beside: "willing" })] }, words)[0].other, "");
  assert.deepEqual(shown({ sides: [side({ stage: "asked", other: "Ben" })] }), ["asked: side.asked_by_two Robin Ben"]);
});

test("a no is told to whoever asked, and not to whoever would have come along", () => {
  assert.deepEqual([...askedIn({ sides: [side({ stage: "asked" })] })], [["r", "Robin"]]);
  assert.deepEqual([...askedIn({ sides: [side({ stage: "asked", is_lead: false })] })], []);
  assert.deepEqual([...askedIn({ sides: [side({})] })], []);
});
