// The key store: what this browser keeps of one person (keys, rooms' states, what was said), in IndexedDB, each record
// encrypted under a key that WebCrypto does not give out. A record's name is not secret, and is bound to its content.

/** The database was closed: this person signed out, here or in another tab. */
export class StoreIsClosed extends Error {
  get name() { return "StoreIsClosed"; }
}
/** A newer version of a record is stored: whoever asked knows an old state and must not go on from it. */
export class StoredStateIsNewer extends Error {
  get name() { return "StoredStateIsNewer"; }
}

const KEYS = "keys";
const RECORDS = "records";
const WRAPPING = "wrapping";
const AES = { name: "AES-GCM", length: 256 };
const IV_LENGTH = 12;
const BYTES = "\u0000bytes";

/** Open the store of one person in this browser; made where there is none. `person` is any string that names them. */
export async function open(person) {
  const request = indexedDB.open(databaseOf(person), 1);
  request.onupgradeneeded = () => [KEYS, RECORDS].forEach((name) => request.result.createObjectStore(name));
  const database = await answer(request);
  return new KeyStore(person, database, await wrappingKey(database));
}

class KeyStore {
  #person; #database; #key;

  constructor(person, database, key) {
    this.#person = person;
    this.#database = database;
    this.#key = key;
    database.onversionchange = () => database.close();
  }

  /** A record's value, or undefined. Values are what JSON can say, and Uint8Array anywhere inside. */
  async get(name) {
    return (await this.versioned(name)).value;
  }

  /** A record's value with its version: 1 when first written, one more each time. Version 0: there is none. */
  async versioned(name) {
    const stored = await answer(this.#begin("readonly").get(name));
    return stored ? { value: await this.#unwrap(name, stored), version: stored.version } : { value: undefined, version: 0 };
  }

  /** Write one record. */
  async put(name, value) {
    await this.write({ [name]: value });
  }

  /** Delete one record. */
  async delete(name) {
    await this.write({ [name]: undefined });
  }

  /**
   * Write several records at once, all or none; undefined deletes.
   *
   * `after` names a record and the version known of it: where another is stored, nothing is written. `durable` waits
   * until the disk has it.
   *
   * @param {Object<string, any>} changes
   * @param {{after?: {name: string, version: number}, durable?: boolean}} [options]
   * @throws {StoredStateIsNewer | StoreIsClosed}
   */
  async write(changes, { after, durable = false } = {}) {
    // Encrypted first: a transaction of IndexedDB does not wait for WebCrypto.
    const wrapped = await Promise.all(Object.entries(changes).map(async ([name, value]) =>
      [name, value === undefined ? undefined : await this.#wrap(name, value)]));
    const records = this.#begin("readwrite", durable);
    const done = finished(records.transaction);
    if (after) records.get(after.name).onsuccess = ({ target }) => {
      if ((target.result?.version ?? 0) !== after.version) records.transaction.abort();
    };
    for (const [name, content] of wrapped) {
      if (content) records.get(name).onsuccess = ({ target }) =>
        records.put({ ...content, version: (target.result?.version ?? 0) + 1 }, name);
      else records.delete(name);
    }
    await done;
  }

  /** The values of all records whose name begins with `prefix`, by name, in the order of their names. */
  async all(prefix) {
    const records = this.#begin("readonly");
    const [names, stored] = await Promise.all(
      [records.getAllKeys(within(prefix)), records.getAll(within(prefix))].map(answer));
    return new Map(await Promise.all(
      names.map(async (name, index) => [name, await this.#unwrap(name, stored[index])])));
  }

  /** Delete all records from one name to another, both included. */
  async deleteRange(from, to) {
    const records = this.#begin("readwrite", true);
    records.delete(IDBKeyRange.bound(from, to));
    await finished(records.transaction);
  }

  /** Delete all that is kept of one room: state and words. */
  async forget(room) {
    const { lower, upper } = within(`room/${room}/`);
    await this.deleteRange(lower, upper);
  }

  /** Delete everything, the key first: whatever a disk still holds of the records is noise from then on. */
  async forgetAll() {
    const transaction = this.#transaction([KEYS, RECORDS], "readwrite", true);
    [KEYS, RECORDS].forEach((name) => transaction.objectStore(name).clear());
    await finished(transaction);
    this.#database.close();
    await answer(indexedDB.deleteDatabase(databaseOf(this.#person)));
  }

  #begin(mode, durable = false) {
    return this.#transaction(RECORDS, mode, durable).objectStore(RECORDS);
  }

  #transaction(stores, mode, durable) {
    try {
      return this.#database.transaction(stores, mode, { durability: durable ? "strict" : "relaxed" });
    } catch (error) {
      throw new StoreIsClosed("this person signed out", { cause: error });
    }
  }

  async #wrap(name, value) {
    const iv = crypto.getRandomValues(new Uint8Array(IV_LENGTH));
    return { iv, data: await crypto.subtle.encrypt(boundTo(name, iv), this.#key, pack(value)) };
  }

  async #unwrap(name, { iv, data }) {
    return unpack(new Uint8Array(await crypto.subtle.decrypt(boundTo(name, iv), this.#key, data)));
  }
}

async function wrappingKey(database) {
  const fresh = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
  const transaction = database.transaction(KEYS, "readwrite", { durability: "strict" });
  const keys = transaction.objectStore(KEYS);
  // Two tabs may come here at once: whichever writes first made the key.
  const kept = await answer(keys.get(WRAPPING));
  if (!kept) keys.put(fresh, WRAPPING);
  await finished(transaction);
  return kept ?? fresh;
}

function boundTo(name, iv) {
  return { name: AES.name, iv, additionalData: new TextEncoder().encode(name) };
}

/** The name of a person's database in this browser. */
export const databaseOf = (person) => `hearthside ${person}`;
const within = (prefix) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // Aborted without an error: by ourselves, above.
    transaction.onabort = () => reject(transaction.error ?? new StoredStateIsNewer("a newer version is stored"));
  });
}

// JSON, with the bytes in a row behind it: four bytes of length, the text, the bytes.
function pack(value) {
  const parts = [];
  const text = JSON.stringify(value, (_, each) =>
    each instanceof Uint8Array ? { [BYTES]: [parts.push(each) - 1, each.length] } : each);
  const head = new TextEncoder().encode(text);
  const packed = new Uint8Array(4 + head.length + parts.reduce((sum, part) => sum + part.length, 0));
  new DataView(packed.buffer).setUint32(0, head.length);
  packed.set(head, 4);
  parts.reduce((at, part) => (packed.set(part, at), at + part.length), 4 + head.length);
  return packed;
}

function unpack(packed) {
  const start = 4 + new DataView(packed.buffer, packed.byteOffset).getUint32(0);
  const lengths = [];
  const value = JSON.parse(new TextDecoder().decode(packed.subarray(4, start)), (_, each) => {
    if (each?.[BYTES]) lengths[each[BYTES][0]] = each[BYTES][1];
    return each;
  });
  let at = start;
  return filled(value, lengths.map((length) => packed.slice(at, (at += length))));
}

function filled(value, parts) {
  if (value === null || typeof value !== "object") return value;
  if (value[BYTES]) return parts[value[BYTES][0]];
  if (Array.isArray(value)) return value.map((each) => filled(each, parts));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, parts)]));
}
