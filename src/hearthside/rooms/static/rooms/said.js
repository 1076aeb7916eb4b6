// What was said in one conversation, and the proofs of it: each message is checked before it is shown, and can be
// reported afterwards.

import { reportOf } from "./franking.js";
import { Messages, decode, encode } from "./messages.js";
import { checked } from "./proofs.js";

export class Said {
  #messages = new Messages();
  #proofs = new Map();

  /** @param {{room: Uint8Array, roster: object, isOwn: (alias: string) => boolean}} by `isOwn`: whether it is our own */
  constructor({ room, roster, isOwn }) {
    Object.assign(this, { room, roster, isOwn });
  }

  /** Everything that is shown, pending ones last. */
  all() {
    return this.#messages.all();
  }

  get(id) {
    return this.#messages.get(id);
  }

  /** Whether what stands at that place was opened and proven here. */
  has(seq) {
    return this.#proofs.has(seq);
  }

  /** Whether others would show it: not longer than they take, and whole. */
  fits(content) {
    return decode(encode(content)) !== null;
  }

  /** Something of ours is on its way. */
  expect(content, from) {
    this.#messages.expect(content, from);
  }

  /** It will not be sent after all. */
  drop(id) {
    this.#messages.drop(id);
  }

  /**
   * Something opened, in its place.
   * @param {{bytes: Uint8Array, aad: Uint8Array, from: string, about: object}} opened @param {boolean} isOurs this device's
   * @returns {Promise<{isProven: boolean, changed?: string|null, type?: string}>} `changed`: the message to show anew
   */
  async take({ bytes, aad, from, about }, isOurs) {
    // Threat: the server puts another's device, or ours, over what somebody signed. (Words kept by an older page name none.)
    const isOwners = from === (about.device ?? from) && this.roster.pin(from, about.alias);
    const message = await checked(this.room, { bytes, aad, about, isOwners });
    if (!message) return { isProven: false };
    const { seq, at, alias } = about;
    const mine = isOurs || this.isOwn(alias);
    const changed = this.#messages.take(message.content, { seq, at, alias, device: from, mine });
    const { type } = message.content;
    // Threat: a report shows more than what was chosen: what others felt about it, or tried to make of it.
    if (changed && (type === "say" || type === "edit")) this.#proofs.set(seq, { ...message.proof, id: changed });
    return { isProven: true, changed, type };
  }

  /** Said by this device before it got other keys, so it cannot be opened here; but we know what we said. */
  takeOwn(content, { seq, at, alias, device }) {
    return this.#messages.take(content, { seq, at, alias, device, mine: true });
  }

  /** Chosen messages as reports, ready for JSON; each with all that its sender made of it. */
  reports(ids) {
    const proofs = [...this.#proofs.values()];
    return ids.flatMap((id) => proofs.filter((proof) => proof.id === id)).map((proof) => reportOf(proof));
  }
}
