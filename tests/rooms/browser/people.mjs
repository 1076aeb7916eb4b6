// People in one room, each with a browser of their own.

import assert from "node:assert/strict";
import { afterEach } from "node:test";

import { Gateway } from "./gateway.mjs";
import { addressOf, served, until } from "./modules.mjs";
import { Browser, Page } from "./window.mjs";

const { Conversation } = await served("conversation.js");
const faults = [];
console.error = (error) => faults.push(error);
const opened = new Set();

afterEach(async () => {
  for (const member of opened) await member.leave();
  opened.clear();
  assert.deepEqual(faults.splice(0), [], "nothing went wrong on any page");
});

/** What the pages complained of so far; it is forgotten. */
export const complaints = () => faults.splice(0);

const EVENTS = ["announce", "began", "refused", "unreadable", "ended", "opened", "typing"];

export class Member {
  constructor(gateway, name, { person = gateway.person(name), browser = new Browser() } = {}) {
    Object.assign(this, { gateway, name, person, browser });
  }

  /** Open the room in a new tab. */
  async open(options) {
    const { room } = this.gateway;
    const { alias } = this.person;
    const urls = { devices: "/devices/", claim: "/claim/", keys: "/keys/", report: "/report/" };
    this.page = new Page(this.browser, this.gateway);
    opened.add(this);
    this.told = Object.fromEntries(EVENTS.map((name) => [name, []]));
    await this.page.run(async () => {
      this.conversation = new Conversation({
        wire: `/rooms/${room}/wire/`, room, person: this.person.alias, alias, csrf: alias, urls, workerUrl: addressOf("seal-worker.js"),
      });
      for (const name of EVENTS) this.conversation.addEventListener(name, ({ detail }) => this.told[name].push(detail));
      await this.conversation.start(options);
    });
    return this;
  }

  async comeIn(options) {
    await this.open(options);
    await until(() => this.isIn, `${this.name} is in`);
    return this;
  }

  async leave() {
    await this.do((conversation) => conversation.leave());
    await this.page.close();
  }

  async reload() {
    await this.page.close();
    return this.open();
  }

  do(work) {
    return this.page.run(() => work(this.conversation));
  }

  say(text, options) {
    return this.do((conversation) => conversation.say(text, options));
  }

  get isIn() {
    return this.conversation.line === "open";
  }

  get device() {
    return this.conversation.sealer.device;
  }

  /** The texts that stand in the room, in order. */
  get heard() {
    return this.conversation.messages.filter((each) => each.status === "sent").map((each) => each.text);
  }

  get waiting() {
    return this.conversation.messages.filter((each) => each.status === "waiting").map((each) => each.text);
  }
}

/** A room with these people in it. */
export async function roomOf(...names) {
  const gateway = new Gateway();
  const members = names.map((name) => new Member(gateway, name));
  for (const member of members) await member.comeIn();
  return { gateway, members };
}

/** Each says something that all of them hear; they have one code, and nobody else is in the keys. */
export async function assertTogether(members, word = "together") {
  for (const member of members) member.say(`${word} ${member.name}`);
  for (const { name } of members) {
    for (const member of members) await until(() => member.heard.filter((each) => each === `${word} ${name}`).length === 1, `${member.name} hears ${name} once`);
  }
  const codes = await Promise.all(members.map((member) => member.do((conversation) => conversation.code())));
  assert.equal(new Set(codes).size, 1, "one code");
  const aliases = members.map(({ person }) => person.alias);
  for (const member of members) assert.deepEqual(new Set(member.conversation.readers), new Set(aliases));
}
