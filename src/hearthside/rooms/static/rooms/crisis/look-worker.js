// Opens the rules of the room's languages and holds words against them. It asks for nothing but the rules themselves.

import { openReader } from "../../safety/crisis/crisis.js";
import { together } from "./look.js";

let readers = [];

async function open(languages, base) {
  readers = await Promise.all(languages.map((language) => openReader({ language, base })));
  postMessage({ readers: readers.map(({ isOn, why }, n) => ({ language: languages[n], isOn, why })) });
}

let opened = null;

onmessage = async ({ data }) => {
  if (data.open) {
    opened = open(data.open, data.base);
    return;
  }
  await opened;
  const { number, text, rulesOnly } = data;
  postMessage({ number, reading: together(readers.map((reader) => reader.read(text, { rulesOnly }))) });
};
