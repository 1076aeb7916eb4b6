// The line to the gateway: opens, opens again after a break, and says honestly how it stands.

import { SUBPROTOCOL, here, read } from "./frames.js";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 15_000;
const SIGN_OF_LIFE = 20_000;
const SILENT_FOR = 45_000;
// After these the gateway does not want us back; anything else is a break in the line.
const FINAL = new Set(["removed", "held", "measure", "seat", "signed-out", "closed", "elsewhere", "unknown"]);
const FINAL_CODES = new Map([[4401, "signed-out"], [4404, "seat"], [4409, "unknown"]]);

/**
 * One WebSocket to one room, again and again until it is over.
 * Events: "frame" (detail: what frames.read gives), "status" (detail: {status, because}).
 * Status: "connecting", "open", "waiting" (the server can't be reached, it tries again), "offline" (this device is
 * not connected to anything), "ended" (the gateway said goodbye; `because` tells why).
 */
export class Line extends EventTarget {
  /** @param {{address: (after: number) => string, after: () => number}} where */
  constructor({ address, after }) {
    super();
    this.address = address;
    this.after = after;
    this.status = "connecting";
    this.wait = FIRST_WAIT;
    this.over = new AbortController();
    const { signal } = this.over;
    addEventListener("online", () => this.#again(0), { signal });
    addEventListener("offline", () => this.#drop(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#look(), { signal });
  }

  open() {
    clearTimeout(this.timer);
    this.#say(navigator.onLine ? "connecting" : "offline");
    const socket = new WebSocket(this.address(this.after()), SUBPROTOCOL);
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = ({ data }) => this.#received(socket, data);
    socket.onclose = ({ code }) => this.#closed(socket, code);
  }

  /** Sends a frame if the line is open. @param {Uint8Array} frame @returns {boolean} whether it was handed over */
  send(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(frame);
    return true;
  }

  /** Something is missing: hang up and ask for everything after what we have. */
  reopen() {
    this.#drop();
    this.#again(this.wait * Math.random());
  }

  close(because = "left") {
    this.#say("ended", because);
    clearTimeout(this.timer);
    clearInterval(this.pulse);
    this.over.abort();
    this.socket?.close(1000);
  }

  #opened(socket) {
    if (socket !== this.socket) return;
    this.heard = performance.now();
    clearInterval(this.pulse);
    this.pulse = setInterval(() => this.#look(), SIGN_OF_LIFE);
    this.#say("open");
  }

  #received(socket, data) {
    if (socket !== this.socket || this.status === "ended") return;
    this.heard = performance.now();
    const frame = understood(data);
    if (frame === null) return;
    // Not before: a gateway that lets us in and falls over would be asked again and again at once.
    if (frame.op === "caught_up") this.wait = FIRST_WAIT;
    if (frame.op === "bye" && FINAL.has(frame.reason)) this.close(frame.reason);
    this.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  }

  #closed(socket, code) {
    if (socket !== this.socket || this.status === "ended") return;
    if (FINAL_CODES.has(code)) this.close(FINAL_CODES.get(code));
    else this.#again(this.wait * (0.5 + Math.random()));
  }

  /** A line that has been silent too long is dead, whatever the device believes (a phone that slept). */
  #look() {
    if (this.status === "ended") return;
    if (this.status === "open" && performance.now() - this.heard > SILENT_FOR) this.reopen();
    else if (!this.send(here())) this.#again(0);
  }

  #drop() {
    const old = this.socket;
    this.socket = null;
    old?.close();
    clearInterval(this.pulse);
    if (this.status !== "ended") this.#say(navigator.onLine ? "waiting" : "offline");
  }

  #again(after) {
    if (this.status === "ended") return;
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.timer);
    clearInterval(this.pulse);
    this.#say(navigator.onLine ? "waiting" : "offline");
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.timer = setTimeout(() => this.open(), after);
  }

  #say(status, because = "") {
    if (this.status === "ended" || (this.status === status && status !== "connecting")) return;
    this.status = status;
    this.dispatchEvent(new CustomEvent("status", { detail: { status, because } }));
  }
}

/** The address of a line, on the site that the page is from. @param {string} wire its path @returns {string} */
export function wireBase(wire) {
  const url = new URL(wire, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}

/** A frame that this version does not know is passed over; if it was an envelope, the next one shows the gap. */
function understood(data) {
  try {
    return read(data);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
