// <said-list>: what is said, in order. It adds and changes single cards and never draws the whole list again.

import { Part, put } from "./part.js";
import { fill } from "./said-card.js";

const NEAR_END = 140;
const SAME_BREATH_MS = 4 * 60_000;

export class SaidList extends Part {
  #cards = new Map();
  #changed = new Set();

  joined() {
    this.list = this.find("[data-list]");
    this.newer = this.find("[data-newer]");
    this.on("messages", ({ ids }) => this.#note(ids));
    this.on("started", () => this.#note(this.conversation.messages.map((each) => each.id)));
    this.on("state", () => this.#renamed());
    this.on("covered", () => this.#note([...this.#cards.keys()]));
    this.on("announce", (told) => this.#announce(told));
    this.on("began", () => this.#cards.size > 0 && this.#line(this.words.say("began_here")));
    this.on("unreadable", ({ alias }) => this.#line(this.words.say("unreadable", { name: this.talk.name(alias) })));
    this.newer.addEventListener("click", () => this.toEnd());
    addEventListener("scroll", () => this.#scrolled(), { passive: true, capture: true });
    this.#followsDock();
    this.list.addEventListener("keydown", (event) => this.#arrows(event));
    this.list.addEventListener("click", (event) => this.#tapped(event));
  }

  card(id) {
    return this.#cards.get(id);
  }

  /** Once before the next frame is drawn, however often it is asked for: each time costs a layout. */
  toEnd() {
    this.newer.hidden = true;
    this.wasAtEnd = true;
    this.scrolling ??= requestAnimationFrame(() => {
      this.scrolling = null;
      const scroller = this.#scroller();
      scroller.scrollTo({ top: scroller.scrollHeight, behavior: "instant" });
    });
  }

  /** Bring a message into view, with the focus on it. */
  goTo(id) {
    const card = this.#cards.get(id);
    card?.scrollIntoView({ block: "center" });
    card?.querySelector("[data-said-more]").focus({ preventScroll: true });
  }

  // Many changes at once (a history that is read) are drawn once.
  #note(ids) {
    if (this.#changed.size === 0) setTimeout(() => this.#draw());
    for (const id of ids) this.#changed.add(id);
  }

  #draw() {
    const wasAtEnd = this.wasAtEnd !== false;
    const messages = new Map(this.conversation.messages.map((each) => [each.id, each]));
    let isNew = false;
    let isOwn = false;
    for (const id of this.#changed) {
      const message = messages.get(id);
      if (!message) this.#drop(id);
      else if (this.#show(message)) [isNew, isOwn] = [true, isOwn || message.mine];
    }
    this.#changed.clear();
    this.find("[data-empty]").hidden = this.#cards.size > 0;
    if (wasAtEnd || isOwn) this.toEnd();
    else if (isNew) this.newer.hidden = false;
  }

  #show(message) {
    const isNew = !this.#cards.has(message.id);
    const card = this.#cards.get(message.id) ?? this.row("said");
    const isMoved = card.dataset.status !== message.status;
    Object.assign(card.dataset, { id: message.id, status: message.status, alias: message.alias ?? "", at: message.at });
    this.#cards.set(message.id, card);
    fill(card, message, this.talk);
    if (isMoved) this.#place(card, message);
    if (!isNew) this.#quotesOf(message.id);
    return isNew;
  }

  // What is not acknowledged yet stands last; the server's order counts for the rest.
  #place(card, { status }) {
    const firstWaiting = this.list.querySelector(":scope > [data-status=waiting]");
    const before = status === "waiting" ? null : firstWaiting;
    if (before !== card) this.list.insertBefore(card, before);
    const above = card.previousElementSibling;
    const isSame = above?.dataset.alias === card.dataset.alias && card.dataset.at - above.dataset.at < SAME_BREATH_MS;
    card.classList.toggle("said-same", Boolean(isSame));
    this.#rove(card.querySelector("[data-said-more]"));
  }

  #drop(id) {
    this.#cards.get(id)?.remove();
    this.#cards.delete(id);
  }

  #quotesOf(id) {
    for (const quote of this.list.querySelectorAll(`[data-to="${CSS.escape(id)}"]`)) this.#note([quote.closest("[data-id]").dataset.id]);
  }

  // Names and parts come with the roster, which may follow what was kept on this device.
  #renamed() {
    const known = this.talk.state.people.map((one) => one.alias + one.name + one.part).join();
    if (known === this.known) return;
    this.known = known;
    this.#note([...this.#cards.keys()]);
  }

  #announce({ kind, alias }) {
    if (kind === "went" && !this.talk.state?.shows_presence) return;
    const isOwn = alias === this.talk.you?.alias;
    if (isOwn && kind === "came") return;
    this.#line(this.words.say(isOwn ? `announce.own.${kind}` : `announce.${kind}`, { name: this.talk.name(alias) }));
  }

  #line(words) {
    const wasAtEnd = this.wasAtEnd !== false;
    const before = this.list.querySelector(":scope > [data-status=waiting]");
    const last = before ? before.previousElementSibling : this.list.lastElementChild;
    // Three old browsers of one person that are let in at once are told of once.
    if (last?.matches(".said-line") && last.textContent === words) return;
    const line = this.row("line");
    put(line, words);
    this.list.insertBefore(line, before);
    if (wasAtEnd) this.toEnd();
  }

  #tapped({ target }) {
    const card = target.closest("[data-id]");
    const quote = target.closest("[data-said-quote]");
    if (quote) this.goTo(quote.dataset.to);
    if (target.closest("[data-said-show]")) {
      card.classList.add("said-shown");
      this.#again(card);
      card.querySelector("[data-said-more]").focus({ preventScroll: true });
    }
    const sign = target.closest("[data-sign]");
    if (sign && !sign.closest("[data-menu]")) {
      const isOpen = sign.getAttribute("aria-expanded") === "true";
      for (const each of card.querySelectorAll("[data-said-signs] button")) each.setAttribute("aria-expanded", "false");
      sign.setAttribute("aria-expanded", String(!isOpen));
      this.#again(card);
    }
  }

  #again(card) {
    const message = this.conversation.messages.find((each) => each.id === card.dataset.id);
    if (message) fill(card, message, this.talk);
  }

  // One stop for the Tab key; arrows go from message to message.
  #arrows(event) {
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
    const here = event.target.closest("[data-id]");
    if (!step || !here || !event.target.matches("[data-said-more]")) return;
    event.preventDefault();
    const buttons = [...this.list.querySelectorAll("[data-said-more]:not([hidden])")];
    const at = buttons.indexOf(event.target) + step;
    const next = buttons[Math.max(0, Math.min(buttons.length - 1, at))];
    this.#rove(next);
    next.focus();
    next.closest("[data-id]").scrollIntoView({ block: "nearest" });
  }

  #rove(button) {
    this.list.querySelector("[data-said-more][tabindex='0']")?.setAttribute("tabindex", "-1");
    button.setAttribute("tabindex", "0");
  }

  #scrolled() {
    if (this.scrolling) return;
    this.wasAtEnd = this.#isAtEnd();
    if (this.wasAtEnd) this.newer.hidden = true;
  }

  // What is said last stays in view when the place under it grows, and nothing that has the focus hides behind it.
  #followsDock() {
    const dock = this.talk.querySelector(".room-dock");
    new ResizeObserver(() => {
      if (!this.closest("[data-panel]")) document.documentElement.style.setProperty("--dock", `${dock.offsetHeight}px`);
      if (this.wasAtEnd !== false) this.toEnd();
    }).observe(dock);
  }

  #scroller() {
    return this.closest("[data-panel]") ?? document.scrollingElement;
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller();
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }
}
