// What a writer is shown: by the real English rules where words are given, by made-up signals where a law is tried.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Device, HOUR, reading, served, signal, told } from "./said.mjs";

const { shownFor } = await served("flow.js");
const { explicitIn, isMedicalTalk } = await served("kinds.js");

const shown = (text, { memory } = new Device(), room = {}) => shownFor(reading(text), memory, room);
const kinds = (text) => shown(text).card?.kind ?? null;

test("danger to oneself is held for a card before the words go", () => {
  const found = shown("I want to kill myself tonight");
  assert.deepEqual([found.card.kind, found.held, found.isShort], ["now", true, false]);
  assert.ok(found.card.quotes.some((quote) => "I want to kill myself tonight".includes(quote)));
});

test("ordinary words show nothing at all, and keep no help in view", () => {
  const device = new Device();
  for (const text of ["Good evening everybody", "This traffic is killing me", "The garden is lovely", "See you next week", ""]) {
    const { card, held, line } = shown(text, device);
    assert.deepEqual([card, held, line], [null, false, false], text);
  }
  assert.equal(device.memory.isHelpInView, false);
  assert.equal(device.storage.kept.size, 0);
});

for (const [kind, text] of Object.entries({
  abuse: "my husband strangled me last night",
  medical: "I have not eaten in six days and fainted",
  reality: "the voices tell me to jump",
  harm: "I might kill him",
  other: "my friend says she will kill herself tonight",
  past: "I tried to kill myself ten years ago",
  bereaved: "I lost my son to suicide in March",
})) test(`the card for "${kind}" is its own`, () => assert.equal(kinds(text), kind));

test("who tells of another person's danger, of the past or of a loss does not wait for a tap", () => {
  for (const text of ["my friend says she will kill herself tonight", "I tried to kill myself ten years ago", "My brother killed himself last year"]) {
    assert.equal(shown(text).held, false, text);
  }
});

test("where one message tells of several dangers, one's own life comes first", () => {
  const several = told(signal({ act: "medical", rule: "medical.test" }), signal({ act: "abuse", rule: "abuse.test" }), signal({ who: "other" }), signal());
  assert.equal(explicitIn(several).kind, "now");
  assert.equal(explicitIn(told(signal({ who: "other" }), signal({ act: "abuse", rule: "abuse.test" }))).kind, "abuse");
});

test("a denial lowers and never clears: no card, the quiet line, and help in view for a day", () => {
  const device = new Device();
  const found = shown("I am not suicidal, really", device);
  assert.deepEqual([found.card, found.held, found.line], [null, false, true]);
  assert.ok(device.memory.isHelpInView);
  const after = new Device();
  shown("I want to kill myself tonight", after);
  shown("I don't want to kill myself, I did not mean it", after);
  after.passes(23 * HOUR);
  assert.ok(after.opened().isHelpInView, "also in a page that is opened later");
  after.passes(2 * HOUR);
  assert.equal(after.opened().isHelpInView, false);
});

test("a concern is one quiet line, at most once a day", () => {
  const device = new Device();
  const line = () => shown("There is no way out for me", device).line;
  assert.deepEqual([line(), line()], [true, false]);
  device.passes(23 * HOUR);
  assert.equal(shownFor(told(signal({ level: "concern", act: "unclear", rule: "linear.concern" })), device.opened()).line, false);
  device.passes(2 * HOUR);
  assert.equal(line(), true);
});

test("the same card does not come again; something graver brings it back, shorter", () => {
  const device = new Device();
  assert.equal(shown("I want to die", device).isShort, false);
  assert.equal(shown("I want to die", device).card, null);
  assert.equal(shown("I really want to die", device).held, false);
  const graver = shownFor(told(signal({ act: "plan", rule: "plan.test" })), device.memory);
  assert.deepEqual([graver.card.act, graver.held, graver.isShort], ["plan", true, true]);
  assert.equal(shownFor(told(signal({ act: "plan", rule: "plan.test" })), device.memory).card, null);
  assert.equal(shown("I want to die", device).card, null, "less grave is nothing new");
  const newer = shownFor(told(signal({ act: "plan", rule: "plan.other" })), device.memory);
  assert.equal(newer.isShort, true, "a plan with something new in it");
  const another = shownFor(told(signal({ act: "abuse", rule: "abuse.test" })), device.memory);
  assert.deepEqual([another.card.kind, another.isShort], ["abuse", false], "another danger");
});

test("in rooms about suicide or loss nobody is asked about what they came to speak of", () => {
  const room = { isTender: true };
  const past = told(signal({ when: "past" }));
  const lost = told(signal({ who: "other", when: "past", rule: "note.loss" }));
  assert.equal(shownFor(past, new Device().memory, room).card, null);
  assert.equal(shownFor(lost, new Device().memory, room).card, null);
  assert.equal(shown("I want to kill myself tonight", new Device(), room).card.kind, "now");
});

test("the past and a loss are spoken of once a day", () => {
  const device = new Device();
  const past = () => shown("I tried to kill myself ten years ago", device).card?.kind ?? null;
  assert.deepEqual([past(), past()], ["past", null]);
});

test("where nothing is read, nothing is said", () => {
  const { memory } = new Device();
  assert.equal(shownFor({ tier: "none", signals: [], isOn: false }, memory).card, null);
  assert.equal(memory.isHelpInView, false);
});

test("a question about medicine is talk for a note, not for a card", () => {
  for (const text of ["I get dizzy when I drink after surgery", "how many tablets should I take for pain"]) {
    const found = reading(text);
    assert.ok(isMedicalTalk(found), text);
    assert.equal(shownFor(found, new Device().memory).card, null);
  }
  assert.equal(isMedicalTalk(reading("I want to kill myself")), false);
});

test("asking somebody whether they think of suicide is no danger of one's own", () => {
  const device = new Device();
  const { card, line } = shown("are you thinking of suicide?", device);
  assert.deepEqual([card, line, device.memory.isHelpInView], [null, false, false]);
});

test("reading words and choosing what to show takes less than a tenth of a second, also for the longest message", () => {
  const { memory } = new Device();
  const long = "I am so tired of all this and I do not know how to go on with my week. ".repeat(110).slice(0, 7900);
  shownFor(reading("I want to kill myself"), memory);
  const began = performance.now();
  for (let n = 0; n < 20; n += 1) shownFor(reading(`I want to kill myself tonight ${n}`), memory);
  const each = (performance.now() - began) / 20;
  assert.ok(each < 100, `${each} ms`);
  const from = performance.now();
  shownFor(reading(long), memory);
  console.log(`# one message ${each.toFixed(1)} ms, 7,900 letters ${(performance.now() - from).toFixed(1)} ms`);
});
