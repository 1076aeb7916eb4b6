// What is bound to what in a sealed message: words, sender, kind and room, so that nobody can show one as another.

import { hex, unhex } from "./bytes.js";
import { commit, holds } from "./franking.js";
import { SAY } from "./frames.js";
import { decode, encode } from "./messages.js";

const OPENING_KEY = 32;

/**
 * What is sealed, and what goes beside it in the open.
 * @param {Uint8Array} room 16 bytes @param {{kind: number, content: object}} said
 * @returns {Promise<{bytes: Uint8Array, aad: Uint8Array, commitment: Uint8Array}>}
 */
export async function prepared(room, { kind, content }) {
  const words = encode(content);
  const { key, commitment } = await commit(room, words);
  return { bytes: new Uint8Array([...key, ...words]), aad: aadOf(room, kind, commitment), commitment };
}

/**
 * What somebody said, if the envelope's header tells the truth about it and it could be reported.
 *
 * Threat: the server shows words under another name or of another kind; a member sends what could never be reported.
 *
 * @param {Uint8Array} room
 * @param {{bytes: Uint8Array, aad: Uint8Array, about: object, isOwners: boolean}} opened `isOwners`: the device that
 *   signed belongs to the person whom the header names
 * @returns {Promise<{content: object, proof: object}|null>} null where anything does not fit
 */
export async function checked(room, { bytes, aad, about, isOwners }) {
  const { alias, seq, at, kind, commitment, stamp } = about;
  const [key, content] = [bytes.slice(0, OPENING_KEY), bytes.slice(OPENING_KEY)];
  const said = decode(content);
  const isBound = hex(aad) === hex(aadOf(room, kind, commitment));
  const isOfItsKind = said !== null && (said.type === "say") === (kind === SAY);
  if (!isOwners || !isBound || !isOfItsKind || !(await holds({ room, content, key, commitment }))) return null;
  return { content: said, proof: { content, key, commitment, room, alias: unhex(alias), seq, timeMs: at, stamp } };
}

function aadOf(room, kind, commitment) {
  return new Uint8Array([kind, ...room, ...commitment]);
}
