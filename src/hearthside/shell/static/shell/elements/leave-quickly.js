// <leave-quickly>: blanks the page at once, forgets what was typed, and puts a neutral page in this one's
// place in the history. Also: Escape three times within two seconds. Without JavaScript its link still leaves.

const WITHIN_MS = 2000;
const TIMES = 3;
const LEFT = "left";

class LeaveQuickly extends HTMLElement {
  #presses = [];

  connectedCallback() {
    this.link = this.querySelector("a");
    this.classList.add("ready");
    this.link.addEventListener("click", this);
    // Capture: a dialogue or a menu that swallows Escape must not swallow the way out.
    document.addEventListener("keydown", this, { capture: true });
    addEventListener("pageshow", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this, { capture: true });
    removeEventListener("pageshow", this);
  }

  handleEvent(event) {
    if (event.type === "click") {
      event.preventDefault();
      this.leave();
    } else if (event.type === "pageshow") {
      this.stayAway(event.persisted);
    } else if (event.key === "Escape" && !event.repeat) {
      this.#presses = [...this.#presses, event.timeStamp].filter((at) => event.timeStamp - at < WITHIN_MS);
      if (this.#presses.length >= TIMES) this.leave();
    }
  }

  // Threat: somebody else presses Back. Until a page is asked for anew, Back leads out again.
  stayAway(isKeptAlive) {
    const [visit] = performance.getEntriesByType("navigation");
    if (sessionStorage.getItem(LEFT) && (isKeptAlive || visit?.type === "back_forward")) this.leave();
    else sessionStorage.removeItem(LEFT);
  }

  leave() {
    const exit = this.link.href;
    document.title = "…";
    document.documentElement.hidden = true;
    document.body.replaceChildren();
    try {
      sessionStorage.clear();
      // What a room keeps for a day, so that help stays in view.
      localStorage.removeItem("room:day");
      sessionStorage.setItem(LEFT, "1");
    } finally {
      location.replace(exit);
    }
  }
}

customElements.define("leave-quickly", LeaveQuickly);
