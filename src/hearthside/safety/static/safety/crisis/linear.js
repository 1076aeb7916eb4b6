// A small linear model that stands beside the rules. The twin of peerkit/crisis/linear.py, bit for bit; that one tells
// what the file holds.

// So many words in a row are read at once.
export const LONGEST = 40;
const VERSION = 1;
const OUTPUTS = 2; // concern, explicit
// How much words and pairs count beside pieces of words.
const WORDS_COUNT = 1.5;
const [HEAD, SCALES] = [12, 8];
const [WHOLE, PIECE, PRIME, SPACE] = [0x811c9dc5, 0x55555555, 0x01000193, 0x20];
const [SHORTEST_PIECE, LONGEST_PIECE, MOST_WORDS] = [4, 5, 2];

/** Sums of the two outputs, and of how many words or pieces. @typedef {[number, number, number]} Sums */

/** Weights ready to use. */
export class Linear {
  #places;
  #scales;
  #biases;
  #weights;

  /** @param {Uint8Array} file @throws {RangeError} where it does not hold the weights of this version */
  constructor(file) {
    const begins = HEAD + OUTPUTS * SCALES;
    if (file.length < begins) throw new RangeError("The file is too short.");
    const view = new DataView(file.buffer, file.byteOffset, file.length);
    const magic = String.fromCharCode(...file.subarray(0, 4));
    this.#places = view.getUint32(8, true);
    const isOurs = magic === "HSCL" && view.getUint16(4, true) === VERSION && view.getUint16(6, true) === OUTPUTS;
    if (!isOurs || file.length !== begins + OUTPUTS * this.#places) {
      throw new RangeError("The file is of another kind or version, or cut short.");
    }
    this.#scales = [0, 1].map((n) => view.getFloat32(HEAD + n * SCALES, true));
    this.#biases = [0, 1].map((n) => view.getFloat32(HEAD + n * SCALES + 4, true));
    this.#weights = new Int8Array(file.buffer, file.byteOffset + begins, OUTPUTS * this.#places);
  }

  /**
   * The chances of words in a row, at most LONGEST of them; none are certain to be harmless.
   * @param {string[]} words @returns {{concern: number, explicit: number}} each from 0 to 1
   */
  chances(words) {
    if (words.length === 0) return { concern: 0, explicit: 0 };
    const text = ` ${words.join(" ")} `;
    const [whole, pieces] = [[0, 0, 0], [0, 0, 0]];
    for (let place = 0; place < text.length - 1; place += 1) {
      if (text.charCodeAt(place) === SPACE) this.#addWhole(whole, text, place + 1);
      this.#addPieces(pieces, text, place);
    }
    const byWhole = WORDS_COUNT / Math.sqrt(whole[2]);
    const byPieces = pieces[2] > 0 ? 1 / Math.sqrt(pieces[2]) : 0;
    const [concern, explicit] = [0, 1].map((n) => {
      const told = this.#biases[n] + this.#scales[n] * (whole[n] * byWhole + pieces[n] * byPieces);
      return 1 / (1 + Math.exp(-told));
    });
    return { concern, explicit };
  }

  /** Add the word that begins at a place, and it with the next. @param {Sums} sums */
  #addWhole(sums, text, begins) {
    let many = 0;
    let told = WHOLE;
    for (let place = begins; place < text.length; place += 1) {
      const letter = text.charCodeAt(place);
      if (letter === SPACE) {
        this.#add(sums, told);
        many += 1;
        if (many === MOST_WORDS) return;
      }
      told = Math.imul(told ^ letter, PRIME);
    }
  }

  /** Add the pieces that begin at a place; a piece may hold the space before or after its word. @param {Sums} sums */
  #addPieces(sums, text, begins) {
    let told = PIECE;
    const ends = Math.min(begins + LONGEST_PIECE, text.length);
    for (let place = begins; place < ends; place += 1) {
      const letter = text.charCodeAt(place);
      told = Math.imul(told ^ letter, PRIME);
      if (place - begins + 1 >= SHORTEST_PIECE) this.#add(sums, told);
      if (letter === SPACE && place > begins) return;
    }
  }

  #add(sums, told) {
    const at = ((told ^ (told >>> 16)) & (this.#places - 1)) * OUTPUTS;
    sums[0] += this.#weights[at];
    sums[1] += this.#weights[at + 1];
    sums[2] += 1;
  }
}
