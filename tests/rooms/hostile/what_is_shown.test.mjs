// What a page shows of members with altered browsers, and of a server that lies about whose device is whose.

import assert from "node:assert/strict";
import { test } from "node:test";

const at = (name) => import(`../../../src/hearthside/rooms/static/rooms/${name}`);
const { Messages, newId } = await at("messages.js");
const { Roster } = await at("roster.js");

const device = (id) => ({ id, fingerprint: "f" });
const person = (alias, ...ids) => ({ alias, devices: ids.map(device) });

test("no message is edited so often that a report of it could not hold all that was shown", () => {
  const messages = new Messages();
  const id = newId();
  const by = { seq: 1, at: 1, alias: "ana", device: "a", mine: false };
  messages.take({ type: "say", id, text: "first" }, by);
  const shown = Array.from({ length: 60 }, (_, number) =>
    messages.take({ type: "edit", to: id, text: `version ${number}` }, { ...by, seq: number + 2 }));
  assert.equal(shown.filter((each) => each === id).length, 20);
  assert.equal(messages.get(id).text, "version 19");
});

test("a device stays whose it was first, whatever the server says later", () => {
  const roster = new Roster();
  roster.learn({ people: [person("mallory", "m"), person("ana", "a")] });
  const told = roster.learn({ people: [person("ana", "a", "m")] });
  assert.equal(roster.ownerOf("m"), "mallory");
  assert.deepEqual(told.people, [person("ana", "a")], "it is on nobody's list, so it is put out of the keys");
});

test("whose words a device signed first decides whose it is when the roster follows", () => {
  const roster = new Roster();
  assert.equal(roster.pin("m", "mallory"), true);
  assert.deepEqual(roster.learn({ people: [person("ana", "m")] }).people, [person("ana")]);
  assert.equal(roster.pin("m", "ana"), false);
});
