// <count-ticked words="{ticked} of {all} ticked" of="proposals">: says how many boxes of its form are ticked, also
// of those that are folded away. Without JavaScript it is empty, and what is ticked is sent all the same.

class CountTicked extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.addEventListener("change", this);
    // Back brings the ticks as they were left, after the page is there.
    addEventListener("pageshow", this);
    this.handleEvent();
  }

  disconnectedCallback() {
    this.form.removeEventListener("change", this);
    removeEventListener("pageshow", this);
  }

  handleEvent() {
    const boxes = [...this.form.querySelectorAll(`input[name="${this.getAttribute("of")}"]`)];
    const ticked = boxes.filter((box) => box.checked).length;
    this.textContent = this.getAttribute("words").replace("{ticked}", ticked).replace("{all}", boxes.length);
  }
}

customElements.define("count-ticked", CountTicked);
