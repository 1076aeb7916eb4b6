// What waits to be said: never lost, never twice, whatever is refused, breaks or is loaded again at whatever moment.

import assert from "node:assert/strict";
import { test } from "node:test";

import { chance, served, soon, until } from "./modules.mjs";

const { Outbox } = await served("outbox.js");
const SAY = 1;

// A gateway that takes each number once, and whatever is told late or never is told late or never.
class Far {
  taken = [];
  numbers = new Map();
  reasons = [];

  hear({ no, content }) {
    const before = this.numbers.get(no);
    if (before) return ["acknowledged", no, before.kind];
    const reason = this.reasons.shift();
    if (reason) return ["refused", no, reason];
    this.numbers.set(no, { kind: SAY, content });
    this.taken.push(content);
    return ["acknowledged", no, SAY];
  }
}

// One page after another on one device: what is kept stays.
class Device {
  kept = [];
  highest = 0;
  given = [];
  failed = [];
  isOpen = true;
  toFar = true;
  toNear = true;

  constructor(far) {
    this.far = far;
    this.load();
  }

  load() {
    const page = (this.page = { no: Math.max(0, ...this.far.numbers.keys()) });
    const isThis = () => this.page === page;
    // Sealed content is found again by its commitment, 32 bytes: here, its place.
    this.sealed = [];
    this.outbox = new Outbox({
      line: { send: (frame) => isThis() && this.#send(frame) },
      mayPass: () => isThis() && this.isOpen,
      nextNo: () => (page.no += 1),
      keep: async (items) => { await null; if (isThis()) this.kept = structuredClone(items); },
      seal: async ({ content }) => {
        await null;
        const commitment = new Uint8Array(32);
        new DataView(commitment.buffer).setUint32(0, this.sealed.push(content) - 1);
        return { epoch: 0, commitment, payload: new Uint8Array(1) };
      },
      failed: (error) => this.failed.push(error),
    });
    this.outbox.addEventListener("refused", ({ detail: { item, reason } }) => this.given.push([item.content, reason]));
    for (const { no = 0 } of this.outbox.restore(structuredClone(this.kept))) page.no = Math.max(page.no, no);
    this.outbox.pump();
  }

  #send(frame) {
    const view = new DataView(frame.buffer);
    const [no, content] = [view.getUint32(2), this.sealed[view.getUint32(14)]];
    const { outbox } = this;
    this.sent = content;
    if (this.toFar) setImmediate(() => {
      const [what, ...told] = this.far.hear({ no, content });
      if (this.toNear) setImmediate(() => this.outbox === outbox && outbox[what](...told));
    });
    return true;
  }

  say(content) {
    return this.outbox.put({ id: content, kind: SAY, content });
  }

  /** The line breaks; what had arrived and was stored is told again when it is open anew. */
  breakLine() {
    this.isOpen = false;
    this.outbox.lineBroke();
  }

  async heal() {
    Object.assign(this, { toFar: true, toNear: true, isOpen: true });
    await this.outbox.pump();
  }
}

test("words go out one after the other, in order, each once", async () => {
  const far = new Far();
  const device = new Device(far);
  const all = Array.from({ length: 20 }, (_, index) => `word ${index}`);
  for (const word of all) device.say(word);
  await until(() => far.taken.length === 20 && device.kept.length === 0);
  assert.deepEqual(far.taken, all);
  assert.deepEqual([...far.numbers.keys()], all.map((_, index) => index + 1));
});

for (const reason of ["epoch", "rekey", "rate", "unknown"]) {
  test(`refused for now (${reason}): it is tried again, before what follows`, async () => {
    const far = new Far();
    far.reasons = [reason];
    const device = new Device(far);
    device.say("one");
    device.say("two");
    await until(() => far.taken.length === 2);
    assert.deepEqual([far.taken, device.given], [["one", "two"], []]);
  });
}

for (const reason of ["turn", "paused", "listening", "held", "waiting", "size", "malformed", "closed"]) {
  test(`refused for good (${reason}): the words come back, once, and what follows goes out`, async () => {
    const far = new Far();
    far.reasons = [reason];
    const device = new Device(far);
    device.say("one");
    device.say("two");
    await until(() => far.taken.length === 1 && device.kept.length === 0);
    assert.deepEqual([far.taken, device.given], [["two"], [["one", reason]]]);
  });
}

for (const broken of ["toFar", "toNear"]) {
  for (const isReloaded of [false, true]) {
    test(`lost on its way (${broken}), ${isReloaded ? "the page loaded again" : "the line open again"}: said once`, async () => {
      const far = new Far();
      const device = new Device(far);
      device[broken] = false;
      device.say("one");
      device.say("two");
      await until(() => device.sent === "one");
      await soon(20);
      device.breakLine();
      if (isReloaded) device.load();
      await device.heal();
      device.say("three");
      await until(() => device.kept.length === 0);
      assert.deepEqual(far.taken, ["one", "two", "three"]);
    });
  }
}

test("a refusal of what is not ours changes nothing", async () => {
  const far = new Far();
  const device = new Device(far);
  assert.equal(await device.outbox.refused(7, "turn"), false);
  assert.equal(await device.outbox.acknowledged(7, SAY), undefined);
  device.say("one");
  await until(() => far.taken.length === 1);
  assert.deepEqual(device.given, []);
});

test("a number that something of another kind went out under is given up, and the words are not", async () => {
  const far = new Far();
  far.numbers.set(1, { kind: 3, content: null });
  const device = new Device(far);
  device.page.no = 0;
  device.say("one");
  await until(() => far.taken.length === 1);
  assert.deepEqual([...far.numbers.keys()], [1, 2]);
});

test("what is sealed for others than was thought is not sent, and sealed anew", async () => {
  const far = new Far();
  const device = new Device(far);
  const { seal } = device.outbox.by;
  let times = 0;
  device.outbox.by.seal = async (item) => ((times += 1) < 3 ? null : seal(item));
  device.say("one");
  await until(() => far.taken.length === 1);
  assert.equal(times, 3);
});

test("a disk that is full for a moment loses nothing", async () => {
  const far = new Far();
  const device = new Device(far);
  const { keep } = device.outbox.by;
  let left = 1;
  device.outbox.by.keep = (items) => ((left -= 1) >= 0 ? Promise.reject(new Error("full")) : keep(items));
  device.say("one");
  await until(() => far.taken.length === 1);
  assert.equal(device.failed.length, 1);
});

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`whatever happens in whatever order, each word is said once or given back (chance ${seed})`, async () => {
    const next = chance(seed);
    const far = new Far();
    const device = new Device(far);
    const all = [];
    for (let step = 0; step < 150; step += 1) {
      const what = Math.floor(next() * 10);
      if (what < 4) {
        all.push(`word ${all.length}`);
        // Typed, and kept: what is not kept yet when the page goes is still in the composer.
        await device.say(all.at(-1));
      } else if (what === 4) device.toFar = !device.toFar;
      else if (what === 5) device.toNear = !device.toNear;
      else if (what === 6) device.breakLine();
      else if (what === 7) await device.heal();
      else if (what === 8) far.reasons.push(["epoch", "rekey", "turn", "paused"][Math.floor(next() * 4)]);
      else device.load();
      if (next() < 0.5) await soon(next() * 4);
    }
    far.reasons = [];
    device.breakLine();
    await soon(20);
    await device.heal();
    await until(() => device.kept.length === 0);
    const back = device.given.map(([word]) => word);
    assert.deepEqual([...far.taken, ...back].toSorted(), all.toSorted());
    assert.equal(new Set(far.taken).size, far.taken.length);
    assert.deepEqual(far.taken, all.filter((word) => far.taken.includes(word)), "in order");
    assert.deepEqual(device.failed, []);
  });
}
