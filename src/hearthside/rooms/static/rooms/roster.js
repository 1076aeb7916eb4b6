// Who is behind the devices in the keys, and what is said in the room when one comes or goes.

/** Devices and their owners, remembered for as long as this page is open: "left" needs a name too. */
export class Roster {
  #owners = new Map();
  #unnamed = [];

  /**
   * The roster as the server tells it. A device stays whose it was first.
   *
   * Threat: a malicious server hands a device that is in the room on to another name, and its words with it. It is on
   * nobody's roster then, and is put out of the keys.
   *
   * @param {{people: object[]}} state @returns {object} the same, without devices that have changed hands
   */
  learn(state) {
    const own = (one) => one.devices.filter(({ id }) => this.pin(id, one.alias));
    return { ...state, people: state.people.map((one) => ({ ...one, devices: own(one) })) };
  }

  /** @returns {boolean} whether the device is theirs; one that nobody had is from now on */
  pin(device, alias) {
    if (!this.#owners.has(device)) this.#owners.set(device, alias);
    return this.#owners.get(device) === alias;
  }

  /** @returns {string|undefined} the alias of whoever owns a device */
  ownerOf(device) {
    return this.#owners.get(device);
  }

  /** @param {{device: string}[]} members those in the keys @returns {string[]} aliases of whoever can read */
  readers(members) {
    return [...new Set(members.map(({ device }) => this.ownerOf(device)).filter((alias) => alias !== undefined))];
  }

  /** A change of keys, to be announced when its names are known. */
  note({ joined, left, rejoined }, at) {
    const named = (kind, list) => list.map(({ device }) => ({ kind, device, at }));
    this.#unnamed.push(...named("joined", joined), ...named("rejoined", rejoined), ...named("left", left));
  }

  /**
   * What can be announced by now. Names come with the roster, which may follow the keys by a moment.
   * @param {{device: string}[]} members
   * @returns {{kind: "came"|"new_device"|"came_again"|"went", alias: string, at: number}[]}
   */
  announcements(members) {
    const named = this.#unnamed.filter(({ device }) => this.#owners.has(device));
    this.#unnamed = this.#unnamed.filter((each) => !named.includes(each));
    return named.flatMap(({ kind, device, at }) => {
      const alias = this.ownerOf(device);
      const devices = members.filter((each) => this.ownerOf(each.device) === alias).length;
      if (kind === "joined") return [{ kind: devices > 1 ? "new_device" : "came", alias, at }];
      if (kind === "rejoined") return [{ kind: "came_again", alias, at }];
      return devices === 0 ? [{ kind: "went", alias, at }] : [];
    });
  }
}
