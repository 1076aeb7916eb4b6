// Entry of the vendored MLS bundle: what rooms/sealing.js uses of ts-mls (RFC 9420), and the primitives of one cipher
// suite. X25519 and Ed25519 come from WebCrypto where the browser has them, else from portable code: Chrome before 137,
// Firefox before 130 and Safari before 17 lack one or both. Secret keys are 32 raw bytes either way.

import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256 as NativeKem, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 as PortableKem } from "@hpke/dhkem-x25519";
import { ed25519 } from "@noble/curves/ed25519.js";
import { makeHashImpl } from "ts-mls/crypto/implementation/default/makeHashImpl.js";
import { makeKdfImpl } from "ts-mls/crypto/implementation/default/makeKdfImpl.js";
import { makeGenericHpke } from "ts-mls/crypto/implementation/hpke.js";

export { createGroup, decodeGroupState, encodeGroupState, joinGroup, makePskIndex } from "ts-mls/clientState.js";
export { createCommit, createGroupInfoWithRatchetTree, joinGroupExternal } from "ts-mls/createCommit.js";
export { createApplicationMessage } from "ts-mls/createMessage.js";
export { ratchetTreeFromExtension } from "ts-mls/groupInfo.js";
export { generateKeyPackageWithKey, makeKeyPackageRef } from "ts-mls/keyPackage.js";
export { mlsExporter } from "ts-mls/keySchedule.js";
export { decodeMlsMessage, encodeMlsMessage } from "ts-mls/message.js";
export { decryptSenderData } from "ts-mls/privateMessage.js";
export { processPrivateMessage, processPublicMessage } from "ts-mls/processMessages.js";
export { consumeRatchet } from "ts-mls/secretTree.js";
// For tests only: inner steps that the published vectors know, and what an attacker would send.
export { createProposal } from "ts-mls/createMessage.js";
export { decodeGroupContext } from "ts-mls/groupContext.js";
export { initializeEpoch } from "ts-mls/keySchedule.js";
export { decodeRatchetTree } from "ts-mls/ratchetTree.js";
export { createSecretTree, ratchetToGeneration } from "ts-mls/secretTree.js";

const NAME = "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519";
const PKCS8_ED25519 = Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32);

/**
 * The primitives of cipher suite 1, as ts-mls asks for them.
 *
 * @param {{portable?: boolean}} [options] `portable`: use no curve of WebCrypto even where it has them.
 * @returns {Promise<object>}
 */
export async function cipherSuite({ portable = false } = {}) {
  const [hasX25519, hasEd25519] = portable ? [false, false]
    : await Promise.all([has("X25519", ["deriveBits"]), has("Ed25519", ["sign", "verify"])]);
  const kdf = new HkdfSha256();
  const kem = hasX25519 ? new NativeKem() : new PortableKem();
  const hpke = new CipherSuite({ kem, kdf, aead: new Aes128Gcm() });
  return {
    name: NAME,
    kdf: makeKdfImpl(kdf),
    hash: makeHashImpl(crypto.subtle, "SHA-256"),
    signature: hasEd25519 ? nativeSignature : portableSignature,
    hpke: await makeGenericHpke({ kem: "DHKEM-X25519-HKDF-SHA256" }, aes128gcm, hpke),
    rng: { randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
  };
}

async function has(curve, uses) {
  try {
    return Boolean(await crypto.subtle.generateKey(curve, true, uses));
  } catch {
    return false;
  }
}

const nativeSignature = {
  async sign(signKey, message) {
    const pkcs8 = Uint8Array.of(...PKCS8_ED25519, ...signKey);
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("Ed25519", key, message));
  },
  async verify(publicKey, message, signature) {
    const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
    return crypto.subtle.verify("Ed25519", key, signature, message);
  },
  async keygen() {
    const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
    const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    return { signKey: pkcs8.slice(-32), publicKey };
  },
};

// zip215 off: RFC 8032's strict rule, as WebCrypto has it. Else a member could sign so that some devices accept it and
// others do not, and the room would fall apart.
const portableSignature = {
  sign: async (signKey, message) => ed25519.sign(message, signKey),
  verify: async (publicKey, message, signature) => ed25519.verify(signature, message, publicKey, { zip215: false }),
  async keygen() {
    const { secretKey, publicKey } = ed25519.keygen();
    return { signKey: secretKey, publicKey };
  },
};

const aes128gcm = {
  async encrypt(key, iv, additionalData, plaintext) {
    const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
    return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, imported, plaintext));
  },
  async decrypt(key, iv, additionalData, ciphertext) {
    const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, imported, ciphertext));
  },
};
