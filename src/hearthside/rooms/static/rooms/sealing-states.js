// The inside of sealing: rooms' states behind handles, what a state is made with, and who stands in its tree.

import {
  cipherSuite, decodeGroupState, decodeMlsMessage, encodeGroupState, encodeMlsMessage, makePskIndex,
} from "../vendor/ts-mls-1.6.4.min.js";
import { hex } from "./bytes.js";
import { Broken, NoLongerIn, NotForUs, SealingError, StateIsSpent } from "./sealing-refusals.js";

const DAY = 86_400n;
const BLOCK = 256;
const SIGNATURE = 66;
const FORMAT = 1;
const NAME = /^[\x21-\x7e]{1,64}$/;
export const NO_KEYS = makePskIndex(undefined, {});
export const suite = cipherSuite();
const states = new WeakMap();

export const CONFIG = Object.freeze({
  // In one epoch up to 32 keys of messages overtaken on the way; of the past, two epochs; one sender may be 1,000 ahead.
  keyRetentionConfig: { retainKeysForGenerations: 32, retainKeysForEpochs: 2, maximumForwardRatchetSteps: 1000 },
  // Who adds somebody checks the dates. Were all to check, one wrong clock would split the room.
  lifetimeConfig: { maximumTotalLifetime: 400n * DAY, validateLifetimeOnReceive: false },
  // One leaf per device: a second one under the same name is refused, also with another key.
  keyPackageEqualityConfig: {
    compareKeyPackages: (a, b) => deviceOf(a.leafNode) === deviceOf(b.leafNode),
    compareKeyPackageToLeafNode: (a, b) => deviceOf(a.leafNode) === deviceOf(b),
  },
  paddingConfig: { kind: "padUntilLength", padUntilLength: BLOCK },
  authService: { validateCredential: async (credential) => isNamed(credential) },
});

export function handle(state) {
  const room = Object.freeze({});
  states.set(room, state);
  return room;
}

export function peek(room) {
  const state = states.get(room);
  if (!state) throw new StateIsSpent("a newer state of this room exists");
  return state;
}

export function active(room) {
  const state = peek(room);
  if (state.groupActiveState.kind !== "active") throw new NoLongerIn("this device was removed");
  return state;
}

export function spend(room) {
  peek(room);
  states.delete(room);
}

export function encodeState(state) {
  const encoded = encodeGroupState(state);
  const bytes = new Uint8Array(encoded.length + 1);
  bytes[0] = FORMAT;
  bytes.set(encoded, 1);
  return bytes;
}

export function decodeState(bytes) {
  const decoded = bytes[0] === FORMAT && decodeGroupState(bytes, 1);
  if (!decoded) throw new Broken("not a state of a room");
  return handle({ ...decoded[0], clientConfig: CONFIG });
}

export function encode(wireformat, content) {
  return encodeMlsMessage({ version: "mls10", wireformat, ...content });
}

export function decode(bytes, wireformat) {
  const decoded = decodeMlsMessage(bytes, 0);
  if (!decoded || decoded[1] !== bytes.length) throw new Broken("not a message of MLS");
  if (wireformat && decoded[0].wireformat !== wireformat) throw new Broken(`not ${wireformat}`);
  return decoded[0];
}

export async function guarded(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SealingError) throw error;
    throw new Broken(error.message, { cause: error });
  }
}

export function padded(length) {
  const prefix = length < 64 ? 1 : length < 16_384 ? 2 : 4;
  const blocks = Math.ceil((prefix + length + SIGNATURE) / BLOCK);
  return { ...CONFIG, paddingConfig: { kind: "padUntilLength", padUntilLength: blocks * BLOCK } };
}

export function leaves({ ratchetTree }) {
  return ratchetTree.flatMap((node, index) => node?.nodeType === "leaf"
    ? [{ index: index / 2, device: deviceOf(node.leaf), key: node.leaf.signaturePublicKey }] : []);
}

/** The SHA-256, in lower-case hex, of the signature public key of an identity, or of the key itself. */
export async function fingerprint(identityOrPublicKey) {
  const digest = await crypto.subtle.digest("SHA-256", identityOrPublicKey.publicKey ?? identityOrPublicKey);
  return hex(new Uint8Array(digest));
}

export function listed(found) {
  return Promise.all(found.map(async ({ device, key }) => ({ device, fingerprint: await fingerprint(key) })));
}

export const credentialOf = (device) => ({ credentialType: "basic", identity: new TextEncoder().encode(device) });
export const deviceOf = ({ credential }) => new TextDecoder().decode(credential.identity);
export const isNamed = (credential) => credential.credentialType === "basic" && NAME.test(deviceOf({ credential }));
export const equal = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);
export const zero = (bytes) => bytes.fill(0);

export function checked(state, groupId) {
  if (!equal(state.groupContext.groupId, groupId)) throw new NotForUs("of another room");
  const devices = leaves(state).map(({ device }) => device);
  if (new Set(devices).size !== devices.length) throw new Broken("two leaves of one device");
  return state;
}
