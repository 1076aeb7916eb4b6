// Devices in one room, and the delivery service between them: what it accepts, everybody opens, in one order.

import assert from "node:assert/strict";

import { random, text, words } from "./bytes.mjs";
import { sealing } from "./served.mjs";

export class Device {
  constructor(identity, groupId) {
    this.identity = identity;
    this.groupId = groupId;
    this.name = identity.device;
    this.kept = [];
  }

  static async called(name, groupId) {
    return new Device(await sealing.newIdentity(name), groupId);
  }

  async publish(options = { days: 30 }) {
    const { published, kept } = await sealing.keyPackage(this.identity, options);
    this.kept.push(kept);
    return published;
  }

  async say(what, aad = "") {
    const { message, room } = await sealing.seal(this.room, text(what), text(aad));
    this.room = room;
    return message;
  }

  async hear(message) {
    const { room, ...told } = await sealing.open(this.room, message);
    this.room = room;
    return told.kind === "said" ? words(told.bytes) : told;
  }

  async welcomed(welcome) {
    const joined = await sealing.joinByWelcome(this.identity, this.kept, this.groupId, welcome);
    this.room = joined.room;
  }

  async comeIn(info, others) {
    const { room, commit } = await sealing.joinByExternalCommit(this.identity, this.groupId, info);
    const told = await heardBy(others, commit);
    this.room = room;
    return told;
  }

  /** Commit a change that the delivery service accepts. */
  async change(wanted, others) {
    const made = await sealing.change(this.room, wanted);
    this.room = made.next;
    const told = await heardBy(others, made.commit);
    return { ...made, told };
  }
}

export function heardBy(devices, message) {
  return Promise.all(devices.map((device) => device.hear(message)));
}

/** Devices of these names in one new room, the first having let the others in. */
export async function roomOf(...names) {
  const groupId = random(16);
  const devices = await Promise.all(names.map((name) => Device.called(name, groupId)));
  const [first, ...others] = devices;
  first.room = await sealing.found(first.identity, groupId);
  if (others.length) {
    const add = await Promise.all(others.map((device) => device.publish()));
    const { welcome } = await first.change({ add }, []);
    await Promise.all(others.map((device) => device.welcomed(welcome)));
  }
  return devices;
}

/** All of them are in one epoch, with one code, and each hears the others. */
export async function assertTogether(devices) {
  const codes = await Promise.all(devices.map(({ room }) => sealing.code(room)));
  assert.equal(new Set(codes).size, 1, "one code");
  const names = (await sealing.members(devices[0].room)).map(({ device }) => device);
  assert.deepEqual(names.toSorted(), devices.map(({ name }) => name).toSorted());
  for (const device of devices) {
    const message = await device.say(`I am ${device.name}`);
    const others = devices.filter((other) => other !== device);
    assert.deepEqual(await heardBy(others, message), others.map(() => `I am ${device.name}`));
  }
}
