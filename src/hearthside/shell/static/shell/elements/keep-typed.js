// <keep-typed>: keeps what was typed in the form inside it, in this tab only, until the form is accepted: a
// lost connection or an expired page loses no words. Passwords, files and hidden fields are never kept.

const NEVER = ["password", "file", "hidden"];
const SENT = "typed-sent";

class KeepTyped extends HTMLElement {
  connectedCallback() {
    this.key = keyOf(this);
    this.form = this.querySelector("form");
    if (!this.form) return;
    // Where the server shows the form again with errors, its values are the newer ones.
    if (!this.form.querySelector("[aria-invalid=true]")) this.restore();
    // Threat: words that somebody typed and did not dare to send are found later on the same device. A form
    // that says when="submit" keeps only what was to be sent.
    this.form.addEventListener(this.getAttribute("when") || "input", () => this.keep());
    this.form.addEventListener("submit", () => sessionStorage.setItem(SENT, this.key));
  }

  fields() {
    return [...this.form.elements].filter((field) => field.name && "value" in field
      && field.tagName !== "BUTTON" && !NEVER.includes(field.type));
  }

  keep() {
    const typed = this.fields().map((field) => [field.name, field.value, isChoice(field) && field.checked]);
    sessionStorage.setItem(this.key, JSON.stringify(typed));
  }

  restore() {
    const typed = JSON.parse(sessionStorage.getItem(this.key) || "[]");
    for (const field of this.fields()) {
      const kept = typed.find(([name, value]) => name === field.name && (!isChoice(field) || value === field.value));
      if (kept && isChoice(field)) field.checked = kept[2];
      else if (kept) field.value = kept[1];
    }
  }
}

function keyOf(element) {
  return `typed:${element.getAttribute("name") || location.pathname}`;
}

function isChoice(field) {
  return field.type === "checkbox" || field.type === "radio";
}

// After sending, the next page tells: accepted is what the site says it has saved, and what led straight on to
// another page. Not so an error page, the same form again, Back, or an address typed after the connection was lost.
function forgetAccepted() {
  const sent = sessionStorage.getItem(SENT);
  const isStillOpen = document.querySelector("meta[name=typed-keep], [aria-invalid=true]")
    || [...document.querySelectorAll("keep-typed")].some((each) => keyOf(each) === sent);
  const [visit] = performance.getEntriesByType("navigation");
  const isLedOn = visit?.type === "navigate" && document.referrer && !isStillOpen;
  if (sent && (isLedOn || document.querySelector(".message-success"))) sessionStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
}

forgetAccepted();
customElements.define("keep-typed", KeepTyped);
