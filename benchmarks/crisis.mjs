// How long the browser's reader takes for a message: rules, the model alone, and both; p50 and p99 in milliseconds.

import { readFileSync } from "node:fs";

const ROUNDS = 5;
const root = process.argv[2];
const { Linear, lookedAgain, packOf, read } = await import(`${root}/src/hearthside/safety/static/safety/crisis/crisis.js`);
const { words } = await import(`${root}/src/hearthside/safety/static/safety/crisis/words.js`);
const data = `${root}/src/peerkit/crisis/data`;
const texts = JSON.parse(readFileSync(0, "utf8"));

const began = performance.now();
const pack = packOf(JSON.parse(readFileSync(`${data}/en.json`, "utf8")));
const model = new Linear(new Uint8Array(readFileSync(`${data}/en.weights.bin`)));
const open = performance.now() - began;

const mended = new Map(texts.map((text) => [text, pack.repairs.mend(words(Array.from(text), false)).map((one) => one.text)]));
const ways = {
  rules: (text) => read(pack, text),
  model: (text) => model.chances(mended.get(text).slice(0, 40)),
  both: (text) => lookedAgain(pack, model, text, read(pack, text)),
};

// Of several rounds the fastest counts for each message: other work on the machine only ever adds.
function measured(way) {
  for (const text of texts) way(text);
  const times = texts.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round += 1) {
    texts.forEach((text, n) => {
      const start = performance.now();
      way(text);
      times[n] = Math.min(times[n], performance.now() - start);
    });
  }
  times.sort((a, b) => a - b);
  return [0.5, 0.99].map((part) => times[Math.floor(part * (times.length - 1))]);
}

const told = Object.fromEntries(Object.entries(ways).map(([name, way]) => [name, measured(way)]));
console.log(JSON.stringify({ version: process.version, open, ...told }));
