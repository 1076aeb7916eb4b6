// What sealing refuses, by name. A refusal is a fact about a message or a room; nothing was changed by it.

/** What all refusals of this module are; `name` tells which. */
export class SealingError extends Error {
  get name() { return this.constructor.name; }
}
/** Sealed in an epoch whose keys are gone here: before we joined, or too long ago. */
export class OldEpoch extends SealingError {}
/** Sealed in an epoch that we have not reached: open the commits before it first. */
export class EarlyEpoch extends SealingError {}
/** Of another room, or a join that we have no part in. */
export class NotForUs extends SealingError {}
/** Altered, false, malformed, or against the rules of a room. */
export class Broken extends SealingError {}
/** Its key was used up when it was opened, or is too far out of order. */
export class AlreadyOpened extends SealingError {}
/** Sealed by this device: MLS lets nobody open what they sealed themselves. */
export class OwnMessage extends SealingError {}
/** Sealed by a device that was removed since: whoever is out is not heard any more. */
export class SenderIsOut extends SealingError {}
/** We were removed: nothing can be sealed here any more. */
export class NoLongerIn extends SealingError {}
/** A newer state of this room exists: going on from this one would use a key twice. */
export class StateIsSpent extends SealingError {}
/** A device to be added is in the room already. */
export class AlreadyIn extends SealingError {}
/** A device to be removed is not in the room. */
export class NotIn extends SealingError {}
/** A key package is out of its time, by this device's clock. */
export class PackageExpired extends SealingError {}
