// The worker's client: answers in time, late answers, and a device on which nothing is read.

import assert from "node:assert/strict";
import { test } from "node:test";

import { served, signal, told } from "./said.mjs";

const { Look, together } = await served("look.js");
const { offOf } = await served("device.js");

// A worker that answers when it is told to.
class Worker {
  asked = [];

  postMessage(told) {
    this.asked.push(told);
  }

  says(data) {
    this.onmessage({ data });
  }
}

const OFF = { tier: "none", signals: [], isOn: false };
const on = (language) => ({ language, isOn: true, why: null });
const off = (language, why = "language") => ({ language, isOn: false, why });

function looking({ patience = 50, rulesOnly = false, languages = ["en"] } = {}) {
  const worker = new Worker();
  return { worker, look: new Look({ worker, languages, base: "https://room.test/static/crisis/", rulesOnly, patience }) };
}

test("words go to the worker and nowhere else, and its answer comes back", async () => {
  const { worker, look } = looking({ rulesOnly: true });
  assert.deepEqual(worker.asked[0], { open: ["en"], base: "https://room.test/static/crisis/" });
  worker.says({ readers: [on("en")] });
  const asked = look.read("words");
  assert.deepEqual(worker.asked[1], { number: 1, text: "words", rulesOnly: true });
  worker.says({ number: 1, reading: told(signal()) });
  assert.equal((await asked).tier, "explicit");
});

test("nobody waits for a slow answer, and it is not lost", async () => {
  const { worker, look } = looking({ patience: 5 });
  const late = [];
  assert.equal(await look.read("words", (reading) => late.push(reading)), null);
  worker.says({ number: 1, reading: told(signal()) });
  assert.equal(late[0].tier, "explicit");
});

test("where no language is read, words go at once", async () => {
  const { worker, look } = looking({ languages: ["pl"] });
  const before = look.read("asked while it was opening");
  worker.says({ readers: [off("pl")] });
  assert.deepEqual([await before, await look.read("after")], [OFF, OFF]);
  assert.equal(worker.asked.length, 2, "nothing was asked in vain");
});

test("a worker that cannot run is a device on which nothing is read", async () => {
  const { worker, look } = looking();
  worker.onerror();
  assert.deepEqual(await look.opened, [off("en", "unfit")]);
  assert.deepEqual(await look.read("words"), OFF);
});

test("what is off is said for the room's own languages only", () => {
  assert.deepEqual(offOf([on("en"), off("pl")], ["en", "pl"]), { off: ["pl"], isAll: false, isFault: false });
  assert.deepEqual(offOf([on("en"), off("es", "altered")], ["en", "es"]), { off: ["es"], isAll: false, isFault: true });
  assert.deepEqual(offOf([on("en"), off("pl")], ["en"]), { off: [], isAll: false, isFault: false });
  assert.deepEqual(offOf([off("pl")], ["pl"]), { off: ["pl"], isAll: true, isFault: false });
});

test("of several languages, what any of them noticed counts", () => {
  const calm = { tier: "none", signals: [], isOn: true };
  const found = together([calm, OFF, told(signal({ level: "concern" })), told(signal())]);
  assert.deepEqual([found.tier, found.signals.length, found.isOn], ["explicit", 2, true]);
  assert.deepEqual(together([OFF]), OFF);
});
