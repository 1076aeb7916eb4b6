// Rules that were altered, or that nobody signed, are not read. The twin of peerkit/crisis/signing.py, which tells how
// they are signed; the public key came with this code.

import { PUBLIC_KEY } from "./key.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const HALVES = 64;

/** The rules are not the ones that were signed; the message says which file, or that it is the signature. */
export class PackIsAltered extends Error {}

/**
 * The SHA-256 of each signed file by its name.
 * @param {Uint8Array} manifest @param {string} signature hexadecimal digits @returns {Promise<Map<string, string>>}
 * @throws {PackIsAltered} if the signature is not of our key
 */
export async function filesOf(manifest, signature) {
  const both = bytesOf(signature.trim());
  const key = await crypto.subtle.importKey("raw", bytesOf(PUBLIC_KEY), CURVE, false, ["verify"]);
  const how = { name: "ECDSA", hash: "SHA-256" };
  const isOurs = both.length === HALVES && (await crypto.subtle.verify(how, key, both, manifest));
  if (!isOurs) throw new PackIsAltered("The signature of the rules is false or missing.");
  return new Map(Object.entries(JSON.parse(new TextDecoder().decode(manifest)).files));
}

/** Whether this is the file that was signed. @param {string} name @param {Uint8Array} content @param {Map<string, string>} files */
export async function isSigned(name, content, files) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return files.get(name) === Array.from(hash, (one) => one.toString(16).padStart(2, "0")).join("");
}

function bytesOf(digits) {
  if (!/^([0-9a-f]{2})*$/.test(digits)) return new Uint8Array();
  return Uint8Array.from(digits.match(/../g) ?? [], (one) => Number.parseInt(one, 16));
}
