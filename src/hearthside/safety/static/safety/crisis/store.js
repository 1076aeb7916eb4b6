// The packs as static files: fetched, and verified before anything reads them. The twin of peerkit/crisis/store.py.

import { Linear } from "./linear.js";
import { PackIsAltered, filesOf, isSigned } from "./signing.js";

/** There are no rules for a language. */
export class NoSuchLanguage extends Error {}

/** A file could not be fetched. */
export class IsUnreachable extends Error {}

/** Signed files below an address. */
export class Store {
  #base;
  #files;

  /** @param {string} base address of the folder, ending in "/" */
  constructor(base) {
    this.#base = base;
  }

  /** Verify the list of files. @throws {PackIsAltered|IsUnreachable} */
  async open() {
    const [manifest, signature] = await Promise.all(
      ["manifest.json", "manifest.sig"].map((name) => this.#fetched(name, "no-cache")),
    );
    this.#files = await filesOf(manifest, new TextDecoder().decode(signature));
  }

  /** Whether a file is signed. @param {string} name */
  has(name) {
    return this.#files.has(name);
  }

  /** What a signed file holds. @param {string} name @throws {PackIsAltered|IsUnreachable} */
  async file(name) {
    // A browser may still keep the file of an older release: then it is asked for once more.
    for (const cache of ["default", "reload"]) {
      const content = await this.#fetched(name, cache);
      if (await isSigned(name, content, this.#files)) return content;
    }
    throw new PackIsAltered(`${name} is not the file that was signed.`);
  }

  async #fetched(name, cache) {
    const answer = await fetch(`${this.#base}${name}`, { cache, credentials: "omit" }).catch(() => null);
    if (!answer?.ok) throw new IsUnreachable(`${name} could not be fetched.`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

/**
 * The rules of a language as they were signed.
 * @param {Store} store @param {string} language BCP 47; its first part counts @returns {Promise<Record<string, any>>}
 * @throws {NoSuchLanguage|PackIsAltered|IsUnreachable}
 */
export async function plainPack(store, language) {
  const name = `${firstPart(language)}.json`;
  if (!store.has(name)) throw new NoSuchLanguage(`There are no rules for ${language}.`);
  return JSON.parse(new TextDecoder().decode(await store.file(name)));
}

/**
 * The linear model of a language as it was signed, null where there is none.
 * @param {Store} store @param {string} language @returns {Promise<Linear|null>}
 * @throws {PackIsAltered|IsUnreachable|RangeError}
 */
export async function modelOf(store, language) {
  const name = `${firstPart(language)}.weights.bin`;
  return store.has(name) ? new Linear(await store.file(name)) : null;
}

function firstPart(language) {
  return language.toLowerCase().split(/[-_]/)[0];
}
