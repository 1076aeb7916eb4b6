// The page's sentences: written and translated by the server, filled in here. No script of the room holds a sentence.

/** Sentences of a template: `<p data-say="held">{name} has it.</p>`; with a number in it `name.one`, `name.other`. */
export class Words {
  #sentences = new Map();
  #plural = new Intl.PluralRules(document.documentElement.lang);
  #clock = new Intl.DateTimeFormat(regional(document.documentElement.lang), { hour: "numeric", minute: "2-digit" });
  #list = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" });

  /** @param {HTMLTemplateElement} template */
  constructor(template) {
    for (const each of template.content.querySelectorAll("[data-say]")) {
      this.#sentences.set(each.dataset.say, each.textContent.trim());
    }
  }

  has(name) {
    return this.#sentences.has(name);
  }

  /** @param {string} name @param {object} [slots] what stands in for {each} name in braces */
  say(name, slots = {}) {
    const sentence = this.#sentences.get(name) ?? "";
    return sentence.replace(/\{(\w+)\}/g, (whole, slot) => slots[slot] ?? whole);
  }

  /** The sentence for so many; they are {many} in it. */
  count(name, many, slots = {}) {
    const form = `${name}.${this.#plural.select(many)}`;
    return this.say(this.has(form) ? form : `${name}.other`, { many, ...slots });
  }

  /** @param {number} at milliseconds since 1970 @returns {string} the time of day, as this language writes it */
  time(at) {
    return this.#clock.format(at);
  }

  /** @param {string[]} names @returns {string} "Robin, Sam and Ana" */
  list(names) {
    return this.#list.format(names);
  }
}

// The page's language as it is written where this browser lives: 17:05, or 5:05 pm.
function regional(language) {
  return navigator.languages.find((each) => each.split("-")[0] === language.split("-")[0]) ?? language;
}
