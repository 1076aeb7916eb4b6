// Sealing: a room's messages are readable on its members' devices only (MLS, RFC 9420). Bytes in, bytes out: no
// storage, no network, nothing of the wire. Rooms are handles nobody can look into; the contract: docs/engines/sealing.md.

import {
  consumeRatchet, createApplicationMessage, createCommit, createGroup, createGroupInfoWithRatchetTree,
  encodeMlsMessage, generateKeyPackageWithKey, joinGroup, joinGroupExternal, makeKeyPackageRef, mlsExporter,
  ratchetTreeFromExtension,
} from "../vendor/ts-mls-1.6.4.min.js";
import { difference, epochFor, openPrivate, openPublic } from "./sealing-opening.js";
import { AlreadyIn, Broken, NotIn, PackageExpired } from "./sealing-refusals.js";
import {
  CONFIG, NO_KEYS, active, checked, credentialOf, decode, decodeState, deviceOf, encode, encodeState, equal,
  guarded, handle, isNamed, leaves, listed, padded, peek, spend, suite, zero,
} from "./sealing-states.js";

export * from "./sealing-refusals.js";
export { fingerprint } from "./sealing-states.js";

const DAY = 86_400n;
const LAST_RESORT = 10;
const KEY_LENGTH = 32;
const CODE_LABEL = "hearthside room code 1";

/**
 * A device's long-lived signature key. Plain data, to be stored; its `signKey` is secret.
 *
 * @param {string} device the device's id, 1 to 64 printable characters of ASCII
 * @returns {Promise<{device: string, signKey: Uint8Array, publicKey: Uint8Array}>}
 */
export async function newIdentity(device) {
  if (!isNamed(credentialOf(device))) throw new TypeError("a device id is 1 to 64 printable characters of ASCII");
  return { device, ...(await (await suite).signature.keygen()) };
}

/**
 * A key package by which others can add this device. `kept` is plain data, to be stored; it is secret.
 *
 * It is valid from a day before `now` to a day after `days`, for clocks that are wrong by up to a day.
 *
 * @param {{days: number, lastResort?: boolean, now?: number}} options `now` in milliseconds since 1970
 * @returns {Promise<{published: Uint8Array, kept: {published: Uint8Array, initKey: Uint8Array, leafKey: Uint8Array}}>}
 */
export async function keyPackage(identity, { days, lastResort = false, now = Date.now() }) {
  const seconds = BigInt(Math.floor(now / 1000));
  const lifetime = { notBefore: seconds - DAY, notAfter: seconds + BigInt(days) * DAY + DAY };
  const made = await packageOf(identity, lifetime, lastResort ? [LAST_RESORT] : []);
  const published = encode("mls_key_package", { keyPackage: made.publicPackage });
  const { initPrivateKey, hpkePrivateKey } = made.privatePackage;
  return { published, kept: { published, initKey: initPrivateKey, leafKey: hpkePrivateKey } };
}

/** A new room at epoch 0 with this device alone in it. `groupId`: bytes that name the room everywhere. */
export async function found(identity, groupId) {
  const { publicPackage, privatePackage } = await packageOf(identity, timeless());
  return handle(await createGroup(groupId, publicPackage, privatePackage, [], await suite, CONFIG));
}

/** What somebody needs to join without being let in by a member (GroupInfo with tree and external key). */
export async function groupInfo(room) {
  const state = peek(room);
  const { hpke } = await suite;
  const { publicKey } = await hpke.deriveKeyPair(state.keySchedule.externalSecret);
  const extensionData = Uint8Array.of(KEY_LENGTH, ...await hpke.exportPublicKey(publicKey));
  const info = await createGroupInfoWithRatchetTree(state.groupContext, state.confirmationTag, state,
    state.ratchetTree, [{ extensionType: "external_pub", extensionData }], await suite);
  return encode("mls_group_info", { groupInfo: info });
}

/**
 * Join by a Welcome. `kept` are this device's stored key packages; `used` is the one that was addressed.
 *
 * @returns {Promise<{room: object, used: object} | null>} null where none of them is addressed
 * @throws {NotForUs} it leads into another room; {Broken} it is false
 */
export async function joinByWelcome(identity, kept, groupId, welcome) {
  return guarded(async () => {
    const asked = decode(welcome, "mls_welcome").welcome;
    for (const used of kept) {
      const { keyPackage: own } = decode(used.published, "mls_key_package");
      const ref = await makeKeyPackageRef(own, (await suite).hash);
      if (!asked.secrets.some((secret) => equal(secret.newMember, ref))) continue;
      const keys = { initPrivateKey: used.initKey, hpkePrivateKey: used.leafKey, signaturePrivateKey: identity.signKey };
      const state = await joinGroup(asked, own, keys, NO_KEYS, await suite, undefined, undefined, CONFIG);
      return { room: handle(checked(state, groupId)), used };
    }
    return null;
  });
}

/**
 * Join without being let in. Where this device is in the room already, its old leaf goes: a way back after lost keys.
 * The caller adopts `room` once the commit is accepted; otherwise it asks for the newer GroupInfo and joins again.
 *
 * @returns {Promise<{room: object, commit: Uint8Array}>}
 */
export async function joinByExternalCommit(identity, groupId, info) {
  return guarded(async () => {
    const asked = decode(info, "mls_group_info").groupInfo;
    const named = { groupContext: asked.groupContext, ratchetTree: ratchetTreeFromExtension(asked) ?? [] };
    const isBack = leaves(checked(named, groupId)).some((leaf) => leaf.device === identity.device);
    const { publicPackage, privatePackage } = await packageOf(identity, timeless());
    const { newState, publicMessage } = await joinGroupExternal(
      asked, publicPackage, privatePackage, isBack, prefixed(await suite), undefined, CONFIG);
    return { room: handle(newState), commit: encode("mls_public_message", { publicMessage }) };
  });
}

/**
 * Add and remove devices; with neither, renew this device's own keys.
 *
 * Spends `room`. Two states come back: `next`, to be adopted only once the commit is accepted, and `room`, to go on
 * with until then and for good if another commit wins.
 *
 * @param {{add?: Uint8Array[], remove?: string[]}} options published key packages; device ids
 * @returns {Promise<{commit: Uint8Array, welcome: Uint8Array | null, groupInfo: Uint8Array, room: object, next: object}>}
 */
export async function change(room, { add = [], remove = [] }) {
  const state = active(room);
  return guarded(async () => {
    const extraProposals = [...remove.map((device) => removal(state, device)),
      ...add.map((bytes) => addition(state, bytes, remove))];
    const { newState, commit, welcome } = await createCommit(
      { state, cipherSuite: await suite, pskIndex: NO_KEYS }, { extraProposals, ratchetTreeExtension: true });
    const next = decodeState(encodeState(newState));
    // Losing the race and trying again must not use one handshake key for two commits.
    const { newTree } = await consumeRatchet(
      state.secretTree, 2 * state.privatePath.leafIndex, "commit", await suite);
    spend(room);
    return {
      commit: encodeMlsMessage(commit),
      welcome: welcome ? encode("mls_welcome", { welcome }) : null,
      groupInfo: await groupInfo(next),
      room: handle({ ...state, secretTree: newTree }),
      next,
    };
  });
}

/**
 * Seal bytes for all who are in the room now. Spends `room`; what comes back takes its place, and must be stored
 * before the message leaves. The length is padded to blocks of 256. `aad` is not secret, but cannot be altered unnoticed.
 *
 * @returns {Promise<{message: Uint8Array, room: object}>}
 */
export async function seal(room, bytes, aad = new Uint8Array()) {
  const state = active(room);
  spend(room);
  const { newState, privateMessage, consumed } = await createApplicationMessage(
    { ...state, clientConfig: padded(bytes.length) }, bytes, await suite, aad);
  consumed.forEach(zero);
  return { message: encode("mls_private_message", { privateMessage }), room: handle({ ...newState, clientConfig: CONFIG }) };
}

/**
 * Open what somebody in the room said, or a change of who is in it. Spends `room` if it succeeds, and not otherwise.
 *
 * `gone` tells that we ourselves were removed. `rejoined` came back with new keys; `before` is their fingerprint
 * until then. Who and by whom is what the signatures prove.
 *
 * @returns {Promise<{kind: "said", bytes: Uint8Array, aad: Uint8Array, from: string, room: object} | {kind: "changed",
 *   room: object, joined: object[], left: object[], rejoined: object[], by: string, gone: boolean}>}
 * @throws {OldEpoch | EarlyEpoch | NotForUs | OwnMessage | AlreadyOpened | SenderIsOut | Broken}
 */
export async function open(room, message) {
  const state = peek(room);
  return guarded(async () => {
    const { wireformat, privateMessage, publicMessage } = decode(message);
    const header = privateMessage ?? publicMessage?.content;
    if (!header || header.contentType === "proposal") throw new Broken(`${wireformat} is not spoken here`);
    const past = epochFor(state, header);
    const opened = privateMessage ? await openPrivate(state, past, privateMessage) : await openPublic(state, publicMessage);
    spend(room);
    opened.consumed.forEach(zero);
    return opened.answer;
  });
}

/** Who came and went between two states of a room, or since nothing was known: `{joined, left, rejoined}`. */
export async function compare(before, after) {
  return difference(before ? peek(before) : { ratchetTree: [] }, peek(after));
}

/** Who is in the room, from the tree itself, in its order: `[{device, fingerprint}]`. */
export async function members(room) {
  return listed(leaves(peek(room)));
}

/** The room's epoch: how many changes it has seen. */
export function epochOf(room) {
  return Number(peek(room).groupContext.epoch);
}

/** Whether this device is still in the room. */
export function isIn(room) {
  return peek(room).groupActiveState.kind === "active";
}

/** Twenty digits, "12345 67890 12345 67890": the same for all who share this epoch's keys, and for nobody else. */
export async function code(room) {
  const { exporterSecret } = peek(room).keySchedule;
  const bytes = await mlsExporter(exporterSecret, CODE_LABEL, new Uint8Array(), 16, await suite);
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % 10n ** 20n;
  return number.toString().padStart(20, "0").match(/\d{5}/g).join(" ");
}

/** A room's state, to be stored. It is secret, and old from the next operation on. */
export function toBytes(room) {
  return encodeState(peek(room));
}

/** The room of `toBytes`. Whoever stores rooms must never go back to older bytes. */
export function fromBytes(bytes) {
  return decodeState(bytes);
}

/** Overwrite a room's secrets in memory, as far as JavaScript can, and spend it. */
export function wipe(room) {
  const { keySchedule, secretTree, privatePath, historicalReceiverData } = peek(room);
  spend(room);
  const past = [...historicalReceiverData.values()];
  Object.values(keySchedule).forEach(zero);
  Object.values(privatePath.privateKeys).forEach(zero);
  past.forEach((epoch) => [epoch.senderDataSecret, epoch.resumptionPsk].forEach(zero));
  for (const node of [secretTree, ...past.map((epoch) => epoch.secretTree)].flat()) {
    for (const ratchet of [node.handshake, node.application]) {
      [ratchet.secret, ...Object.values(ratchet.unusedGenerations)].forEach(zero);
    }
  }
}

function removal(state, device) {
  const leaf = leaves(state).find((each) => each.device === device);
  if (!leaf) throw new NotIn(device);
  return { proposalType: "remove", remove: { removed: leaf.index } };
}

function addition(state, bytes, remove) {
  const { keyPackage: asked } = decode(bytes, "mls_key_package");
  const device = deviceOf(asked.leafNode);
  if (!remove.includes(device) && leaves(state).some((leaf) => leaf.device === device)) throw new AlreadyIn(device);
  const { notBefore, notAfter } = asked.leafNode.lifetime;
  const now = BigInt(Math.floor(Date.now() / 1000));
  if (now < notBefore || now > notAfter) throw new PackageExpired(device);
  if (notAfter - notBefore > CONFIG.lifetimeConfig.maximumTotalLifetime) throw new Broken("a key package for too long");
  return { proposalType: "add", add: { keyPackage: asked } };
}

async function packageOf(identity, lifetime, extensions = []) {
  const capabilities = { versions: ["mls10"], ciphersuites: [(await suite).name], extensions, proposals: [], credentials: ["basic"] };
  const marks = extensions.map((extensionType) => ({ extensionType, extensionData: new Uint8Array() }));
  return generateKeyPackageWithKey(credentialOf(identity.device), capabilities, lifetime, marks, identity, await suite);
}

// ts-mls 1 writes and reads the external key bare; RFC 9420 section 12.4.3.2 has its length before it, and so do others.
// (Mended in ts-mls 2: its pull request 449.)
function prefixed({ hpke, ...others }) {
  const importPublicKey = (key) => hpke.importPublicKey(key.length > KEY_LENGTH ? key.subarray(1) : key);
  return { ...others, hpke: { ...hpke, importPublicKey } };
}

// Of a leaf that nobody adds, nobody checks the dates.
const timeless = () => ({ notBefore: 0n, notAfter: 2n ** 63n - 1n });
