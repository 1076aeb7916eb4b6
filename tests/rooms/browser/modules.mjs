// The scripts under test, as they are served: STATIC is the folder that holds rooms/ and vendor/.

import { pathToFileURL } from "node:url";

export const addressOf = (name) => pathToFileURL(`${process.env.STATIC}/rooms/${name}`).href;
export const served = (name) => import(addressOf(name));

/** Numbers that look like chance, and are the same each time (mulberry32). */
export function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Wait until something holds; fails with what was hoped for. */
export async function until(holds, hope = String(holds), within = 12_000) {
  const end = performance.now() + within;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`it never came to be: ${hope}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const soon = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
