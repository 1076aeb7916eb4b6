// <said-menu>: what one can do with a message. There is one menu, and it moves to the message that was tapped.

import { Part } from "./part.js";

export class SaidMenu extends Part {
  joined() {
    this.list = this.talk.querySelector("said-list");
    this.home = this.parentElement;
    this.list.addEventListener("click", ({ target }) => {
      const more = target.closest("[data-said-more]");
      if (more) this.toggle(more);
    });
    this.addEventListener("click", (event) => this.#chosen(event));
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  toggle(more) {
    const id = more.closest("[data-id]").dataset.id;
    if (this.message?.id === id && !this.hidden) return this.close();
    this.close({ isFocused: false });
    this.message = this.conversation.messages.find((each) => each.id === id);
    this.opener = more;
    this.#prepare();
    more.after(this);
    this.hidden = false;
    more.setAttribute("aria-expanded", "true");
    this.scrollIntoView({ block: "nearest" });
    return this.find("button:not([hidden])").focus({ preventScroll: true });
  }

  close({ isFocused = true } = {}) {
    if (this.hidden) return;
    this.hidden = true;
    this.opener?.setAttribute("aria-expanded", "false");
    if (isFocused) this.opener?.focus({ preventScroll: true });
    this.home.append(this);
    this.message = null;
  }

  #prepare() {
    const { mine, reactions } = this.message;
    const alias = this.talk.you?.alias;
    for (const button of this.querySelectorAll("[data-do]")) {
      const does = button.dataset.do;
      if (does === "react") button.setAttribute("aria-pressed", String(reactions[button.dataset.sign].includes(alias)));
      if (["edit", "take_back"].includes(does)) button.hidden = !mine;
      if (["react", "report"].includes(does)) button.hidden = mine;
      if (does === "take_back") button.textContent = button.dataset.words;
      delete button.dataset.asked;
    }
  }

  #chosen({ target }) {
    const button = target.closest("[data-do]");
    if (!button) return;
    const { message, talk } = this;
    const box = talk.querySelector("word-box");
    switch (button.dataset.do) {
      case "answer": this.close({ isFocused: false }); return box.answer(message);
      case "edit": this.close({ isFocused: false }); return box.edit(message);
      case "report": this.close({ isFocused: false }); return document.querySelector("report-words").choose(talk, message.id);
      case "react": {
        const isOn = button.getAttribute("aria-pressed") === "true";
        this.conversation.react(message.id, button.dataset.sign, !isOn);
        return this.close();
      }
      default: return this.#takeBack(button);
    }
  }

  // Asked twice: what is taken back is gone for everybody.
  #takeBack(button) {
    if (!button.dataset.asked) {
      button.dataset.asked = "yes";
      button.textContent = button.dataset.again;
      return;
    }
    this.conversation.takeBack(this.message.id);
    this.close();
  }
}
