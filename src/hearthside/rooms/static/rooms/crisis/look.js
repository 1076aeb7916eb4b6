// Words are looked at in a worker of this browser, so that opening the rules holds nobody up; nothing leaves the device.

const RANK = { none: 0, concern: 1, explicit: 2 };
// Nobody waits longer for their own words to go. Reading takes a few milliseconds once the rules are open.
const PATIENCE_MS = 600;
const OFF = { tier: "none", signals: [], isOn: false };

export class Look {
  #asked = new Map();
  #number = 0;

  /**
   * @param {{worker: {postMessage: (told: object) => void, onmessage: (event: object) => void}, languages: string[], base: string,
   *   rulesOnly: boolean, patience?: number}} by
   */
  constructor({ worker, languages, base, rulesOnly, patience = PATIENCE_MS }) {
    Object.assign(this, { worker, rulesOnly, patience });
    this.opened = new Promise((done) => {
      this.settle = done;
    });
    worker.onmessage = ({ data }) => this.#told(data);
    worker.onerror = () => this.#told({ readers: languages.map((language) => ({ language, isOn: false, why: "unfit" })) });
    worker.postMessage({ open: languages, base });
  }

  /**
   * What the words say; null where the answer takes too long, and then `late` is told once it comes.
   * @returns {Promise<import("./kinds.js").Reading|null>}
   */
  read(text, late = () => {}) {
    if (this.isOff) return Promise.resolve(OFF);
    const number = (this.#number += 1);
    return new Promise((done) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        done(null);
      }, this.patience);
      this.#asked.set(number, (reading) => {
        clearTimeout(timer);
        if (isLate) late(reading);
        else done(reading);
      });
      this.worker.postMessage({ number, text, rulesOnly: this.rulesOnly });
    });
  }

  #told({ readers, number, reading }) {
    if (readers) {
      this.isOff = readers.every(({ isOn }) => !isOn);
      if (this.isOff) for (const answer of this.#asked.values()) answer(OFF);
      if (this.isOff) this.#asked.clear();
      return this.settle(readers);
    }
    const answer = this.#asked.get(number);
    this.#asked.delete(number);
    return answer?.(reading);
  }
}

/** One reading of several, each in a language of its own: what any of them noticed counts. */
export function together(readings) {
  const on = readings.filter(({ isOn }) => isOn);
  if (on.length === 0) return OFF;
  const tier = on.reduce((highest, one) => (RANK[one.tier] > RANK[highest] ? one.tier : highest), "none");
  return { tier, signals: on.flatMap(({ signals }) => signals), isOn: true };
}
