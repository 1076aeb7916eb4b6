// Being in a room over time: removals, strangers, broken lines, lost pages, gaps, and words that must not be lost.

import assert from "node:assert/strict";
import { test } from "node:test";

import { COMMIT, SAY } from "./gateway.mjs";
import { soon, until } from "./modules.mjs";
import { Member, assertTogether, complaints, roomOf } from "./people.mjs";

const says = (gateway) => gateway.envelopes.filter((each) => each.kind === SAY);

test("whoever is removed is out at once, and what follows is sealed without them", async () => {
  const { gateway, members: [ada, ben, cem] } = await roomOf("Ada", "Ben", "Cem");
  await assertTogether([ada, ben, cem]);
  const before = gateway.epoch;
  gateway.remove(cem.person);
  ada.say("without Cem");
  await until(() => ben.heard.includes("without Cem"));
  assert.ok(gateway.epoch > before);
  assert.equal(cem.conversation.endedBecause, "removed");
  assert.ok(says(gateway).filter((each) => each.epoch <= before).length === 3, "nothing more under the keys that Cem has");
  // Even with all that was sent, Cem's keys open none of it.
  const later = gateway.envelopes.filter((each) => each.epoch > before);
  const entries = later.map(({ seq, bytes }) => ({ seq, message: bytes.slice(130), about: {} }));
  const answers = await cem.do((conversation) => conversation.handle.open(entries));
  assert.ok(answers.length > 0);
  assert.deepEqual(answers.filter((each) => each.kind === "said"), []);
  await until(() => ada.told.announce.some(({ kind, alias }) => kind === "went" && alias === cem.person.alias));
  await assertTogether([ada, ben], "later");
});

test("a device that is on nobody's roster is put out, and nothing is sealed for it meanwhile", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  const ghost = new Member(gateway, "Ghost");
  ghost.person.isGhost = true;
  // What is said at the worst moment: while the change that brings the ghost in is being opened.
  let said = 0;
  gateway.breaks = (moment, { kind }) => {
    if (kind === COMMIT && moment === "stored") for (const member of [ada, ben]) for (let turn = 0; turn < 3; turn += 1) setTimeout(() => member.say(`secret ${(said += 1)}`), turn);
    return false;
  };
  await ghost.comeIn();
  gateway.breaks = () => false;
  gateway.refuses = (_, { device }) => (device === ghost.device ? "rate" : "");
  await until(() => !ghost.isIn, "it is put out");
  for (const member of [ada, ben]) await until(() => member.heard.filter((text) => text.startsWith("secret")).length === said, "all was said in the end");
  assert.ok(said > 0);
  assert.deepEqual(ghost.heard, []);
  await ghost.leave();
});

test("of all that is said while strangers come and go nothing was sealed for one of them", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  let count = 0;
  const talk = setInterval(() => ada.say(`word ${(count += 1)}`), 40);
  const ghosts = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const ghost = new Member(gateway, `Ghost ${turn}`);
    ghost.person.isGhost = true;
    ghosts.push(ghost);
    await ghost.comeIn();
    gateway.refuses = (_, { device }) => (device === ghost.device ? "rate" : "");
    await until(() => !ghost.isIn, "it is put out");
    await ghost.leave();
  }
  clearInterval(talk);
  await until(() => ben.heard.length === count, "all was said in the end", 30_000);
  assert.deepEqual(ghosts.flatMap((ghost) => ghost.heard), []);
});

test("a page that is loaded again goes on where it was, with all words and its own", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  ada.say("one");
  ben.say("two");
  await until(() => ben.heard.length === 2 && ada.heard.length === 2);
  const order = ada.heard;
  await ben.reload();
  ada.say("three");
  await until(() => ben.heard.length === 3);
  assert.deepEqual(ben.heard, [...order, "three"]);
  assert.deepEqual(ben.conversation.messages.map((each) => each.mine), ben.heard.map((text) => text === "two"));
  assert.deepEqual(ben.told.began, [], "it never left");
  await assertTogether([ada, ben]);
  assert.equal(gateway.envelopes.filter((each) => each.kind === COMMIT).length, 1);
});

test("offline for a while: nothing is missed, and what was typed goes out later, in order", async () => {
  const { members: [ada, ben] } = await roomOf("Ada", "Ben");
  ben.page.goOffline();
  assert.equal(ben.conversation.line, "offline");
  for (let turn = 0; turn < 5; turn += 1) {
    ada.say(`online ${turn}`);
    ben.say(`offline ${turn}`);
  }
  await until(() => ada.heard.length === 5);
  assert.deepEqual(ben.heard, []);
  assert.equal(ben.waiting.length, 5);
  ben.page.goOnline();
  await until(() => ben.heard.length === 10 && ada.heard.length === 10);
  assert.deepEqual(ben.heard, ada.heard);
  assert.deepEqual(ben.heard.slice(5), [0, 1, 2, 3, 4].map((turn) => `offline ${turn}`));
});

test("the gateway restarts in the middle of talk: each word is there once, in one order", async () => {
  const { gateway, members } = await roomOf("Ada", "Ben", "Cem");
  for (let turn = 0; turn < 12; turn += 1) {
    for (const member of members) member.say(`${member.name} ${turn}`);
    if (turn % 4 === 1) gateway.restart();
    await soon(30);
  }
  for (const member of members) await until(() => member.heard.length === 36, `${member.name} hears all`, 20_000);
  for (const member of members) assert.deepEqual(member.heard, members[0].heard);
  assert.equal(says(gateway).length, 36);
});

for (const moment of ["arrived", "stored"]) {
  test(`the line breaks when words have ${moment}: they are said once`, async () => {
    const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
    let breaks = 3;
    gateway.breaks = (now, { kind }) => kind === SAY && now === moment && (breaks -= 1) >= 0;
    for (const text of ["one", "two", "three"]) ada.say(text);
    await until(() => ben.heard.length === 3 && ada.heard.length === 3);
    assert.deepEqual(ben.heard, ["one", "two", "three"]);
    assert.deepEqual(ada.waiting, []);
    assert.equal(says(gateway).length, 3);
  });

  test(`the page is lost when its words have ${moment}: they are said once, and those after them too`, async () => {
    const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
    let isLost = false;
    gateway.breaks = (now, { kind }) => kind === SAY && now === moment && !isLost && (isLost = true);
    ada.say("one");
    await until(() => isLost);
    await ada.reload();
    ada.say("two");
    await until(() => ben.heard.length === 2 && ada.heard.length === 2);
    assert.deepEqual(ben.heard, ["one", "two"]);
    assert.deepEqual(ada.waiting, []);
    assert.equal(says(gateway).length, 2);
  });
}

test("the page is lost after its words came back and before it noted that: nothing is stuck, nothing doubled", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  let isOpened = false;
  ada.page.diesAt = ({ call }) => {
    if (call === "open") isOpened = true;
    return isOpened && call === "keep";
  };
  ada.say("one");
  await until(() => ada.page.isGone);
  await ada.reload();
  await until(() => ada.isIn);
  ada.say("two");
  await until(() => ben.heard.length === 2 && ada.heard.length === 2);
  assert.deepEqual([ada.heard, ada.waiting], [["one", "two"], []]);
  assert.equal(says(gateway).length, 2);
});

test("words that wait over a reload do not take the number of a change of keys, nor lose theirs to one", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  let isLost = false;
  gateway.breaks = (now, { kind }) => kind === SAY && now === "arrived" && !isLost && (isLost = true);
  ada.say("kept");
  await until(() => isLost);
  await ada.page.close();
  gateway.remove(gateway.person("Nobody"));
  await ada.open();
  await until(() => ada.heard.length === 1 && ben.heard.length === 1);
  ada.say("after it");
  await until(() => ben.heard.length === 2);
  assert.deepEqual(ben.heard, ["kept", "after it"]);
});

test("a change of keys is missing in what is kept of the past: it comes again by itself", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  ben.page.goOffline();
  const cem = await new Member(gateway, "Cem").comeIn();
  const dua = await new Member(gateway, "Dua").comeIn();
  ada.say("unheard");
  await until(() => dua.heard.length === 1);
  gateway.erase(gateway.envelopes.find((each) => each.device === cem.device && each.kind === COMMIT).seq);
  ben.page.goOnline();
  await until(() => ben.told.began.length === 2, "it came in anew");
  await assertTogether([ada, ben, cem, dua]);
});

test("the last change of keys is missing: it comes again by itself, and what waited is said", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  ben.page.goOffline();
  const cem = await new Member(gateway, "Cem").comeIn();
  gateway.erase(gateway.envelopes.find((each) => each.device === cem.device && each.kind === COMMIT).seq);
  ben.say("typed offline");
  ben.page.goOnline();
  await until(() => ada.heard.includes("typed offline"));
  await assertTogether([ada, ben, cem]);
});

test("an envelope that never came is asked for again", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  const [socket] = ben.page.sockets;
  const receive = socket.receive;
  let lost = 0;
  socket.receive = (bytes) => (bytes[0] === 129 && (lost += 1) === 1 ? undefined : receive.call(socket, bytes));
  for (const text of ["one", "two", "three"]) ada.say(text);
  await until(() => ben.heard.length === 3);
  assert.deepEqual(ben.heard, ["one", "two", "three"]);
  assert.deepEqual(says(gateway).length, 3);
});

test("several frames at once with one missing between them: none is passed over", async () => {
  const { members: [ada, ben] } = await roomOf("Ada", "Ben");
  const [socket] = ben.page.sockets;
  const receive = socket.receive;
  const held = [];
  socket.receive = (bytes) => (bytes[0] === 129 ? held.push(bytes) : receive.call(socket, bytes));
  for (const text of ["one", "two", "three", "four"]) ada.say(text);
  await until(() => held.length === 4);
  // While the first is being opened the others wait behind it.
  for (const bytes of [held[0], held[2], held[3]]) receive.call(socket, bytes);
  await until(() => ben.heard.length === 4);
  assert.deepEqual(ben.heard, ["one", "two", "three", "four"]);
});

test("in a second tab the room is elsewhere, until it is taken over; the first tab is told once", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  await assertTogether([ada, ben], "before");
  const tab = new Member(gateway, "Ada", { person: ada.person, browser: ada.browser });
  await tab.open();
  assert.equal(tab.conversation.endedBecause, "elsewhere");
  await tab.open({ takeOver: true });
  await until(() => tab.isIn && ada.told.ended.length > 0);
  assert.deepEqual(ada.told.ended, [{ because: "elsewhere" }]);
  await assertTogether([tab, ben]);
});

test("what others could not show goes back to whoever wrote it, and never goes out", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  for (const [text, options] of [["a".repeat(8001)], [""], ["fine", { note: "n".repeat(81) }]]) {
    const id = ada.say(text, options);
    await until(() => ada.told.refused.some((each) => each.id === id && each.reason === "size" && each.content.text === text));
  }
  ada.say("fine");
  await until(() => ben.heard.length === 1);
  assert.deepEqual([ben.heard, ada.waiting, says(gateway).length], [["fine"], [], 1]);
});

test("what is refused for good comes back as words; what is refused for now is said later", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  const reasons = ["rate", "turn", "epoch", "paused"];
  gateway.refuses = ({ kind }) => (kind === SAY ? reasons.shift() ?? "" : "");
  for (const text of ["one", "two", "three"]) ada.say(text);
  await until(() => ben.heard.length === 1 && ada.waiting.length === 0);
  assert.deepEqual(ada.told.refused.map(({ reason, content }) => [reason, content.text]), [["turn", "one"], ["paused", "two"]]);
  assert.deepEqual(ben.heard, ["three"]);
});

test("a header that lies about who said it is not believed", async () => {
  const { members: [ada, ben, cem] } = await roomOf("Ada", "Ben", "Cem");
  const [socket] = ben.page.sockets;
  const receive = socket.receive;
  socket.receive = (bytes) => {
    const lie = bytes.slice();
    if (bytes[0] === 129 && bytes[1] === SAY) lie.set(cem.person.alias.match(/../g).map((pair) => Number.parseInt(pair, 16)), 30);
    receive.call(socket, lie);
  };
  ada.say("I am Ada");
  await until(() => ben.told.unreadable.length === 1 && cem.heard.length === 1);
  assert.deepEqual(ben.heard, []);
  assert.deepEqual(complaints(), []);
});

test("when it is forgotten, nothing of the room is left in the browser, also while words arrive", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  for (let turn = 0; turn < 5; turn += 1) {
    ada.say(`word ${turn}`);
    ben.say(`mine ${turn}`);
  }
  await until(() => ben.heard.length > 0);
  await ben.do((conversation) => conversation.forget());
  await soon(100);
  const database = ben.browser.indexedDB._databases.get(`hearthside ${ben.person.alias}`);
  const names = [...database.rawObjectStores.get("records").records.values()].map(({ key }) => key);
  assert.ok(names.includes("identity"));
  assert.deepEqual(names.filter((name) => name.includes(gateway.room)), []);
});
