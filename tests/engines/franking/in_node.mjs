// Answers the calls on standard input with the franking.js named on the command line.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { answers } from "./twin.mjs";

// Node 18 has WebCrypto, but not yet under its name.
globalThis.crypto ??= webcrypto;
// Node takes a .js file for CommonJS unless the folder says otherwise.
const folder = mkdtempSync(join(tmpdir(), "franking-"));
writeFileSync(join(folder, "package.json"), '{"type": "module"}');
for (const name of ["franking.js", "bytes.js"]) copyFileSync(join(dirname(process.argv[2]), name), join(folder, name));
const franking = await import(join(folder, "franking.js"));
rmSync(folder, { recursive: true });
process.stdout.write(JSON.stringify(await answers(franking, JSON.parse(readFileSync(0, "utf8")))));
