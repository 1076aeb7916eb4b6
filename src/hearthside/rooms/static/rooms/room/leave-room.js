// <leave-room>: go, quietly. What was said goes from this device first; words that still wait are not lost unasked.

import { Part, put } from "./part.js";

const PATIENCE_MS = 2000;

export class LeaveRoom extends Part {
  joined() {
    this.form = this.find("form");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.leave();
    });
  }

  async leave() {
    const waiting = this.conversation.messages.filter(({ status }) => status === "waiting").length;
    if (waiting > 0 && !this.isAsked) {
      this.isAsked = true;
      return this.tell(this.words.count("leave.waiting", waiting));
    }
    const talks = [...document.querySelectorAll("room-talk")];
    const forgotten = Promise.allSettled(talks.map(({ conversation }) => conversation.forget()));
    await Promise.race([forgotten, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
    return this.form.submit();
  }
}
