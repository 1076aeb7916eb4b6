// Answers the calls on standard input with the franking.js named on the command line.
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { answers } from "./twin.mjs";

// Node 18 has WebCrypto, but not yet under its name.
globalThis.crypto ??= webcrypto;
// Node takes a .js file for CommonJS; a data address is always a module.
const source = readFileSync(process.argv[2]).toString("base64");
const franking = await import(`data:text/javascript;base64,${source}`);
process.stdout.write(JSON.stringify(await answers(franking, JSON.parse(readFileSync(0, "utf8")))));
