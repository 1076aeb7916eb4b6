// How long this browser keeps a person's keys when nobody comes back to clear them; clear-keys.js does what this says.

import { databaseOf } from "./key-store.js";

const NAME = "keys-until";
// A meeting may run late, and somebody may want to look at what was said until they go to bed.
const GRACE = 6 * 60 * 60 * 1000;

/**
 * Keep the keys at least until a while after that moment.
 * @param {string} person as for the key store @param {number} ends when the meeting ends, in milliseconds since 1970
 */
export function keepUntil(person, ends) {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? "{}");
    const database = databaseOf(person);
    const until = Math.max(ends, Date.now()) + GRACE;
    // Written rarely: the end moves with the clock where a meeting runs late.
    if (until - (kept[database] ?? 0) < GRACE / 6) return;
    localStorage.setItem(NAME, JSON.stringify({ ...kept, [database]: until }));
  } catch (error) {
    // Some private windows keep nothing at all; then there is nothing to clear either.
    console.warn(error);
  }
}
