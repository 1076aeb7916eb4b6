// <room-end>: why it is over here, what that means, and the next step. What must not stay on this device goes first.

import { Part } from "./part.js";

const FORGET = ["closed", "removed", "measure", "seat"];

export class RoomEnd extends Part {
  joined() {
    this.on("ended", ({ because }) => this.show(because));
    this.find("[data-take]")?.addEventListener("click", () => this.talk.takeOver());
    for (const again of this.querySelectorAll("[data-again]")) again.addEventListener("click", () => location.reload());
  }

  async show(because) {
    if (because === "left") return;
    await this.#forget(because).catch((error) => console.error(error));
    const sections = [...this.querySelectorAll("[data-because]")];
    const shown = sections.find((each) => each.dataset.because.split(" ").includes(because)) ?? sections.at(-1);
    for (const each of sections) each.hidden = each !== shown;
    this.hidden = false;
    this.talk.classList.add("is-over");
    shown.querySelector("[tabindex]").focus();
  }

  // What was said still stands on this screen, so that it can be reported; nothing of it is kept.
  async #forget(because) {
    if (because === "signed-out") await this.conversation.sealer?.signOut();
    else if (FORGET.includes(because)) await this.conversation.forget();
  }
}
