// <private-word>: asks for a private word with a facilitator, and goes to its room once there is one.

class PrivateWord extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(event.target);
    });
  }

  async ask(form) {
    const said = this.querySelector("[data-said]");
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (answer.ok) return location.assign(told.url);
      said.textContent = told.words ?? "";
    } catch {
      said.textContent = this.getAttribute("failed");
    }
    said.hidden = !said.textContent;
    button.disabled = false;
  }
}

customElements.define("private-word", PrivateWord);
