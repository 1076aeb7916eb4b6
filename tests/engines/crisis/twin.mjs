// The browser's reader over standard input: the first line is a pack and the weights of its model (base 64, or null),
// then a line of JSON for each text.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { Linear, lookedAgain, packOf, read } = await import(pathToFileURL(process.argv[2]));
let [pack, model] = [null, null];

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const value = JSON.parse(line);
  if (pack === null) {
    pack = packOf(value.pack);
    model = value.weights && new Linear(new Uint8Array(Buffer.from(value.weights, "base64")));
  } else {
    const reading = read(pack, value);
    process.stdout.write(`${JSON.stringify(model ? lookedAgain(pack, model, value, reading) : reading)}\n`);
  }
}
