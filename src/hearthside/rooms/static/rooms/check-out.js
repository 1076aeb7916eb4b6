// <check-out>: how I felt before and how I feel now, kept in this browser only, by room; never sent anywhere.

const PREFIX = "check-out:";
const KEEP_MS = 90 * 24 * 60 * 60 * 1000;

class CheckOut extends HTMLElement {
  connectedCallback() {
    this.key = PREFIX + this.getAttribute("room");
    this.said = this.querySelector("[role=status]");
    this.button = this.querySelector("button");
    forgetOld();
    this.show(read(this.key));
    this.addEventListener("change", () => this.keep());
    this.button.addEventListener("click", () => this.forget());
    this.hidden = false;
  }

  answers() {
    return [...this.querySelectorAll("input:checked")].map((input) => [input.name, input.value]);
  }

  show(kept) {
    for (const input of this.querySelectorAll("input")) input.checked = kept?.[input.name] === input.value;
    this.button.hidden = !kept;
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), ...Object.fromEntries(this.answers()) }));
    } catch {
      return; // A browser that keeps nothing: the answers were still worth a thought.
    }
    this.button.hidden = false;
    this.said.textContent = this.said.dataset.said;
  }

  forget() {
    localStorage.removeItem(this.key);
    this.show(null);
    this.said.textContent = this.said.dataset.gone;
    this.querySelector("input").focus();
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forgetOld() {
  const old = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && !(read(key)?.at > Date.now() - KEEP_MS));
  for (const key of old) localStorage.removeItem(key);
}

customElements.define("check-out", CheckOut);
