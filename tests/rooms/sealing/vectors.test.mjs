// The published vectors of RFC 9420, run against the bundle as it is shipped, on both kinds of curves it has.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { bytes, hex, text } from "./bytes.mjs";
import { mls } from "./served.mjs";

const suites = { "the browser's curves": await mls.cipherSuite(), "portable curves": await mls.cipherSuite({ portable: true }) };
const read = (name) => JSON.parse(readFileSync(new URL(`vectors/${name}.json`, import.meta.url)));

// The labels of RFC 9420 section 5.1.2 and 8, spelt out here a second time.
const sized = (array) => {
  const length = array.length < 64 ? [array.length] : [0x40 | (array.length >> 8), array.length & 255];
  return Uint8Array.of(...length, ...array);
};
const labelled = (label, content) => Uint8Array.of(...sized(text(`MLS 1.0 ${label}`)), ...sized(content));
const expand = (suite, secret, label, context, length) =>
  suite.kdf.expand(secret, Uint8Array.of(length >> 8, length & 255, ...labelled(label, context)), length);
const uint32 = (number) => Uint8Array.of(number >>> 24, (number >> 16) & 255, (number >> 8) & 255, number & 255);

for (const [kind, suite] of Object.entries(suites)) {
  for (const one of read("crypto-basics")) {
    test(`hashes, derivations, signatures and encryption are those of the RFC (${kind})`, async () => {
      const { ref_hash: ref, expand_with_label: wide, derive_secret: secret, derive_tree_secret: tree } = one;
      const hashed = Uint8Array.of(...sized(text(ref.label)), ...sized(bytes(ref.value)));
      assert.equal(hex(await suite.hash.digest(hashed)), ref.out);
      assert.equal(hex(await expand(suite, bytes(wide.secret), wide.label, bytes(wide.context), wide.length)), wide.out);
      assert.equal(hex(await expand(suite, bytes(secret.secret), secret.label, bytes(""), 32)), secret.out);
      assert.equal(hex(await expand(suite, bytes(tree.secret), tree.label, uint32(tree.generation), tree.length)), tree.out);

      const { sign_with_label: sign, encrypt_with_label: sealed } = one;
      const signed = labelled(sign.label, bytes(sign.content));
      assert.ok(await suite.signature.verify(bytes(sign.pub), signed, bytes(sign.signature)));
      assert.equal(hex(await suite.signature.sign(bytes(sign.priv), signed)), sign.signature);
      assert.ok(!await suite.signature.verify(bytes(sign.pub), signed.with(0, 0), bytes(sign.signature)));

      const info = labelled(sealed.label, bytes(sealed.context));
      const key = await suite.hpke.importPrivateKey(bytes(sealed.priv));
      const opened = await suite.hpke.open(key, bytes(sealed.kem_output), bytes(sealed.ciphertext), info);
      assert.equal(hex(opened), sealed.plaintext);
      const again = await suite.hpke.seal(
        await suite.hpke.importPublicKey(bytes(sealed.pub)), bytes(sealed.plaintext), info, bytes(""));
      assert.equal(hex(await suite.hpke.open(key, again.enc, again.ct, info)), sealed.plaintext);
    });
  }

  for (const one of read("key-schedule")) {
    test(`every secret of ${one.epochs.length} epochs is the one of the RFC (${kind})`, async () => {
      let init = bytes(one.initial_init_secret);
      for (const epoch of one.epochs) {
        const [context] = mls.decodeGroupContext(bytes(epoch.group_context), 0);
        const { keySchedule: secrets, ...others } =
          await mls.initializeEpoch(init, bytes(epoch.commit_secret), context, bytes(epoch.psk_secret), suite.kdf);
        const all = { ...secrets, ...others };
        for (const [name, value] of Object.entries(all)) {
          assert.equal(hex(value), epoch[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)], name);
        }
        const external = await suite.hpke.deriveKeyPair(secrets.externalSecret);
        assert.equal(hex(await suite.hpke.exportPublicKey(external.publicKey)), epoch.external_pub);
        const { label, context: about, length, secret } = epoch.exporter;
        assert.equal(hex(await mls.mlsExporter(secrets.exporterSecret, label, bytes(about), length, suite)), secret);
        init = secrets.initSecret;
      }
    });
  }

  for (const one of read("secret-tree")) {
    test(`the keys of ${one.leaves.length} senders' messages are those of the RFC (${kind})`, async () => {
      const retain = { retainKeysForGenerations: 32, maximumForwardRatchetSteps: 1000 };
      const tree = await mls.createSecretTree(one.leaves.length, bytes(one.encryption_secret), suite.kdf);
      for (const [leafIndex, keys] of one.leaves.entries()) {
        for (const wanted of keys) {
          for (const [type, name] of [["commit", "handshake"], ["application", "application"]]) {
            const from = { leafIndex, generation: wanted.generation, reuseGuard: new Uint8Array(4) };
            const { key, nonce } = await mls.ratchetToGeneration(tree, from, type, retain, suite);
            assert.deepEqual([hex(key), hex(nonce)], [wanted[`${name}_key`], wanted[`${name}_nonce`]]);
          }
        }
      }
    });
  }

  for (const one of read("message-protection")) {
    test(`a message sealed elsewhere is opened, and ours opens the same way (${kind})`, async () => {
      const state = await stateOf(one, suite);
      const opened = await mls.processPrivateMessage(
        state, message(one.application_priv).privateMessage, mls.makePskIndex(undefined, {}), suite);
      assert.equal(hex(opened.message), one.application);
      const writing = { ...state, privatePath: { leafIndex: 1, privateKeys: {} } };
      const { privateMessage } = await mls.createApplicationMessage(writing, bytes(one.application), suite);
      const again = await mls.processPrivateMessage(state, privateMessage, mls.makePskIndex(undefined, {}), suite);
      assert.equal(hex(again.message), one.application);
    });
  }

  for (const name of ["passive-client-welcome", "passive-client-handling-commit", "passive-client-random"]) {
    for (const [number, one] of read(name).entries()) {
      test(`${name} ${number}: a member follows the room through ${one.epochs.length} changes (${kind})`, () => follow(one, suite));
    }
  }
}

for (const [number, one] of read("messages").entries()) {
  test(`messages ${number}: what is read is written the same again`, () => {
    for (const [name, written] of Object.entries(one)) assert.equal(hex(mls.encodeMlsMessage(message(written))), written, name);
  });
}

test("a browser that lacks the curves gets the portable ones, and the two kinds understand each other", async () => {
  const { generateKey, importKey } = crypto.subtle;
  const lacking = (name) => function lack(...args) {
    if (args.some((each) => /25519/.test(each?.name ?? each))) throw new DOMException("unknown", "NotSupportedError");
    return name.apply(crypto.subtle, args);
  };
  Object.assign(crypto.subtle, { generateKey: lacking(generateKey), importKey: lacking(importKey) });
  try {
    const old = await mls.cipherSuite();
    const { signKey, publicKey } = await old.signature.keygen();
    const keys = await old.hpke.generateKeyPair();
    const exported = await old.hpke.exportPublicKey(keys.publicKey);
    const signed = await old.signature.sign(signKey, text("from an old browser"));
    Object.assign(crypto.subtle, { generateKey, importKey });
    const current = await mls.cipherSuite();
    assert.ok(await current.signature.verify(publicKey, text("from an old browser"), signed));
    const sealed = await current.hpke.seal(await current.hpke.importPublicKey(exported), text("back"), text("info"), text(""));
    assert.equal(hex(await old.hpke.open(keys.privateKey, sealed.enc, sealed.ct, text("info"))), hex(text("back")));
  } finally {
    Object.assign(crypto.subtle, { generateKey, importKey });
  }
});

test("a Welcome finds its key package and opens with its key only", async () => {
  const [one] = read("welcome");
  const suite = suites["portable curves"];
  const { keyPackage } = message(one.key_package);
  const { welcome } = message(one.welcome);
  const ref = await mls.makeKeyPackageRef(keyPackage, suite.hash);
  assert.ok(welcome.secrets.some(({ newMember }) => hex(newMember) === hex(ref)));
  const keys = { initPrivateKey: bytes(one.init_priv).reverse(), hpkePrivateKey: bytes(""), signaturePrivateKey: bytes("") };
  const joining = (keyed) => mls.joinGroup(welcome, keyPackage, keyed, mls.makePskIndex(undefined, {}), suite, []);
  await assert.rejects(joining(keys), { name: "CryptoError" });
  // With the right key the secrets open; the vector has no tree, so its signer cannot be found.
  await assert.rejects(joining({ ...keys, initPrivateKey: bytes(one.init_priv) }), /signer/);
});

async function follow(one, suite) {
  const psks = Object.fromEntries(one.external_psks.map(({ psk_id: id, psk }) => [Buffer.from(id, "hex").toString("base64"), bytes(psk)]));
  const keys = {
    initPrivateKey: bytes(one.init_priv), hpkePrivateKey: bytes(one.encryption_priv), signaturePrivateKey: bytes(one.signature_priv),
  };
  const tree = one.ratchet_tree ? mls.decodeRatchetTree(bytes(one.ratchet_tree), 0)[0] : undefined;
  let state = await mls.joinGroup(
    message(one.welcome).welcome, message(one.key_package).keyPackage, keys, mls.makePskIndex(undefined, psks), suite, tree);
  assert.equal(hex(state.keySchedule.epochAuthenticator), one.initial_epoch_authenticator);
  for (const epoch of one.epochs) {
    for (const each of [...epoch.proposals, epoch.commit].map(message)) {
      const known = mls.makePskIndex(state, psks);
      ({ newState: state } = each.publicMessage
        ? await mls.processPublicMessage(state, each.publicMessage, known, suite)
        : await mls.processPrivateMessage(state, each.privateMessage, known, suite));
    }
    assert.equal(hex(state.keySchedule.epochAuthenticator), epoch.epoch_authenticator);
  }
}

async function stateOf(one, suite) {
  const leaf = { signaturePublicKey: bytes(one.signature_pub) };
  return {
    groupContext: {
      version: "mls10", cipherSuite: suite.name, groupId: bytes(one.group_id), epoch: BigInt(one.epoch),
      treeHash: bytes(one.tree_hash), confirmedTranscriptHash: bytes(one.confirmed_transcript_hash), extensions: [],
    },
    keySchedule: { senderDataSecret: bytes(one.sender_data_secret), membershipKey: bytes(one.membership_key) },
    secretTree: await mls.createSecretTree(2, bytes(one.encryption_secret), suite.kdf),
    ratchetTree: [{ nodeType: "leaf", leaf }, undefined, { nodeType: "leaf", leaf }],
    signaturePrivateKey: bytes(one.signature_priv),
    privatePath: { leafIndex: 0, privateKeys: {} },
    historicalReceiverData: new Map(),
    unappliedProposals: {},
    groupActiveState: { kind: "active" },
    clientConfig: {
      keyRetentionConfig: { retainKeysForGenerations: 32, retainKeysForEpochs: 2, maximumForwardRatchetSteps: 1000 },
      paddingConfig: { kind: "padUntilLength", padUntilLength: 256 },
    },
  };
}

function message(written) {
  return mls.decodeMlsMessage(bytes(written), 0)[0];
}
