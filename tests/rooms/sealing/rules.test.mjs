// Changes that MLS itself would allow, and rooms do not: made with the bundle directly, as an attacker would.

import assert from "node:assert/strict";
import { test } from "node:test";

import { random, text } from "./bytes.mjs";
import { Device, assertTogether, roomOf } from "./people.mjs";
import { mls, sealing } from "./served.mjs";

const suite = await mls.cipherSuite();
const joining = { ...suite,
  hpke: { ...suite.hpke, importPublicKey: (key) => suite.hpke.importPublicKey(key.slice(-32)) } };
const NO_KEYS = mls.makePskIndex(undefined, {});
const config = {
  keyRetentionConfig: { retainKeysForGenerations: 32, retainKeysForEpochs: 2, maximumForwardRatchetSteps: 1000 },
  lifetimeConfig: { maximumTotalLifetime: 2n ** 40n, validateLifetimeOnReceive: false },
  keyPackageEqualityConfig: { compareKeyPackages: () => false, compareKeyPackageToLeafNode: () => false },
  paddingConfig: { kind: "padUntilLength", padUntilLength: 256 },
  authService: { validateCredential: async () => true },
};
const inside = (device) => ({ ...mls.decodeGroupState(sealing.toBytes(device.room), 1)[0], clientConfig: config });
const identityOf = (leaf) => new TextDecoder().decode(leaf.credential.identity);

async function packageFor(name, credential = { credentialType: "basic", identity: text(name) }) {
  const capabilities = {
    versions: ["mls10"], ciphersuites: [suite.name], extensions: [], proposals: [], credentials: ["basic", "x509"],
  };
  const lifetime = { notBefore: 0n, notAfter: 2n ** 62n };
  return mls.generateKeyPackageWithKey(credential, capabilities, lifetime, [], await suite.signature.keygen(), suite);
}

/** An external commit by `name` that removes the leaf of `victim`, if one is named. */
async function intrusion(room, name, victim, credential) {
  const { groupInfo } = mls.decodeMlsMessage(await sealing.groupInfo(room), 0)[0];
  const { publicPackage, privatePackage } = await packageFor(name, credential);
  const compareKeyPackageToLeafNode = (_, leaf) => identityOf(leaf) === victim;
  const removing = { ...config, keyPackageEqualityConfig: { compareKeyPackages: () => false, compareKeyPackageToLeafNode } };
  const { publicMessage } = await mls.joinGroupExternal(
    groupInfo, publicPackage, privatePackage, Boolean(victim), joining, undefined, removing);
  return mls.encodeMlsMessage({ version: "mls10", wireformat: "mls_public_message", publicMessage });
}

async function committed(device, ...extraProposals) {
  const { commit } = await mls.createCommit(
    { state: inside(device), cipherSuite: suite, pskIndex: NO_KEYS }, { extraProposals, ratchetTreeExtension: true });
  return mls.encodeMlsMessage(commit);
}

const isBroken = (why) => ({ name: "Broken", message: why });

test("an honest joining made the same way is accepted, so that the refusals below mean something", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const told = await ada.hear(await intrusion(ben.room, "cem"));
  assert.deepEqual(told.joined.map(({ device }) => device), ["cem"]);
});

test("nobody comes in by throwing somebody else out", async () => {
  const [ada, ben, cem] = await roomOf("ada", "ben", "cem");
  await assert.rejects(ada.hear(await intrusion(ben.room, "mallory", "cem")), isBroken(/remove nobody/));
  await assertTogether([ada, ben, cem]);
});

test("nobody comes in under a name that is there already, beside its owner", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  await assert.rejects(ada.hear(await intrusion(ben.room, "ben")), isBroken(/remove nobody/));
});

test("nobody comes in without a proper name", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  for (const name of ["", " ", "two words", "b\u0000n", "x".repeat(65), "béa"]) {
    await assert.rejects(ada.hear(await intrusion(ben.room, name)), isBroken(/who they are/), JSON.stringify(name));
  }
  const certificate = { credentialType: "x509", certificates: [random(20)] };
  await assert.rejects(ada.hear(await intrusion(ben.room, "", null, certificate)), { name: "Broken" });
});

test("a member lets nobody in twice, nor under a name of rubbish", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  for (const [name, why] of [["ada", /already in the group|two leaves/], ["two words", /credential/]]) {
    const { publicPackage } = await packageFor(name);
    const adding = await committed(ben, { proposalType: "add", add: { keyPackage: publicPackage } });
    await assert.rejects(ada.hear(adding), isBroken(why), name);
  }
});

test("changes other than coming and going are refused", async () => {
  const [ada, ben] = await roomOf("ada", "ben");
  const extensions = { proposalType: "group_context_extensions", groupContextExtensions: { extensions: [] } };
  const again = { proposalType: "reinit",
    reinit: { groupId: random(16), version: "mls10", cipherSuite: suite.name, extensions: [] } };
  for (const proposal of [extensions, again]) {
    await assert.rejects(ada.hear(await committed(ben, proposal)), isBroken(/rooms do not know/), proposal.proposalType);
  }
  assert.deepEqual((await ada.hear(await committed(ben))).left, []);
});

test("a change that is only proposed is refused, sealed or not, and stops nobody from speaking", async () => {
  const [ada, ben, cem] = await roomOf("ada", "ben", "cem");
  for (const isInTheClear of [false, true]) {
    const proposal = { proposalType: "remove", remove: { removed: 2 } };
    const { message } = await mls.createProposal(inside(ben), isInTheClear, proposal, suite);
    await assert.rejects(ada.hear(mls.encodeMlsMessage(message)), isBroken(/not spoken here/));
  }
  assert.equal(await cem.hear(await ada.say("on we go")), "on we go");
});

test("a message must be signed by who is said to make it, whatever keys of the room an attacker has", async () => {
  const [ada, ben, cem] = await roomOf("ada", "ben", "cem");
  const forger = { ...inside(cem), privatePath: inside(ben).privatePath };
  const { privateMessage } = await mls.createApplicationMessage(forger, text("I am ben"), suite);
  const forged = mls.encodeMlsMessage({ version: "mls10", wireformat: "mls_private_message", privateMessage });
  await assert.rejects(ada.hear(forged), isBroken(/[Ss]ignature/));
});

test("an invitation into a room that holds one device twice is refused", async () => {
  const groupId = random(16);
  const eva = await Device.called("eva", groupId);
  const [first, twin] = await Promise.all([packageFor("ada"), packageFor("ada")]);
  const state = await mls.createGroup(groupId, first.publicPackage, first.privatePackage, [], suite, config);
  const { keyPackage } = mls.decodeMlsMessage(await eva.publish(), 0)[0];
  const extraProposals = [twin.publicPackage, keyPackage].map((each) => ({ proposalType: "add", add: { keyPackage: each } }));
  const { welcome } = await mls.createCommit(
    { state, cipherSuite: suite, pskIndex: NO_KEYS }, { extraProposals, ratchetTreeExtension: true });
  const invitation = mls.encodeMlsMessage({ version: "mls10", wireformat: "mls_welcome", welcome });
  await assert.rejects(eva.welcomed(invitation), isBroken(/two leaves/));
});
