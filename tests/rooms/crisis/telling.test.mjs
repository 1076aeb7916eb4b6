// Telling a facilitator: only what the person sent, only after their tap, at once or when the line is back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { served } from "./said.mjs";

const { Telling } = await served("telling.js");
const YES = { ok: true, told: { room: "side-1" }, words: "" };

function telling({ isOpen = true, answers = [YES] } = {}) {
  const seen = { asked: 0, handed: [], kept: [], shown: [] };
  const line = { isOpen };
  const made = new Telling({
    isOpen: () => line.isOpen,
    ask: async () => {
      seen.asked += 1;
      return answers.length > 1 ? answers.shift() : answers[0];
    },
    hand: (room, sentence) => seen.handed.push([room, sentence]),
    keep: (sentence) => seen.kept.push(sentence),
    show: (state) => seen.shown.push(state),
  });
  return { made, seen, line };
}

test("with a line, a facilitator is asked, and the person's own sentence is handed on", async () => {
  const { made, seen } = telling();
  await made.tell("Can we talk?");
  assert.deepEqual([seen.asked, seen.handed, seen.shown], [1, [["side-1", "Can we talk?"]], ["asked"]]);
  assert.equal(seen.kept.at(-1), "", "nothing waits any more");
});

test("without a line it says so, waits, and goes once when the line is back", async () => {
  const { made, seen, line } = telling({ isOpen: false });
  await made.tell("Can we talk?");
  await made.goOn();
  assert.deepEqual([seen.asked, seen.handed, new Set(seen.shown)], [0, [], new Set(["later"])]);
  assert.equal(seen.kept.at(-1), "Can we talk?", "it is kept while it waits");
  line.isOpen = true;
  await Promise.all([made.goOn(), made.goOn()]);
  await made.goOn();
  assert.deepEqual([seen.asked, seen.handed.length, seen.shown.at(-1)], [1, 1, "asked"]);
});

test("what is taken back while it waits is never told", async () => {
  const { made, seen, line } = telling({ isOpen: false });
  await made.tell("Can we talk?");
  made.takeBack();
  line.isOpen = true;
  await made.goOn();
  assert.deepEqual([seen.asked, seen.handed], [0, []]);
});

test("a request that fails is told so, and tried again", async () => {
  const { made, seen } = telling({ answers: [{ ok: false, told: {}, words: "no" }, YES] });
  await made.tell("Can we talk?");
  assert.deepEqual([seen.shown, seen.handed], [["failed"], []]);
  await made.goOn();
  assert.deepEqual([seen.shown.at(-1), seen.handed.length], ["asked", 1]);
});

test("what waited when the page was left goes on from there, unless something newer was told", async () => {
  const { made, seen } = telling();
  await made.restore("");
  assert.equal(seen.asked, 0);
  await made.restore("From before");
  assert.deepEqual(seen.handed, [["side-1", "From before"]]);
});

test("who sees the request is told on, as the server said it", async () => {
  const seen = [];
  const made = new Telling({
    isOpen: () => true, ask: async () => ({ ...YES, told: { room: "side-1", heard: "blocked" } }),
    hand: () => {}, keep: () => {}, show: (...told) => seen.push(told),
  });
  await made.tell("Can we talk?");
  assert.deepEqual(seen, [["asked", "", "blocked"]]);
});
