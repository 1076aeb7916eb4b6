// <own-settings>: how this browser behaves in rooms; kept in this browser only.

import { Part } from "./part.js";

const PREFIX = "room:";
const OFF_AT_FIRST = new Set(["enter"]);

/** @param {string} name "aloud", "enter", or "hints:" and the group that it is for */
export function isOn(name) {
  const atFirst = !OFF_AT_FIRST.has(name);
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? atFirst : kept === "yes";
  } catch {
    return atFirst;
  }
}

/** Turn something off where it stands; the box in the settings follows. */
export function turnOff(name) {
  const box = document.querySelector(`own-settings input[name="${CSS.escape(name)}"]`);
  if (box) box.checked = false;
  keep({ name, checked: false });
}

export class OwnSettings extends Part {
  joined() {
    for (const box of this.querySelectorAll("input[type=checkbox]")) {
      box.checked = isOn(box.name);
      box.addEventListener("change", () => {
        if (!keep(box)) box.checked = isOn(box.name);
      });
    }
    this.on("you", () => this.#show());
    this.on("state", () => this.#show());
    this.sends();
    this.find("form")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
  }

  #show() {
    const stance = this.talk.person(this.talk.you?.alias)?.stance;
    const chosen = stance && this.find(`input[name=stance][value=${stance}]`);
    if (chosen) chosen.checked = true;
  }
}

// A browser that keeps nothing keeps no settings either.
function keep({ name, checked }) {
  try {
    localStorage.setItem(PREFIX + name, checked ? "yes" : "no");
  } catch {
    return false;
  }
  dispatchEvent(new Event("room-settings"));
  return true;
}
