// <copy-text label="Copy" done="Copied">: puts a button beside the <code> or <input> inside it that copies its text.

class CopyText extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button") || !navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-secondary";
    button.textContent = this.getAttribute("label");
    button.addEventListener("click", () => this.copy(button));
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    this.append(button, said);
  }

  async copy(button) {
    const source = this.querySelector("code, input");
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    this.querySelector("[role=status]").textContent = this.getAttribute("done");
    button.focus();
  }
}

customElements.define("copy-text", CopyText);
