// <help-day>: outside the room too, help stays in view for a day after danger was spoken of on this device.

import { Memory } from "./memory.js";

class HelpDay extends HTMLElement {
  connectedCallback() {
    this.memory = new Memory();
    this.hidden = !this.memory.isHelpInView;
  }

  // Threat: whoever left quickly leaves a sign of why.
  disconnectedCallback() {
    if (document.documentElement.hidden) this.memory.clear();
  }
}

customElements.define("help-day", HelpDay);
