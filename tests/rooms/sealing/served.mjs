// The scripts under test, as they are served: STATIC is the folder that holds rooms/ and vendor/.

import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = process.env.STATIC;
const bundle = readdirSync(`${folder}/vendor`).find((name) => /^ts-mls-.*\.js$/.test(name));

export const mls = await import(pathToFileURL(`${folder}/vendor/${bundle}`));
export const sealing = await import(pathToFileURL(`${folder}/rooms/sealing.js`));
