// <own-settings>: how this browser behaves in rooms; kept in this browser only.

import { Part } from "./part.js";

const PREFIX = "room:";
const AT_FIRST = { aloud: true, enter: false };

/** @param {"aloud"|"enter"} name */
export function isOn(name) {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? AT_FIRST[name] : kept === "yes";
  } catch {
    return AT_FIRST[name];
  }
}

export class OwnSettings extends Part {
  joined() {
    for (const box of this.querySelectorAll("input[type=checkbox]")) {
      box.checked = isOn(box.name);
      box.addEventListener("change", () => keep(box));
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

function keep(box) {
  try {
    localStorage.setItem(PREFIX + box.name, box.checked ? "yes" : "no");
  } catch {
    // A browser that keeps nothing keeps no settings either.
    box.checked = isOn(box.name);
  }
  dispatchEvent(new Event("room-settings"));
}
