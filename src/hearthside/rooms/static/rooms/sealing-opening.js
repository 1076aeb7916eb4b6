// The inside of sealing: opening what others said, and following who comes and goes, by the rules of a room.

import { decryptSenderData, processPrivateMessage, processPublicMessage } from "../vendor/ts-mls-1.6.4.min.js";
import {
  AlreadyOpened, Broken, EarlyEpoch, NoLongerIn, NotForUs, OldEpoch, OwnMessage, SenderIsOut,
} from "./sealing-refusals.js";
import { NO_KEYS, checked, deviceOf, equal, handle, isNamed, leaves, listed, suite } from "./sealing-states.js";

export async function openPrivate(state, epoch, message) {
  const { leafIndex, generation } = await decryptSenderData(message, epoch.senderDataSecret, await suite);
  const node = epoch.ratchetTree[2 * leafIndex];
  if (node?.nodeType !== "leaf") throw new Broken("its sender is not in the room");
  if (leafIndex === state.privatePath.leafIndex) throw new OwnMessage("sealed by this device");
  // Threat: a removed member, with the server's help, goes on in the epoch before.
  if (!isStillIn(state, node.leaf)) throw new SenderIsOut("removed since");
  const isSaid = message.contentType === "application";
  const ratchet = epoch.secretTree[2 * leafIndex][isSaid ? "application" : "handshake"];
  if (generation < ratchet.generation && !ratchet.unusedGenerations[generation]) throw new AlreadyOpened("its key is gone");
  const done = await processPrivateMessage(state, message, NO_KEYS, await suite, membersOnly);
  const from = deviceOf(node.leaf);
  const answer = isSaid
    ? { kind: "said", bytes: done.message, aad: message.authenticatedData, from, room: handle(done.newState) }
    : await changed(state, done.newState, from, false);
  return { answer, consumed: done.consumed };
}

function isStillIn(state, { credential, signaturePublicKey }) {
  const device = deviceOf({ credential });
  return leaves(state).some((leaf) => leaf.device === device && equal(leaf.key, signaturePublicKey));
}

export async function openPublic(state, message) {
  const { sender, contentType, commit } = message.content;
  if (contentType !== "commit") throw new Broken("only commits come in the clear");
  const isExternal = sender.senderType === "new_member_commit";
  if (!isExternal && sender.leafIndex === state.privatePath.leafIndex) throw new OwnMessage("sent by this device");
  if (isExternal) rejectTakeover(state, commit);
  const rule = isExternal ? comingIn : membersOnly;
  const done = await processPublicMessage(state, message, NO_KEYS, await suite, rule);
  const by = deviceOf(isExternal ? commit.path.leafNode : state.ratchetTree[2 * sender.leafIndex].leaf);
  return { answer: await changed(state, done.newState, by, isExternal), consumed: done.consumed };
}

// Threat: whoever has the GroupInfo comes in under their own name and throws somebody else out, or comes in under
// a name that is in the room without its old leaf going.
function rejectTakeover(state, commit) {
  const leaf = commit.path?.leafNode;
  if (!leaf || !isNamed(leaf.credential)) throw new Broken("whoever comes in must say who they are");
  const removed = commit.proposals.map(({ proposal }) => proposal?.remove?.removed).filter((each) => each !== undefined);
  const own = leaves(state).filter(({ device }) => device === deviceOf(leaf)).map(({ index }) => index);
  if (String(removed) !== String(own)) throw new Broken("whoever comes in may remove nobody but their own old leaf");
}

const only = (kinds) => ({ proposals }) => {
  if (proposals.every(({ proposal }) => kinds.includes(proposal.proposalType))) return "accept";
  throw new Broken("a change that rooms do not know");
};
const membersOnly = only(["add", "remove"]);
const comingIn = only(["external_init", "remove"]);

async function changed(before, after, by, isExternal) {
  checked(after, before.groupContext.groupId);
  const { joined, left, rejoined } = await difference(before, after, isExternal ? by : null);
  const gone = after.groupActiveState.kind === "removedFromGroup";
  return { kind: "changed", room: handle(after), joined, left, rejoined, by, gone };
}

// Read off the two trees, not off what a commit says. `back` came in by themselves, if need be under their old key.
export async function difference(before, after, back = null) {
  const [were, are] = await Promise.all([before, after].map((state) => listed(leaves(state))));
  const former = ({ device }) => were.find((other) => other.device === device);
  const isStill = ({ device }) => are.some((other) => other.device === device);
  const isBack = (each) => each.device === back || former(each).fingerprint !== each.fingerprint;
  return {
    joined: are.filter((each) => !former(each)),
    left: were.filter((each) => !isStill(each)),
    rejoined: are.filter((each) => former(each) && isBack(each))
      .map((each) => ({ ...each, before: former(each).fingerprint })),
  };
}

export function epochFor(state, { groupId, epoch, contentType }) {
  if (!equal(groupId, state.groupContext.groupId)) throw new NotForUs("of another room");
  if (state.groupActiveState.kind !== "active") throw new NoLongerIn("this device was removed");
  if (epoch > state.groupContext.epoch) throw new EarlyEpoch(`epoch ${epoch} has not come`);
  if (epoch === state.groupContext.epoch) return { ...state, senderDataSecret: state.keySchedule.senderDataSecret };
  const past = contentType === "application" && state.historicalReceiverData.get(epoch);
  if (!past) throw new OldEpoch(`epoch ${epoch} is over`);
  return past;
}
