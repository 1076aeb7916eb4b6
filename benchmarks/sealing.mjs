// How long sealing takes, in Node or in a browser: medians in milliseconds, and sizes in bytes. Started by sealing.py.

const TEXT = new Uint8Array(200);
const UUID = "0b4f7c1e-9d57-4c58-8a3e-6a6f2d0c9a1";

/** Figures of a room of `size` devices. `sealing` is the module rooms/sealing.js. */
export async function measure(sealing, size, rounds) {
  const groupId = crypto.getRandomValues(new Uint8Array(16));
  const people = await Promise.all(Array.from({ length: size }, async (_, index) => {
    const identity = await sealing.newIdentity(`device-${index}`);
    return { identity, ...await sealing.keyPackage(identity, { days: 30 }) };
  }));
  const [first, second] = people;
  const alone = await sealing.found(first.identity, groupId);
  const [addAll, added] = await timed(() => sealing.change(alone, { add: people.slice(1).map((each) => each.published) }));
  const joins = await several(rounds, () => sealing.joinByWelcome(second.identity, [second.kept], groupId, added.welcome));
  let [ours, theirs] = [added.next, joins.last.room];
  const messages = [];
  const seals = await several(20 * rounds, async () => {
    const { message, room } = await sealing.seal(ours, TEXT);
    ours = room;
    messages.push(message);
  });
  const opens = await several(messages.length, async (index) => { theirs = (await sealing.open(theirs, messages[index])).room; });
  const states = await several(rounds, () => sealing.toBytes(ours));
  const stranger = await sealing.newIdentity("stranger");
  const info = await sealing.groupInfo(ours);
  const comeIns = await several(rounds, () => sealing.joinByExternalCommit(stranger, groupId, info));
  const [openJoin, told] = await timed(() => sealing.open(theirs, comeIns.last.commit));
  ours = (await sealing.open(ours, comeIns.last.commit)).room;
  const [remove, removed] = await timed(() => sealing.change(ours, { remove: ["device-2"] }));
  const [openRemove] = await timed(() => sealing.open(told.room, removed.commit));
  return {
    ms: { seal: seals.median, open: opens.median, join: joins.median, joinAlone: comeIns.median, openJoin, addAll, remove,
      openRemove, toBytes: states.median },
    bytes: { message: messages[0].length, keyPackage: first.published.length, welcome: added.welcome.length,
      groupInfo: info.length, commit: removed.commit.length, state: states.last.length,
      stateAfterTwoChanges: sealing.toBytes(removed.next).length },
  };
}

/** What the page waits for when it goes through the worker, keys stored durably: a room of ten. */
export async function measureWorker({ Sealer }, workerUrl, rounds) {
  const room = `${UUID}1`;
  const sealers = await Promise.all(["ada", "ben"].map((name) => Sealer.start({ workerUrl, person: name, device: name })));
  const [hers, his] = await Promise.all(sealers.map((sealer) => sealer.room(room)));
  const others = await Promise.all(Array.from({ length: 8 }, (_, index) => Sealer.start(
    { workerUrl, person: `other-${index}`, device: `other-${index}` })));
  await hers.found();
  const add = await Promise.all([sealers[1], ...others].map(async (sealer) => (await sealer.packages({ count: 1, days: 30 }))[0]));
  const { commit, welcome } = await hers.change({ add });
  await hers.open([{ seq: 1, message: commit }]);
  const [join] = await timed(() => his.welcome(welcome, 1));
  const messages = [];
  const seals = await several(10 * rounds, async () => messages.push((await hers.seal(TEXT)).message));
  const opens = await several(messages.length / 2, (index) => his.open([{ seq: index + 2, message: messages[index] }]));
  const rest = messages.slice(messages.length / 2).map((message, index) => ({ seq: index + 900, message }));
  const [together] = await timed(() => his.open(rest));
  await Promise.all([...sealers, ...others].map((sealer) => sealer.signOut()));
  return { ms: { join, seal: seals.median, open: opens.median, openEachOfMany: together / rest.length } };
}

async function timed(work) {
  const start = performance.now();
  const done = await work();
  return [performance.now() - start, done];
}

async function several(times, work) {
  const taken = [];
  let last;
  for (let index = 0; index < times; index += 1) {
    const [ms, done] = await timed(() => work(index));
    taken.push(ms);
    last = done;
  }
  return { median: taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)], last };
}

if (globalThis.process?.argv[2]) {
  const [, , module, sizes, rounds] = process.argv;
  const sealing = await import(module);
  const found = {};
  for (const size of sizes.split(",")) found[size] = await measure(sealing, Number(size), Number(rounds));
  console.log(JSON.stringify(found));
}
