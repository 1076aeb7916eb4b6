// What all of the page's conversations share: one worker that looks at words, and one memory of the day.

import { Look } from "./look.js";
import { Memory } from "./memory.js";

let shared = null;

/**
 * The page's own, made when it is first asked for.
 * @param {HTMLElement} page the element that names the worker, the rules and the languages
 */
export function deviceOf(page) {
  shared ??= made(page.dataset);
  return shared;
}

function made({ look, rules, languages, spoken, tender }) {
  // Absolute: a worker would take it as beside itself.
  const base = new URL(rules, location.href).href;
  const isTender = tender === "yes";
  const worker = new Worker(look, { type: "module" });
  return {
    isTender,
    memory: new Memory(),
    look: new Look({ worker, languages: languages.split(" "), base, rulesOnly: isTender }),
    spoken: spoken.split(" "),
  };
}

/** The languages of this room that nothing is noticed in; `isAll` where it is so for every language. */
export function offOf(readers, spoken) {
  const off = readers.filter(({ language, isOn }) => !isOn && spoken.includes(language));
  const isFault = off.some(({ why }) => why !== "language");
  return { off: off.map(({ language }) => language), isAll: readers.every(({ isOn }) => !isOn), isFault };
}
