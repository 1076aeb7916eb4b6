// Franking in the browser: commits to what is said, checks what others committed to, and writes a report of
// one message. The construction is peerkit.franking's (docs/engines/franking.md). WebCrypto only, so that it
// runs in a window, a Worker and Node alike.

import { base64url } from "./bytes.js";

const LABEL = new TextEncoder().encode("hearthside franking 1 commit");
const HMAC = { name: "HMAC", hash: "SHA-256" };
const KEY = 32;
const CODE = 32;
const ROOM = 16;
const ALIAS = 16;

/** The most bytes that one message's content may have. */
export const LONGEST_CONTENT = 64 * 1024;

/**
 * Commits to a message's content under a new opening key.
 * The key travels inside the sealed message, the commitment outside it.
 * @param {Uint8Array} room the room's id, 16 bytes
 * @param {Uint8Array} content everything that readers will be shown, at most LONGEST_CONTENT bytes
 * @returns {Promise<{key: Uint8Array, commitment: Uint8Array}>} 32 bytes each
 * @throws {RangeError} when room or content is not such bytes
 */
export async function commit(room, content) {
  if (!isBytes(room, ROOM)) throw new RangeError(`the room's id is not ${ROOM} bytes`);
  if (!isContent(content)) throw new RangeError(`the content is not bytes, or more than ${LONGEST_CONTENT}`);
  const key = crypto.getRandomValues(new Uint8Array(KEY));
  const signed = await crypto.subtle.sign("HMAC", await hmacKey(key, "sign"), committed(room, content));
  return { key, commitment: new Uint8Array(signed) };
}

/**
 * Whether the key opens the commitment to this content in this room.
 * Threat: a message whose commitment is false could never be reported. Whoever opens a message asks this first
 * and shows nothing of it when the answer is no.
 * @param {{room: Uint8Array, content: Uint8Array, key: Uint8Array, commitment: Uint8Array}} message
 * @returns {Promise<boolean>} false, too, for anything that is not bytes of the right length
 */
export async function holds({ room, content, key, commitment }) {
  const isWhole = isBytes(room, ROOM) && isContent(content) && isBytes(key, KEY) && isBytes(commitment, CODE);
  if (!isWhole) return false;
  return crypto.subtle.verify("HMAC", await hmacKey(key, "verify"), commitment, committed(room, content));
}

/**
 * One message as a report, ready for JSON: what `peerkit.franking.from_plain` reads.
 * @param {{content: Uint8Array, key: Uint8Array, commitment: Uint8Array, room: Uint8Array, alias: Uint8Array,
 *   seq: number, timeMs: number, stamp: Uint8Array}} message the opened message and the server's stamp on it
 * @returns {{version: 1, content: string, key: string, commitment: string, room: string, alias: string,
 *   seq: number, time_ms: number, stamp: string}} bytes in base64url without padding
 * @throws {RangeError} when a field could not be part of a report
 */
export function reportOf({ content, key, commitment, room, alias, seq, timeMs, stamp }) {
  const lengths = [[key, KEY], [commitment, CODE], [room, ROOM], [alias, ALIAS], [stamp, CODE]];
  if (!isContent(content) || !lengths.every(([bytes, length]) => isBytes(bytes, length))) {
    throw new RangeError("a field of the message is not bytes of the right length");
  }
  if (![seq, timeMs].every((number) => Number.isSafeInteger(number) && number >= 0)) {
    throw new RangeError("the message's number or time is not a whole number");
  }
  return {
    version: 1,
    content: base64url(content),
    key: base64url(key),
    commitment: base64url(commitment),
    room: base64url(room),
    alias: base64url(alias),
    seq,
    time_ms: timeMs,
    stamp: base64url(stamp),
  };
}

function isBytes(value, length) {
  return value instanceof Uint8Array && value.length === length;
}

function isContent(value) {
  return value instanceof Uint8Array && value.length <= LONGEST_CONTENT;
}

function hmacKey(key, use) {
  return crypto.subtle.importKey("raw", key, HMAC, false, [use]);
}

// Label, then each field after its length (4 bytes, big-endian): no two messages give the same bytes.
function committed(room, content) {
  const whole = new Uint8Array(LABEL.length + 4 + room.length + 4 + content.length);
  const lengths = new DataView(whole.buffer);
  let at = LABEL.length;
  whole.set(LABEL);
  for (const field of [room, content]) {
    lengths.setUint32(at, field.length);
    whole.set(field, at + 4);
    at += 4 + field.length;
  }
  return whole;
}
