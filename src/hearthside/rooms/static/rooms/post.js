// What a conversation asks of the site outside its line: making this device known, key packages, reports.

import { base64url, hex, unbase64url } from "./bytes.js";

const PACKAGES = 5;
const FEW = 3;
const DAYS = 30;

export class Post {
  /** @param {{csrf: string, urls: {devices: string, claim: string, keys: string, report: string}}} options */
  constructor({ csrf, urls }) {
    this.csrf = csrf;
    this.urls = urls;
  }

  /** Make this device known. @returns {Promise<number>} how many key packages of it wait for those who let it in */
  async makeKnown({ device, fingerprint }) {
    return (await this.#ask(this.urls.devices, { device, fingerprint, packages: [] })).left;
  }

  /** Leave key packages for those who let this device in later, when few are left. */
  async leavePackages(sealer, left) {
    if (left >= FEW) return;
    const { device, fingerprint } = sealer;
    const made = await sealer.packages({ count: PACKAGES, days: DAYS });
    const [last] = await sealer.packages({ count: 1, days: DAYS, lastResort: true });
    const expires = new Date(Date.now() + DAYS * 86_400_000).toISOString();
    const packages = made.map(base64url);
    await this.#ask(this.urls.devices, { device, fingerprint, packages, last_resort: base64url(last), expires });
  }

  /** @param {string[]} devices @returns {Promise<{device: string, data: Uint8Array}[]>} one package each, used up now */
  async claim(devices) {
    if (devices.length === 0) return [];
    const { packages } = await this.#ask(this.urls.claim, { devices });
    return packages.map(({ device, data }) => ({ device, data: unbase64url(data) }));
  }

  /** The room's keys cannot be used: have them made anew. @returns {Promise<string|null>} the alias of whose they were */
  async beginAnew(groupInfo) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", groupInfo));
    return (await this.#ask(this.urls.keys, { broken: hex(digest) })).by;
  }

  /** @returns {Promise<{url: string}|{words: string, forged?: number[]}>} */
  report(messages, words) {
    return this.#ask(this.urls.report, { messages, words }, { refusal: true });
  }

  async #ask(url, body, { refusal = false } = {}) {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrf },
      body: JSON.stringify(body),
    });
    // Whoever is signed out is led to the sign-in page, which is no answer to a script.
    if (answer.redirected) throw Object.assign(new Error("signed out"), { name: "SignedOut" });
    if (!answer.ok && !(refusal && answer.status === 409)) throw new Error(`${url} answered ${answer.status}`);
    return answer.json();
  }
}
