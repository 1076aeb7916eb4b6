// A browser in Node: pages with a window, sockets and workers of their own, over one IndexedDB in each browser.

import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";

const { INDEXEDDB } = process.env;
// Pages without workers need none.
const { IDBFactory, IDBKeyRange } = INDEXEDDB ? createRequire(`${INDEXEDDB}/`)("fake-indexeddb") : {};
// Whose code is running: {browser, page, worker?}.
const whose = new AsyncLocalStorage();
const now = () => whose.getStore();
let loading = Promise.resolve();
let loaded = 0;
let starting = null;

/** One browser profile: what it stores stays when its pages are gone. */
export class Browser {
  indexedDB = IDBFactory && new IDBFactory();
  locks = new Locks();
  #stored = new Map();
  localStorage = {
    getItem: (name) => this.#stored.get(name) ?? null,
    setItem: (name, value) => this.#stored.set(name, String(value)),
    removeItem: (name) => this.#stored.delete(name),
  };
}

class Locks {
  #held = new Map();

  async request(name, { steal = false }, work) {
    const before = this.#held.get(name);
    if (before && !steal) return work(null);
    before?.lose(new DOMException("stolen", "AbortError"));
    return new Promise((resolve, reject) => {
      const lock = { page: now().page, lose: reject };
      this.#held.set(name, lock);
      const letGo = () => this.#held.get(name) === lock && this.#held.delete(name);
      Promise.resolve(work({ name })).then(resolve, reject).finally(letGo);
    });
  }

  release(page) {
    for (const [name, lock] of this.#held) if (lock.page === page) this.#held.delete(name);
  }
}

/** A tab. What runs in it runs inside `run`, and knows its own window, socket and worker. */
export class Page {
  window = new EventTarget();
  document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  isOnline = true;
  isGone = false;
  sockets = new Set();
  workers = new Set();
  /** Asked before each call to a worker; true: the page dies here, and the call is never made. */
  diesAt = () => false;

  constructor(browser, site) {
    this.browser = browser;
    this.site = site;
  }

  run(work) {
    return whose.run({ browser: this.browser, page: this }, work);
  }

  goOffline() {
    this.isOnline = false;
    this.run(() => this.window.dispatchEvent(new Event("offline")));
    this.cut();
  }

  goOnline() {
    this.isOnline = true;
    this.run(() => this.window.dispatchEvent(new Event("online")));
  }

  /** The network drops every connection, without a word. */
  cut() {
    for (const socket of [...this.sockets]) socket.end(1006);
  }

  /** The tab is closed: nothing of it runs any more but what its workers are in the middle of storing. */
  async close() {
    this.isGone = true;
    for (const socket of [...this.sockets]) socket.end(1001);
    await Promise.all([...this.workers].map((worker) => worker.busy));
    this.browser.locks.release(this);
  }
}

class WebSocketHere {
  static OPEN = 1;
  readyState = 0;

  constructor(url, protocol) {
    this.page = now().page;
    this.page.sockets.add(this);
    this.url = new URL(url);
    this.protocol = protocol;
    this.#later(() => (this.page.isOnline ? this.page.site.connect(this) : this.end(1006)));
  }

  /** The other side has answered. */
  opened() {
    if (this.readyState > 0) return;
    this.readyState = 1;
    this.onopen?.({});
  }

  /** The other side sends bytes. */
  receive(bytes) {
    this.#later(() => this.readyState === 1 && this.onmessage?.({ data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) }));
  }

  send(bytes) {
    const copy = bytes.slice();
    this.#later(() => this.readyState === 1 && this.page.site.heard(this, copy));
  }

  close(code = 1000) {
    this.readyState = Math.max(this.readyState, 2);
    this.#later(() => this.end(code));
  }

  /** The other side says its last word. */
  farewell(code) {
    this.#later(() => this.end(code));
  }

  end(code) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.page.sockets.delete(this);
    this.page.site.gone(this);
    if (!this.page.isGone) this.page.run(() => this.onclose?.({ code }));
  }

  #later(work) {
    setImmediate(() => !this.page.isGone && this.page.run(work));
  }
}

class WorkerHere {
  busy = Promise.resolve();

  constructor(url) {
    this.scope = { ...now(), worker: this };
    this.scope.page.workers.add(this);
    // One after the other: a module that is being loaded sets the one global `onmessage`.
    this.ready = loading = loading.then(async () => {
      starting = this;
      await import(`${url}?${(loaded += 1)}`);
    });
  }

  postMessage(data) {
    const { page } = this.scope;
    if (page.isGone || this.isStopped) return;
    if (page.diesAt(data)) return void page.close();
    const copy = structuredClone(data);
    const done = this.ready.then(() => whose.run(this.scope, () => this.handler({ data: copy })));
    this.busy = Promise.allSettled([this.busy, done]);
  }

  answer(data) {
    const { page } = this.scope;
    const copy = structuredClone(data);
    setImmediate(() => page.isGone || this.isStopped || page.run(() => this.onmessage({ data: copy })));
  }

  terminate() {
    this.isStopped = true;
    this.busy.then(() => this.scope.browser.locks.release(this.scope.page));
  }
}

const told = (name, get, set) => Object.defineProperty(globalThis, name, { get, set, configurable: true });
told("onmessage", () => null, (handler) => { starting.handler = handler; });
told("postMessage", () => (data) => now().worker.answer(data));
told("indexedDB", () => now().browser.indexedDB);
told("localStorage", () => now().browser.localStorage);
told("navigator", () => ({ onLine: now().page.isOnline, locks: now().browser.locks }));
told("document", () => now().page.document);
told("location", () => ({ href: "https://room.test/rooms/x/in/" }));
told("addEventListener", () => (...args) => now().page.window.addEventListener(...args));
told("removeEventListener", () => (...args) => now().page.window.removeEventListener(...args));
told("fetch", () => async (url, options) => {
  const { page } = now();
  if (!page.isOnline) throw new TypeError("Failed to fetch");
  return page.site.fetch(url, options);
});
Object.assign(globalThis, { IDBKeyRange, WebSocket: WebSocketHere, Worker: WorkerHere });
