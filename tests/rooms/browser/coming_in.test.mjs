// Coming into a room's keys: founding, being let in, coming in alone, all at once, and back after a loss.

import assert from "node:assert/strict";
import { test } from "node:test";

import { COMMIT, FOUNDED, Gateway } from "./gateway.mjs";
import { until } from "./modules.mjs";
import { Member, assertTogether, roomOf } from "./people.mjs";

// They wanted to found it themselves, were told that somebody else does, and left packages to be let in by.
const waitsToBeLetIn = ({ gateway, person }) => person.devices.some(({ id, packages }) =>
  packages.length > 0 && gateway.heardOf.some(({ kind, device }) => kind === FOUNDED && device === id));
const accepted = (gateway, kind) => gateway.envelopes.filter((each) => each.kind === kind).length;

test("the first founds the room, alone, and can speak", async () => {
  const { gateway, members } = await roomOf("Ada");
  await assertTogether(members);
  assert.equal(accepted(gateway, FOUNDED), 1);
  assert.equal(accepted(gateway, COMMIT), 0, "nothing changes the keys without a reason");
  assert.equal(members[0].told.began.length, 1);
});

test("whoever waits while the room is founded is let in by its founder", async () => {
  const gateway = new Gateway();
  const [ada, ben, cem] = ["Ada", "Ben", "Cem"].map((name) => new Member(gateway, name));
  // Ben and Cem are there, and what they want to found comes after what Ada founds.
  gateway.refuses = ({ kind }, { person }) => (kind === FOUNDED && person !== ada.person ? "founded" : "");
  await Promise.all([ben.open(), cem.open()]);
  await until(() => waitsToBeLetIn(ben) && waitsToBeLetIn(cem));
  await ada.comeIn();
  await until(() => ben.isIn && cem.isIn);
  await assertTogether([ada, ben, cem]);
  assert.equal(accepted(gateway, COMMIT), 1, "one change let both in");
  for (const { told } of [ben, cem]) assert.equal(told.began.length, 1, "it is said where their view begins");
});

test("also where a group does not show who is here", async () => {
  const gateway = new Gateway();
  gateway.showsPresence = false;
  const [ada, ben] = ["Ada", "Ben"].map((name) => new Member(gateway, name));
  gateway.refuses = ({ kind }, { person }) => (kind === FOUNDED && person !== ada.person ? "founded" : "");
  await ben.open();
  await until(() => waitsToBeLetIn(ben));
  await ada.comeIn();
  await until(() => ben.isIn);
  assert.deepEqual(gateway.heardOf.filter(({ kind }) => kind === COMMIT).map(({ device }) => device), [ada.device]);
  await assertTogether([ada, ben]);
});

test("ten come at once, and lose no word", async () => {
  const gateway = new Gateway();
  const members = Array.from({ length: 10 }, (_, index) => new Member(gateway, `P${index}`));
  await Promise.all(members.map((member) => member.open()));
  await until(() => members.every((member) => member.isIn), "all ten are in", 30_000);
  assert.equal(accepted(gateway, FOUNDED), 1);
  await assertTogether(members);
});

test("ten come at once where nobody can be let in", async () => {
  const gateway = new Gateway({ claims: false });
  const members = Array.from({ length: 10 }, (_, index) => new Member(gateway, `P${index}`));
  await Promise.all(members.map((member) => member.open()));
  await until(() => members.every((member) => member.isIn), "all ten are in", 40_000);
  assert.equal(accepted(gateway, COMMIT), 9);
  await assertTogether(members);
});

test("coming in too often waits, and then comes in", async () => {
  const { gateway, members: [ada] } = await roomOf("Ada");
  const ben = new Member(gateway, "Ben");
  let left = 2;
  gateway.refuses = ({ kind }, { person }) => (kind === COMMIT && person === ben.person && (left -= 1) >= 0 ? "rate" : "");
  await ben.comeIn();
  await assertTogether([ada, ben]);
});

for (const moment of ["arrived", "stored"]) {
  test(`the line breaks when the founding has ${moment}: the room is founded once, and its founder is in it`, async () => {
    const gateway = new Gateway();
    const ada = new Member(gateway, "Ada");
    let isBroken = false;
    gateway.breaks = (now, { kind }) => kind === FOUNDED && now === moment && !isBroken && (isBroken = true);
    await ada.comeIn();
    assert.ok(isBroken);
    const ben = await new Member(gateway, "Ben").comeIn();
    await assertTogether([ada, ben]);
  });

  test(`the page is lost when its founding has ${moment}, and somebody else may have founded the room`, async () => {
    const gateway = new Gateway();
    const [ada, ben] = ["Ada", "Ben"].map((name) => new Member(gateway, name));
    let isLost = false;
    gateway.breaks = (now, { kind }, { person }) => kind === FOUNDED && person === ada.person && now === moment && !isLost && (isLost = true);
    await ada.open();
    await until(() => isLost);
    await ada.page.close();
    await ben.comeIn();
    await ada.comeIn();
    await assertTogether([ada, ben]);
  });

  test(`the line breaks when a joining has ${moment}: it comes in all the same`, async () => {
    const { gateway, members: [ada] } = await roomOf("Ada");
    let isBroken = false;
    gateway.breaks = (now, { kind }) => kind === COMMIT && now === moment && !isBroken && (isBroken = true);
    const ben = await new Member(gateway, "Ben").comeIn();
    assert.ok(isBroken);
    await assertTogether([ada, ben]);
  });
}

test("a second device of the same person is announced as one, and both hear", async () => {
  const { gateway, members: [ada, ben] } = await roomOf("Ada", "Ben");
  const phone = await new Member(gateway, "Ben's phone", { person: ben.person }).comeIn();
  await until(() => ada.told.announce.length === 2);
  assert.deepEqual(ada.told.announce.map(({ kind, alias }) => [kind, alias]), [["came", ben.person.alias], ["new_device", ben.person.alias]]);
  await assertTogether([ada, ben]);
  phone.say("from my pocket");
  await until(() => ben.heard.includes("from my pocket"));
  assert.ok(ben.conversation.messages.find((each) => each.text === "from my pocket").mine);
});

test("whoever comes later cannot read what was said before", async () => {
  const { gateway, members: [ada] } = await roomOf("Ada");
  ada.say("before");
  await until(() => ada.heard.includes("before"));
  const ben = await new Member(gateway, "Ben").comeIn();
  ada.say("after");
  await until(() => ben.heard.length > 0);
  assert.deepEqual(ben.heard, ["after"]);
  assert.deepEqual(ben.told.unreadable, []);
});

test("a browser that lost its keys of the room comes again, and the others are told", async () => {
  const { members: [ada, ben] } = await roomOf("Ada", "Ben");
  await assertTogether([ada, ben], "first");
  await ben.do((conversation) => conversation.forget());
  await ben.page.close();
  await ben.comeIn();
  await until(() => ada.told.announce.some(({ kind }) => kind === "came_again"));
  await assertTogether([ada, ben], "second");
  assert.ok(!ben.heard.includes("first Ada"));
});
