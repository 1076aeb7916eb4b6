// <report-words>: choose messages and show those, and no others, to the people who look after safety.

import { Part, put } from "./part.js";
import { inShort } from "./said-card.js";

export class ReportWords extends Part {
  joined() {
    this.list = this.find("[data-list]");
    this.form = this.find("form");
    this.closest("[data-panel]").addEventListener("panel-open", () => this.#fill(this.from ?? this.talk));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(event.submitter);
    });
  }

  /** Open the panel with one message chosen, of the meeting or of a private word. */
  choose(talk, id) {
    this.from = talk;
    this.closest("room-panels").show("report");
    const box = this.list.querySelector(`input[value="${CSS.escape(id)}"]`);
    if (!box) return;
    box.checked = true;
    box.scrollIntoView({ block: "center" });
    box.focus();
  }

  #fill(talk) {
    const chosen = new Set(this.#chosen());
    // Also what was taken back: somebody may say a thing and take it back at once.
    const messages = talk.conversation.messages.filter(({ status }) => status === "sent");
    this.find("[data-none]").hidden = messages.length > 0;
    this.form.hidden = messages.length === 0;
    this.find("[data-thanks]").hidden = true;
    this.tell("");
    this.list.replaceChildren(...messages.map((message) => {
      const row = this.row("choice");
      const box = row.querySelector("input");
      box.value = message.id;
      box.checked = chosen.has(message.id);
      put(row.querySelector("[data-name]"), talk.nameOrYou(message.alias));
      put(row.querySelector("[data-time]"), talk.words.time(message.at));
      put(row.querySelector("[data-text]"), inShort(message, talk.words));
      return row;
    }));
  }

  #chosen() {
    return [...this.list.querySelectorAll("input:checked")].map((box) => box.value);
  }

  async #send(button) {
    const ids = this.#chosen();
    if (ids.length === 0) return this.tell(this.words.say("report.none_chosen"));
    button.setAttribute("aria-busy", "true");
    const talk = this.from ?? this.talk;
    const answer = await talk.conversation.report(ids, this.form.elements.words.value.trim())
      .catch(() => ({ words: this.words.say("failed") }));
    button.removeAttribute("aria-busy");
    this.tell(answer.words);
    for (const index of answer.forged ?? []) this.list.querySelector(`input[value="${CSS.escape(ids[index])}"]`)?.closest("li").classList.add("is-forged");
    if (answer.url) this.#thank(answer.url);
  }

  #thank(url) {
    this.form.hidden = true;
    this.form.reset();
    const thanks = this.find("[data-thanks]");
    thanks.hidden = false;
    thanks.querySelector("a").href = url;
    thanks.focus();
  }
}
