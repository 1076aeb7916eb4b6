// <room-panels>: what opens beside the conversation, or on a phone over it: one at a time, with a clear way back.

import { Part } from "./part.js";

const BESIDE = matchMedia("(min-width: 60rem)");

export class RoomPanels extends Part {
  joined() {
    this.open = null;
    document.addEventListener("click", ({ target }) => {
      const opener = target.closest("[data-opens]");
      if (opener) this.toggle(opener.dataset.opens, opener);
      if (target.closest("[data-closes]")) this.close();
    });
    this.addEventListener("keydown", (event) => event.key === "Escape" && !BESIDE.matches && this.close());
    BESIDE.addEventListener("change", () => this.#settle());
    if (BESIDE.matches && this.dataset.first) this.show(this.dataset.first, { isFocused: false });
  }

  toggle(name, opener) {
    if (this.open === name && opener.closest(".room-head")) this.close();
    else this.show(name, { opener });
  }

  show(name, { opener = null, isFocused = true } = {}) {
    this.opener = opener ?? this.opener;
    this.open = name;
    for (const panel of this.panels()) panel.hidden = panel.dataset.panel !== name;
    this.#settle();
    const panel = this.panels().find((each) => each.dataset.panel === name);
    if (isFocused) panel.querySelector("h2").focus();
    panel.dispatchEvent(new CustomEvent("panel-open", { bubbles: true, detail: { name } }));
  }

  close() {
    if (!this.open) return;
    this.open = null;
    for (const panel of this.panels()) panel.hidden = true;
    this.#settle();
    this.opener?.focus();
    this.opener = null;
    this.dispatchEvent(new CustomEvent("panel-close", { bubbles: true }));
  }

  panels() {
    return [...this.querySelectorAll(":scope > [data-panel]")];
  }

  #settle() {
    this.hidden = !this.open;
    document.body.classList.toggle("has-panel", Boolean(this.open));
    // Over the room on a phone: what is behind is neither reached by the keyboard nor read out.
    for (const each of document.querySelectorAll(".room-head, .room-talking")) each.inert = Boolean(this.open) && !BESIDE.matches;
    for (const opener of document.querySelectorAll("[data-opens][aria-expanded]")) {
      opener.setAttribute("aria-expanded", String(opener.dataset.opens === this.open));
    }
  }
}
