// Put into a page before its own scripts: notes what is asked of the worker, the site and the wire, and when it was done,
// in milliseconds since the page was asked for.

window.where = [];

{
  const OPS = { 1: "send", 2: "change of keys", 3: "found", 4: "ask for info", 5: "typing", 6: "here", 129: "envelope", 130: "state",
    131: "you", 132: "refused", 133: "bye", 134: "welcome", 135: "info", 136: "typing", 137: "caught up" };
  const note = (what, from, to = from) => window.where.push([from, to, what]);
  const now = () => performance.now();
  const op = (data) => `${OPS[new Uint8Array(data)[0]]}, ${data.byteLength} bytes`;

  window.Worker = class extends Worker {
    #asked = new Map();
    constructor(...given) {
      super(...given);
      note("worker: made", now());
      this.addEventListener("message", ({ data: { id } }) => {
        const asked = this.#asked.get(id);
        if (asked) note(`worker: ${asked.call}`, asked.at, now());
      });
    }
    postMessage(question, ...more) {
      this.#asked.set(question.id, { call: question.call, at: now() });
      super.postMessage(question, ...more);
    }
  };

  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      const at = now();
      this.addEventListener("open", () => note("wire: opened", at, now()));
      this.addEventListener("message", ({ data }) => note(`wire: got ${op(data)}`, now()));
    }
    send(data) {
      note(`wire: sent ${op(data)}`, now());
      super.send(data);
    }
  };

  const { fetch } = window;
  window.fetch = async (url, ...more) => {
    const at = now();
    const answer = await fetch(url, ...more);
    note(`site: ${url.replace(/[0-9a-f-]{36}/, "…")}`, at, now());
    return answer;
  };

  addEventListener("DOMContentLoaded", () => note("page: read, and its scripts run", now()));
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) note("page: busy", each.startTime, each.startTime + each.duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) {
      if (each.initiatorType === "script" || each.initiatorType === "other") note(`script: ${each.name.split("/").at(-1)}`, each.startTime, each.responseEnd);
    }
  }).observe({ type: "resource", buffered: true });
}
