// Signs of danger in a message, noticed on the writer's own device. The browser's door to the twin of peerkit/crisis.
// Threat: what is noticed tells more about a person than the message does. Nothing here sends, stores or counts
// anything: static files are fetched before there is a message, and what is read goes back to the caller alone.

import { packOf } from "./pack.js";
import { read } from "./reading.js";
import { lookedAgain } from "./second-look.js";
import { IsUnreachable, NoSuchLanguage, Store, modelOf, plainPack } from "./store.js";

export { Linear } from "./linear.js";
export { packOf } from "./pack.js";
export { read } from "./reading.js";
export { lookedAgain } from "./second-look.js";

/** @typedef {import("./pack.js").Pack} Pack */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {"language"|"unreachable"|"altered"|"unfit"} Why */

/** Reads messages, or says why it is off: silence of a reader that is off is no sign of safety. */
class Reader {
  #pack;
  #model;

  /** @param {Pack|null} pack @param {import("./linear.js").Linear|null} model @param {Why|null} why */
  constructor(pack, model, why) {
    this.#pack = pack;
    this.#model = model;
    this.isOn = pack !== null;
    this.why = why;
    this.language = pack?.language ?? "";
    this.version = pack?.version ?? "";
    this.hasModel = model !== null;
  }

  /**
   * What was noticed in a message. With `rulesOnly` the linear model is not asked: in rooms about suicide or
   * bereavement it is wrong too often.
   * @param {string} text @param {{rulesOnly?: boolean}} how @returns {Reading}
   */
  read(text, { rulesOnly = false } = {}) {
    if (!this.#pack) return { tier: "none", signals: [], isOn: false };
    const reading = read(this.#pack, text);
    return this.#model && !rulesOnly ? lookedAgain(this.#pack, this.#model, text, reading) : reading;
  }
}

/**
 * A reader for a language, with rules that are as they were signed; never rejects: it is off where that cannot be.
 * @param {{language: string, base: string}} of `base` is the address of the packs, ending in "/" @returns {Promise<Reader>}
 */
export async function openReader({ language, base }) {
  if (!globalThis.crypto?.subtle) return new Reader(null, null, "unfit");
  try {
    const store = new Store(base);
    await store.open();
    const [plain, model] = await Promise.all([plainPack(store, language), modelOf(store, language)]);
    return new Reader(packOf(plain), model, null);
  } catch (wrong) {
    return new Reader(null, null, whyOf(wrong));
  }
}

/** @returns {Why} */
function whyOf(wrong) {
  if (wrong instanceof NoSuchLanguage) return "language";
  return wrong instanceof IsUnreachable ? "unreachable" : "altered";
}
