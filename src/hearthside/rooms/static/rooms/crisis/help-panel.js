// <help-panel>: numbers that came with the page. Without a line, "Help now" opens it, as its own page could not come.

import { Part } from "../room/part.js";

export class HelpPanel extends Part {
  joined() {
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".help-now") || this.conversation.line === "open") return;
      event.preventDefault();
      this.closest("room-panels").show("help");
    });
  }
}
