// What sealing promises, whatever it is made of.

import assert from "node:assert/strict";
import { test } from "node:test";

import { random, text, words } from "./bytes.mjs";
import { Device, assertTogether, heardBy, roomOf } from "./people.mjs";
import { sealing } from "./served.mjs";

const EIGHT = ["ada", "ben", "cem", "dua", "eva", "fay", "gil", "hal"];
const refused = (name) => ({ name });

test("eight devices hear each other, and read one code aloud", async () => {
  const eight = await roomOf(...EIGHT);
  await assertTogether(eight);
  assert.match(await sealing.code(eight[7].room), /^\d{5}( \d{5}){3}$/);
});

test("a code is another one after each change, and in each room", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const [other] = await roomOf("ada");
  const before = await sealing.code(ada.room);
  await ada.change({}, [ben]);
  const codes = [before, await sealing.code(ada.room), await sealing.code(other.room)];
  assert.equal(new Set(codes).size, 3);
  await assertTogether([ada, ben]);
});

test("who comes later cannot read what was said earlier", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const earlier = await ada.say("before you came");
  await ben.hear(earlier);
  const cem = await Device.called("cem", ada.groupId);
  const { welcome } = await ada.change({ add: [await cem.publish()] }, [ben]);
  await cem.welcomed(welcome);
  await assert.rejects(cem.hear(earlier), refused("OldEpoch"));
  const dua = await Device.called("dua", ada.groupId);
  await dua.comeIn(await sealing.groupInfo(ada.room), [ada, ben, cem]);
  await assert.rejects(dua.hear(earlier), refused("OldEpoch"));
  await assertTogether([ada, ben, cem, dua]);
});

test("who was removed cannot read what is said later, nor say anything", async () => {
  const [ada, ben, cem] = await roomOf("ada", "ben", "cem");
  const { commit } = await ada.change({ remove: ["cem"] }, [ben]);
  const keptBack = sealing.fromBytes(sealing.toBytes(cem.room));
  const told = await cem.hear(commit);
  assert.deepEqual([told.gone, told.by, told.left.map(({ device }) => device)], [true, "ada", ["cem"]]);
  const later = await ada.say("after you left");
  assert.equal(await ben.hear(later), "after you left");
  await assert.rejects(sealing.open(keptBack, later), refused("EarlyEpoch"));
  await assert.rejects(cem.hear(later), refused("NoLongerIn"));
  await assert.rejects(cem.say("still here?"), refused("NoLongerIn"));
  assert.equal(sealing.isIn(cem.room), false);
  const { message } = await sealing.seal(sealing.fromBytes(sealing.toBytes(keptBack)), text("still here?"));
  await assert.rejects(ben.hear(message), refused("SenderIsOut"));
});

test("of two who change the room at once one wins, and the other does it again", async () => {
  const [ada, ben, cem, dua] = await roomOf("ada", "ben", "cem", "dua");
  const eva = await Device.called("eva", ada.groupId);
  const winning = await sealing.change(ada.room, { remove: ["dua"] });
  const losing = await sealing.change(ben.room, { add: [await eva.publish()] });
  ada.room = winning.next;
  ben.room = losing.room;
  const [told] = await heardBy([ben, cem], winning.commit);
  assert.deepEqual(told.left.map(({ device }) => device), ["dua"]);
  await assert.rejects(heardBy([cem], losing.commit), refused("OldEpoch"));
  const { welcome } = await ben.change({ add: [await eva.publish()] }, [ada, cem]);
  await eva.welcomed(welcome);
  await assertTogether([ada, ben, cem, eva]);
});

test("who tried to change the room goes on in the old epoch until the answer is there", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const tried = await sealing.change(ada.room, {});
  ada.room = tried.room;
  assert.equal(await ben.hear(await ada.say("not yet")), "not yet");
  assert.equal(await ada.hear(await ben.say("I hear")), "I hear");
  const again = await sealing.change(ada.room, {});
  await ben.hear(again.commit);
  ada.room = again.next;
  await assertTogether([ada, ben]);
});

test("a device that lost its keys comes back by itself, and is told as come back", async () => {
  const [ada, ben, cem] = await roomOf("ada", "ben", "cem");
  const lost = await Device.called("ben", ada.groupId);
  const [told] = await lost.comeIn(await sealing.groupInfo(ada.room), [ada, cem]);
  const [was, is] = await Promise.all([ben, lost].map(({ identity }) => sealing.fingerprint(identity)));
  assert.deepEqual(told.rejoined, [{ device: "ben", fingerprint: is, before: was }]);
  assert.deepEqual([told.joined, told.left, told.by], [[], [], "ben"]);
  await assertTogether([ada, lost, cem]);
  await assert.rejects(ben.hear(await ada.say("for the new one")), refused("EarlyEpoch"));
});

test("a stored state goes on where it was, at every step", async () => {
  const devices = await roomOf("ada", "ben", "cem");
  const restore = () => devices.forEach((device) => { device.room = sealing.fromBytes(sealing.toBytes(device.room)); });
  restore();
  await assertTogether(devices);
  restore();
  await devices[1].change({ remove: ["cem"] }, [devices[0]]);
  devices.pop();
  restore();
  await assertTogether(devices);
});

test("whatever byte of a message is altered, it is refused, and the true one still opens", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const message = await ada.say("a true word", "about seat 4");
  for (let at = 0; at < message.length; at += 1) {
    const altered = message.slice();
    altered[at] ^= 1 << (at % 8);
    await assert.rejects(ben.hear(altered), (error) => error instanceof sealing.SealingError, `byte ${at}`);
  }
  await assert.rejects(ben.hear(message.slice(0, -1)), refused("Broken"));
  await assert.rejects(ben.hear(Uint8Array.of(...message, 0)), refused("Broken"));
  assert.equal(await ben.hear(message), "a true word");
});

test("what stands beside a message is told, and belongs to it", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const { message, room } = await sealing.seal(ada.room, text("hello"), text("seat 4"));
  const at = words(message).indexOf("seat 4");
  assert.ok(at > 0, "it is readable on the way");
  await assert.rejects(ben.hear(message.with(at + 5, "5".charCodeAt(0))), refused("Broken"));
  const opened = await sealing.open(ben.room, message);
  assert.deepEqual([words(opened.aad), opened.from], ["seat 4", "ada"]);
  ada.room = room;
});

test("a state never goes backwards: none is used twice", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const { room } = ada;
  const message = await ada.say("one");
  await assert.rejects(sealing.seal(room, text("two")), refused("StateIsSpent"));
  await assert.rejects(sealing.change(room, {}), refused("StateIsSpent"));
  assert.throws(() => sealing.toBytes(room), refused("StateIsSpent"));
  const before = ben.room;
  await ben.hear(message);
  await assert.rejects(sealing.open(before, message), refused("StateIsSpent"));
  const both = await Promise.allSettled([sealing.seal(ada.room, text("a")), sealing.seal(ada.room, text("b"))]);
  assert.deepEqual(both.map(({ status }) => status), ["fulfilled", "rejected"]);
});

test("a message opens once, and nobody opens their own", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const message = await ada.say("once");
  await ben.hear(message);
  await assert.rejects(ben.hear(message), refused("AlreadyOpened"));
  await assert.rejects(ada.hear(message), refused("OwnMessage"));
});

test("messages that overtake each other are all read, up to 32 apart", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const said = [];
  for (let number = 0; number < 34; number += 1) said.push(await ada.say(String(number)));
  assert.equal(await ben.hear(said[33]), "33");
  assert.equal(await ben.hear(said[1]), "1");
  await assert.rejects(ben.hear(said[0]), refused("AlreadyOpened"));
  assert.equal(await ben.hear(said[32]), "32");
});

test("what was on its way during two changes is still read, and nothing older", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const first = await ada.say("first");
  const second = await ada.say("second");
  for (let changes = 0; changes < 2; changes += 1) await ada.change({}, [ben]);
  assert.equal(await ben.hear(first), "first");
  await ada.change({}, [ben]);
  await assert.rejects(ben.hear(second), refused("OldEpoch"));
});

test("the length of a message tells only its block of 256", async () => {
  const [ada] = await roomOf("ada");
  const lengths = [];
  for (const length of [0, 1, 63, 64, 188, 189, 444, 445, 5000]) {
    const { message, room } = await sealing.seal(ada.room, random(length));
    ada.room = room;
    lengths.push(message.length);
  }
  const [small] = lengths;
  assert.deepEqual(lengths.map((length) => length - small), [0, 0, 0, 0, 0, 256, 256, 512, 19 * 256]);
});

test("a room is for one group: another's messages, invitations and keys are refused", async () => {
  const [ada] = await roomOf("ada", "ben");
  const [, dua] = await roomOf("cem", "dua");
  await assert.rejects(dua.hear(await ada.say("lost letter")), refused("NotForUs"));
  const eva = await Device.called("eva", dua.groupId);
  const { welcome } = await ada.change({ add: [await eva.publish()] }, []);
  await assert.rejects(eva.welcomed(welcome), refused("NotForUs"));
  const info = await sealing.groupInfo(ada.room);
  await assert.rejects(sealing.joinByExternalCommit(eva.identity, dua.groupId, info), refused("NotForUs"));
  assert.equal(await sealing.joinByWelcome(dua.identity, [], ada.groupId, welcome), null);
});

test("a device is in a room once", async () => {
  const [ada] = await roomOf("ada", "ben");
  const second = await Device.called("ben", ada.groupId);
  await assert.rejects(ada.change({ add: [await second.publish()] }, []), refused("AlreadyIn"));
  await assert.rejects(ada.change({ remove: ["cem"] }, []), refused("NotIn"));
  const { told } = await ada.change({ remove: ["ben"], add: [await second.publish()] }, []);
  assert.deepEqual(told, []);
  assert.equal((await sealing.members(ada.room)).length, 2);
});

test("key packages have their time, with a day's patience for wrong clocks", async () => {
  const day = 86_400_000;
  for (const [shift, isIn] of [[0, true], [0.9, true], [1.1, false], [-30.9, true], [-31.1, false]]) {
    const [ada] = await roomOf("ada");
    const ben = await Device.called("ben", ada.groupId);
    const adding = ada.change({ add: [await ben.publish({ days: 30, now: Date.now() + shift * day })] }, []);
    await (isIn ? adding : assert.rejects(adding, refused("PackageExpired"), `shifted by ${shift} days`));
  }
});

test("a package of last resort lets the same device into two rooms", async () => {
  const [ada] = await roomOf("ada");
  const [ben] = await roomOf("ben");
  const cem = await Device.called("cem", ada.groupId);
  const published = await cem.publish({ days: 90, lastResort: true });
  for (const host of [ada, ben]) {
    const { welcome } = await host.change({ add: [published] }, []);
    cem.groupId = host.groupId;
    await cem.welcomed(welcome);
    await assertTogether([host, cem]);
  }
});

test("a wiped room is spent, and rubbish is no room", async () => {
  const [ada] = await roomOf("ada", "ben");
  sealing.wipe(ada.room);
  await assert.rejects(ada.say("anything"), refused("StateIsSpent"));
  assert.throws(() => sealing.fromBytes(random(40).with(0, 9)), refused("Broken"));
});
