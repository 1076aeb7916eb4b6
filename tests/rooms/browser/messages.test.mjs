// What was said: malformed contents refused, edits and take-backs only by whoever said it, order, reactions, ids.

import assert from "node:assert/strict";
import { test } from "node:test";

import { text } from "../sealing/bytes.mjs";
import { served } from "./modules.mjs";

const { Messages, SIGNS, decode, encode, newId } = await served("messages.js");
const [ID, OTHER] = [newId(), newId()];
const say = (more = {}) => ({ v: 1, type: "say", id: ID, text: "hello", ...more });
let seq = 0;
const by = (alias, more = {}) => ({ seq: (seq += 1), at: 5, alias, device: `${alias}'s`, mine: false, ...more });

const whole = [
  say(), say({ re: OTHER }), say({ note: "food" }), say({ note: "" }), say({ text: "a".repeat(8000) }), say({ extra: 1 }),
  { v: 1, type: "edit", to: ID, text: "b" }, { v: 1, type: "edit", to: ID, text: "b", note: "n" }, { v: 1, type: "take_back", to: ID },
  ...SIGNS.flatMap((sign) => [true, false].map((on) => ({ v: 1, type: "react", to: ID, sign, on }))),
];

const NOT_IDS = [undefined, null, 5, "", "short", `${ID}a`, `${ID}\n`, [ID], { 0: ID }, ID.replace(/./, "+")];
const broken = [
  null, 5, "say", [], [say()], {}, { ...say(), v: 2 }, { ...say(), v: "1" }, { ...say(), v: undefined }, say({ type: "shout" }), say({ type: ["say"] }),
  ...NOT_IDS.flatMap((id) => [say({ id }), { v: 1, type: "edit", to: id, text: "b" }, { v: 1, type: "take_back", to: id }, { v: 1, type: "react", to: id, sign: "me_too", on: true }]),
  ...NOT_IDS.slice(1).map((re) => say({ re })),
  ...[undefined, null, "", 5, ["a"], "a".repeat(8001)].flatMap((words) => [say({ text: words }), { v: 1, type: "edit", to: ID, text: words }]),
  ...[null, 5, ["n"], "n".repeat(81)].flatMap((note) => [say({ note }), { v: 1, type: "edit", to: ID, text: "b", note }]),
  ...[undefined, null, "love", "__proto__", ["me_too"]].map((sign) => ({ v: 1, type: "react", to: ID, sign, on: true })),
  ...[undefined, null, 1, "true"].map((on) => ({ v: 1, type: "react", to: ID, sign: "me_too", on })),
];

test("what is whole is read, and comes out as it went in", () => {
  for (const content of whole) assert.deepEqual(decode(encode(content)), content);
});

test("malformed contents of every sort are refused", () => {
  for (const content of broken) assert.equal(decode(text(JSON.stringify(content))), null, JSON.stringify(content)?.slice(0, 90));
});

test("bytes that are no content are refused", () => {
  const good = JSON.stringify(say());
  for (const words of ["", " ", "{", good.slice(1), `${good}x`, "[".repeat(60_000), '{"v":1'.repeat(5000)]) assert.equal(decode(text(words)), null);
  assert.equal(decode(new Uint8Array([...text(good.slice(0, -2)), 0xff, ...text('"}')])), null);
  const long = JSON.stringify(say({ extra: "a".repeat(64 * 1024) }));
  assert.equal(decode(text(long)), null, "longer than can be reported");
});

test("a thousand ids are a thousand", () => {
  const ids = Array.from({ length: 1000 }, newId);
  assert.equal(new Set(ids).size, 1000);
  for (const id of ids) assert.match(id, /^[\w-]{22}$/);
});

function room() {
  const messages = new Messages();
  messages.take(say(), by("ada"));
  return { messages, first: messages.get(ID) };
}

test("edits and take-backs count from whoever said it, at any of their devices, and from nobody else", () => {
  const { messages, first } = room();
  assert.equal(messages.take({ type: "edit", to: ID, text: "stolen" }, by("ben")), null);
  assert.equal(messages.take({ type: "take_back", to: ID }, by("ben")), null);
  assert.deepEqual([first.text, first.edited, first.takenBack], ["hello", false, false]);
  assert.equal(messages.take({ type: "edit", to: ID, text: "better", note: "n" }, by("ada", { device: "phone" })), ID);
  assert.deepEqual([first.text, first.note, first.edited], ["better", "n", true]);
  messages.take({ type: "react", to: ID, sign: "me_too", on: true }, by("ben"));
  assert.equal(messages.take({ type: "take_back", to: ID }, by("ada")), ID);
  assert.deepEqual([first.text, first.note, first.takenBack, first.reactions.me_too], ["", undefined, true, []]);
  for (const late of [{ type: "edit", text: "again" }, { type: "take_back" }, { type: "react", sign: "me_too", on: true }]) {
    assert.equal(messages.take({ ...late, to: ID }, by("ada")), null);
  }
  assert.equal(first.text, "");
});

test("nobody takes an id that is taken, not even its own author", () => {
  const { messages, first } = room();
  for (const alias of ["ben", "ada"]) assert.equal(messages.take(say({ text: "other words" }), by(alias)), null);
  assert.deepEqual([messages.all().length, first.text, first.alias], [1, "hello", "ada"]);
});

test("what is about nothing changes nothing", () => {
  const { messages } = room();
  for (const content of [{ type: "edit", text: "x" }, { type: "take_back" }, { type: "react", sign: "me_too", on: true }]) {
    assert.equal(messages.take({ ...content, to: OTHER }, by("ada")), null);
  }
  assert.equal(messages.all().length, 1);
});

test("each person reacts once with each sign, until they take it away", () => {
  const { messages, first: { id } } = room();
  const react = (alias, sign, on) => messages.take({ type: "react", to: id, sign, on }, by(alias));
  const now = () => messages.get(id).reactions;
  react("ben", "me_too", true);
  react("ben", "me_too", true);
  react("cem", "me_too", true);
  react("ben", "thank_you", true);
  assert.deepEqual(now(), { with_you: [], me_too: ["ben", "cem"].toSorted(), thank_you: ["ben"] });
  react("ben", "me_too", false);
  react("dua", "me_too", false);
  assert.deepEqual(now(), { with_you: [], me_too: ["cem"], thank_you: ["ben"] });
});

test("what waits stands last, in the order in which it was said, until it is there", () => {
  const messages = new Messages();
  const [one, two] = [say(), say({ id: OTHER, text: "two" })];
  for (const content of [one, two]) messages.expect(content, { alias: "ada", device: "d" });
  messages.take(say({ id: newId(), text: "between" }), by("ben"));
  const shown = () => messages.all().map((each) => [each.text, each.status]);
  assert.deepEqual(shown(), [["between", "sent"], ["hello", "waiting"], ["two", "waiting"]]);
  messages.take(one, by("ada", { mine: true }));
  assert.deepEqual(shown(), [["between", "sent"], ["hello", "sent"], ["two", "waiting"]]);
  assert.equal(messages.drop(OTHER).text, "two");
  assert.equal(messages.drop(OTHER), undefined);
  messages.expect(one, { alias: "ada", device: "d" });
  assert.deepEqual(shown(), [["between", "sent"], ["hello", "sent"]], "what is there does not wait");
});

test("the room's order holds, in whatever order it comes", () => {
  const messages = new Messages();
  for (const place of [4, 9, 6, 2, 7]) messages.take(say({ id: newId(), text: `${place}` }), by("ada", { seq: place }));
  assert.deepEqual(messages.all().map((each) => each.text), ["2", "4", "6", "7", "9"]);
});
