// The worker that seals and opens: keys never reach the page. It answers {id, call, room?, args} with {id, done} or
// {id, error}; sealer.js is its other side.

import { open as openStore } from "./key-store.js";
import { NotJoined, SealedRoom } from "./sealed-room.js";
import { fingerprint, keyPackage, newIdentity } from "./sealing.js";

const DAY = 86_400_000;
const ROOM_CALLS = ["found", "welcome", "join", "change", "seal", "open", "members", "code", "groupInfo", "said",
  "forgetSaid", "keep", "kept", "drop", "forget"];
const rooms = new Map();
let store;
let identity;

const calls = {
  async start({ person, device }) {
    store = await openStore(person);
    identity = await store.get("identity");
    if (!identity) {
      identity = await newIdentity(device);
      await store.write({ identity }, { durable: true });
    }
    return { device: identity.device, fingerprint: await fingerprint(identity) };
  },

  async packages({ count, days, lastResort = false }) {
    const now = Date.now();
    await forgetExpired(now);
    const made = await Promise.all(Array.from({ length: count }, () => keyPackage(identity, { days, lastResort, now })));
    const kept = made.map((each) => [`package/${crypto.randomUUID()}`,
      { kept: each.kept, isLastResort: lastResort, until: now + (days + 1) * DAY }]);
    await store.write(Object.fromEntries(kept), { durable: true });
    return made.map(({ published }) => published);
  },

  async enter({ room, takeOver }) {
    await calls.leave({ room });
    const entered = new SealedRoom({ store, identity, id: room });
    const summary = await entered.enter({ takeOver, lostTo: () => postMessage({ lost: room }) });
    rooms.set(room, entered);
    return summary;
  },

  async leave({ room }) {
    await rooms.get(room)?.leave();
    rooms.delete(room);
  },

  async signOut() {
    await Promise.all([...rooms.keys()].map((room) => calls.leave({ room })));
    await store.forgetAll();
    identity.signKey.fill(0);
    identity = store = undefined;
  },
};

async function forgetExpired(now) {
  const old = [...await store.all("package/")].filter(([, { until }]) => until < now);
  await store.write(Object.fromEntries(old.map(([name]) => [name, undefined])));
}

function answerTo({ call, room, args }) {
  if (!ROOM_CALLS.includes(call)) return calls[call](...args);
  if (!rooms.has(room)) throw new NotJoined("enter the room first");
  return rooms.get(room)[call](...args);
}

onmessage = async ({ data }) => {
  try {
    postMessage({ id: data.id, done: await answerTo(data) });
  } catch (error) {
    postMessage({ id: data.id, error: { name: error.name, message: error.message } });
  }
};
