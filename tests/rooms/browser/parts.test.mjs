// The smaller parts: who is whose device, what is bound to what, the line's breaks, and what is asked over HTTP.

import assert from "node:assert/strict";
import { test } from "node:test";

import { random, text } from "../sealing/bytes.mjs";
import { served, soon, until } from "./modules.mjs";
import { Browser, Page } from "./window.mjs";

const { Roster } = await served("roster.js");
const { checked, prepared } = await served("proofs.js");
const { Line } = await served("line.js");
const { Post } = await served("post.js");
const { hex } = await served("bytes.js");
const { newId } = await served("messages.js");

const people = (owners) => ({ people: Object.entries(owners).map(([alias, ids]) => ({ alias, devices: ids.map((id) => ({ id, fingerprint: id })) })) });
const change = (more) => ({ joined: [], left: [], rejoined: [], ...more });
const on = (...ids) => ids.map((device) => ({ device }));

test("coming, coming with another device, coming again and going are told apart", () => {
  const roster = new Roster();
  roster.learn(people({ ada: ["a"], ben: ["b", "b2"] }));
  const told = (more, members) => {
    roster.note(change(more), 7);
    return roster.announcements(on(...members)).map(({ kind, alias, at }) => `${kind} ${alias} ${at}`);
  };
  assert.deepEqual(told({ joined: on("b") }, ["a", "b"]), ["came ben 7"]);
  assert.deepEqual(told({ joined: on("b2") }, ["a", "b", "b2"]), ["new_device ben 7"]);
  assert.deepEqual(told({ rejoined: on("a") }, ["a", "b", "b2"]), ["came_again ada 7"]);
  assert.deepEqual(told({ left: on("b") }, ["a", "b2"]), [], "still here with another");
  assert.deepEqual(told({ left: on("b2") }, ["a"]), ["went ben 7"]);
});

test("nobody is announced before they have a name, nor twice, and who is gone keeps theirs", () => {
  const roster = new Roster();
  roster.note(change({ joined: on("x") }), 1);
  assert.deepEqual(roster.announcements(on("x")), []);
  roster.learn(people({ xaver: ["x"] }));
  assert.equal(roster.announcements(on("x")).length, 1);
  assert.deepEqual(roster.announcements(on("x")), []);
  roster.learn(people({}));
  assert.equal(roster.ownerOf("x"), "xaver");
  assert.deepEqual(roster.readers(on("x", "nobody's")), ["xaver"]);
});

const room = random(16);
const content = { type: "say", id: newId(), text: "hello" };

async function opened(more = {}, kind = 1, said = content) {
  const { bytes, aad, commitment } = await prepared(room, { kind, content: said });
  const about = { alias: hex(random(16)), seq: 3, at: 9, kind, commitment, stamp: random(32) };
  return { bytes, aad, about, isOwners: true, ...more };
}

test("what was prepared is what is checked, with its proof", async () => {
  const given = await opened();
  const found = await checked(room, given);
  assert.deepEqual([found.content.text, found.proof.seq, found.proof.timeMs], ["hello", 3, 9]);
  assert.deepEqual(found.proof.commitment, given.about.commitment);
});

test("nothing is shown whose header, room, kind, sender or commitment does not fit", async () => {
  const given = await opened();
  const about = (more) => ({ ...given, about: { ...given.about, ...more } });
  const flipped = (bytes) => bytes.with(bytes.length - 3, bytes.at(-3) ^ 1);
  assert.ok(await checked(room, given));
  for (const [why, false_] of Object.entries({
    sender: { ...given, isOwners: false },
    kind: about({ kind: 2 }),
    commitment: about({ commitment: random(32) }),
    header: { ...given, aad: flipped(given.aad) },
    words: { ...given, bytes: flipped(given.bytes) },
    nothing: { ...given, bytes: new Uint8Array() },
    half: { ...given, bytes: given.bytes.slice(0, 20) },
  })) assert.equal(await checked(room, false_), null, why);
  assert.equal(await checked(random(16), given), null, "another room");
  assert.equal(await checked(room, await opened({}, 2)), null, "talk hidden as a reaction");
  assert.equal(await checked(room, await opened({}, 1, { type: "take_back", to: newId() })), null, "a take-back that wants a turn");
  assert.equal(await checked(room, await opened({}, 1, { type: "say", id: "x", text: "y" })), null, "malformed");
});

// A site that lets nobody in until it is told to, and notes who asked.
class Site {
  asked = [];
  sockets = [];

  connect(socket) {
    this.asked.push(socket.url.searchParams.get("after"));
    this.sockets.push(socket);
    socket.opened();
  }

  heard(_, bytes) {
    (this.frames ??= []).push(bytes[0]);
  }

  gone() {}
}

function lineTo(site) {
  const page = new Page(new Browser(), site);
  const told = { status: [], frames: [] };
  let after = -1;
  const line = page.run(() => new Line({ address: (seq) => `wss://room.test/wire/?after=${seq}`, after: () => (after += 1) }));
  line.addEventListener("status", ({ detail }) => told.status.push(detail.because || detail.status));
  line.addEventListener("frame", ({ detail }) => told.frames.push(detail.op));
  page.run(() => line.open());
  return { page, line, told };
}

const bye = (reason) => new Uint8Array([133, ...text(reason)]);
const CAUGHT_UP = new Uint8Array([137, 0, 0, 0, 0, 0, 0, 0, 1]);

for (const reason of ["removed", "held", "seat", "signed-out", "closed", "elsewhere", "unknown"]) {
  test(`told "${reason}", the line ends, says so once and does not come again`, async () => {
    const site = new Site();
    const { told, page } = lineTo(site);
    await until(() => site.sockets.length === 1);
    site.sockets[0].receive(bye(reason));
    site.sockets[0].farewell(4404);
    await until(() => told.status.at(-1) === reason);
    page.goOffline();
    page.goOnline();
    await soon(400);
    assert.deepEqual([site.sockets.length, told.status.filter((each) => each === reason).length], [1, 1]);
  });
}

for (const [code, because] of [[4401, "signed-out"], [4404, "seat"], [4409, "unknown"]]) {
  test(`closed with ${code}, the line ends as ${because}`, async () => {
    const site = new Site();
    const { told } = lineTo(site);
    await until(() => site.sockets.length === 1);
    site.sockets[0].farewell(code);
    await until(() => told.status.at(-1) === because);
    await soon(400);
    assert.equal(site.sockets.length, 1);
  });
}

for (const reason of ["restart", "slow"]) {
  test(`told "${reason}", the line comes again and asks for what follows`, async () => {
    const site = new Site();
    const { told, line } = lineTo(site);
    await until(() => site.sockets.length === 1);
    site.sockets[0].receive(bye(reason));
    site.sockets[0].farewell(1012);
    await until(() => line.status === "open" && site.sockets.length === 2);
    assert.deepEqual(site.asked, ["0", "1"]);
    assert.ok(told.status.includes("waiting"));
    line.close();
  });
}

test("a gateway that falls over again and again is asked less and less often", async () => {
  const site = new Site();
  site.connect = (socket) => {
    site.sockets.push(performance.now());
    socket.opened();
    socket.farewell(1012);
  };
  const { line } = lineTo(site);
  await soon(3500);
  line.close();
  assert.ok(site.sockets.length > 2 && site.sockets.length < 7, `asked ${site.sockets.length} times`);
});

test("a device that goes offline says so, and comes again at once when it is back", async () => {
  const site = new Site();
  const { page, line, told } = lineTo(site);
  await until(() => line.status === "open");
  page.goOffline();
  assert.equal(line.status, "offline");
  assert.equal(line.send(new Uint8Array([4])), false);
  page.goOnline();
  await until(() => line.status === "open", "open again", 200);
  assert.deepEqual(told.status, ["connecting", "open", "offline", "waiting", "connecting", "open"]);
  line.close();
});

test("a frame that this version does not know is passed over, and nothing comes after the end", async () => {
  const site = new Site();
  const { line, told } = lineTo(site);
  await until(() => line.status === "open");
  for (const strange of [new Uint8Array([200, 1, 2]), new Uint8Array([130, 1]), new Uint8Array()]) site.sockets[0].receive(strange);
  site.sockets[0].receive(CAUGHT_UP);
  await until(() => told.frames.length === 1);
  line.close();
  site.sockets[0].receive(CAUGHT_UP);
  await soon(30);
  assert.deepEqual(told.frames, ["caught_up"]);
  assert.equal(told.status.at(-1), "left");
});

test("a page that is looked at again gives a sign of life", async () => {
  const site = new Site();
  const { page, line } = lineTo(site);
  await until(() => line.status === "open");
  page.run(() => page.document.dispatchEvent(new Event("visibilitychange")));
  await until(() => site.frames?.includes(6));
  line.close();
  page.run(() => page.document.dispatchEvent(new Event("visibilitychange")));
  await soon(30);
  assert.equal(site.sockets.length, 1);
});

function posting(answers) {
  const asked = [];
  const site = { fetch: async (url, { body, headers }) => {
    asked.push([url, JSON.parse(body), headers["X-CSRFToken"]]);
    const { status = 200, redirected = false, json = {} } = answers.shift();
    return { ok: status < 400, status, redirected, json: async () => json };
  } };
  const page = new Page(new Browser(), site);
  const post = new Post({ csrf: "token", urls: { devices: "/devices/", claim: "/claim/", report: "/report/" } });
  return { asked, ask: (work) => page.run(() => work(post)) };
}

const sealer = { device: "d", fingerprint: "f", packages: async ({ count }) => Array.from({ length: count }, () => new Uint8Array([251, 255])) };

test("a device makes itself known, and leaves packages where few are left", async () => {
  const { asked, ask } = posting([{ json: { left: 2 } }, { json: { left: 7 } }]);
  assert.equal(await ask((post) => post.makeKnown(sealer)), 2);
  await ask((post) => post.leavePackages(sealer, 2));
  assert.deepEqual(asked.map(([url, { device, packages }, token]) => [url, device, packages.length, token]), [["/devices/", "d", 0, "token"], ["/devices/", "d", 5, "token"]]);
  assert.deepEqual([asked[1][1].packages[0], asked[1][1].last_resort], ["-_8", "-_8"]);
  assert.ok(Date.parse(asked[1][1].expires) > Date.now());
  await ask((post) => post.leavePackages(sealer, 3));
  assert.equal(asked.length, 2);
});

test("packages that are claimed come as bytes, and nothing is asked for nobody", async () => {
  const { asked, ask } = posting([{ json: { packages: [{ device: "e", data: "-_8" }] } }]);
  assert.deepEqual(await ask((post) => post.claim([])), []);
  assert.equal(asked.length, 0);
  assert.deepEqual(await ask((post) => post.claim(["e"])), [{ device: "e", data: new Uint8Array([251, 255]) }]);
});

test("a refused report comes back with its words; signed out and broken answers are errors by name", async () => {
  const refusal = { words: "One of these was never said here.", forged: [0] };
  const { ask } = posting([{ status: 409, json: refusal }, { status: 409 }, { redirected: true }, { status: 500 }]);
  assert.deepEqual(await ask((post) => post.report([], "words")), refusal);
  await assert.rejects(ask((post) => post.claim(["e"])), /409/);
  await assert.rejects(ask((post) => post.claim(["e"])), { name: "SignedOut" });
  await assert.rejects(ask((post) => post.report([], "")), /500/);
});
