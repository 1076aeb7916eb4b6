// <use-location for="id" label="…" refused="…">: a button that asks the browser for the place, only when it is
// pressed, and types it into the field, rounded to about a kilometre. Nothing is sent before the form is.

const ROUGHLY = 2;
const WAIT_MS = 15000;

class UseLocation extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button") || !navigator.geolocation) return;
    this.field = document.getElementById(this.getAttribute("for"));
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "linklike";
    this.button.textContent = this.getAttribute("label");
    this.button.addEventListener("click", () => this.ask());
    this.said = document.createElement("span");
    this.said.setAttribute("role", "status");
    this.append(this.button, this.said);
  }

  ask() {
    this.said.textContent = "";
    navigator.geolocation.getCurrentPosition((found) => this.fill(found), () => this.refuse(), {
      enableHighAccuracy: false, maximumAge: 600000, timeout: WAIT_MS,
    });
  }

  fill({ coords }) {
    this.field.value = `${coords.latitude.toFixed(ROUGHLY)}, ${coords.longitude.toFixed(ROUGHLY)}`;
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  refuse() {
    this.said.textContent = this.getAttribute("refused");
    this.field.focus();
  }
}

customElements.define("use-location", UseLocation);
