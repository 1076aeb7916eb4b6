// A private card: what was noticed, one question, numbers to reach, and what can be done. Whoever closes it loses nothing.

/** A card of the page's template, ready to stand in the dock. */
export class Card {
  /**
   * @param {HTMLTemplateElement} template
   * @param {{card: import("./kinds.js").Noticed, held: boolean, isShort: boolean}} shown
   */
  constructor(template, { card, held, isShort }) {
    const found = template.content.querySelector(`[data-card="${card.kind}"]`);
    this.element = document.importNode(found, true);
    this.sentence = this.element.dataset.sentence ?? "";
    for (const each of this.element.querySelectorAll("[data-noticed]")) keepIf(each, each.dataset.noticed.split(" ").includes(card.act));
    for (const each of this.element.querySelectorAll("[data-length]")) keepIf(each, (each.dataset.length === "short") === isShort);
    for (const each of this.element.querySelectorAll("[data-held]")) keepIf(each, (each.dataset.held === "yes") === held);
    this.#tellsWhy(card.quotes);
  }

  get heading() {
    return this.element.querySelector("h2");
  }

  /** Told once: the way to tell stays in the line of help. */
  told() {
    this.element.querySelector("[data-do=tell]")?.remove();
  }

  // Only when asked for: one's own words may be hard to read again, and no card names what they may name.
  #tellsWhy(quotes) {
    const why = this.element.querySelector("[data-why]");
    why?.addEventListener("toggle", () => {
      const list = why.querySelector("[data-quotes]");
      list.replaceChildren(...(why.open ? quotes.map(quoted) : []));
    });
  }
}

function keepIf(element, isKept) {
  if (!isKept) element.remove();
}

function quoted(words) {
  const line = document.createElement("q");
  line.textContent = words;
  return line;
}
