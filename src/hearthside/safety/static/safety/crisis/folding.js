// Text as the rules see it: small plain letters, each knowing where it stood in the original.
// The twin of peerkit/crisis/folding.py. Nothing depends on the Unicode version of a browser: only ranges that no
// later version adds to are looked at.

// What NFKD leaves whole. Cyrillic and Greek letters that look Latin are used to slip past filters.
const ALIKE = {
  "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ı": "i",
  "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "к": "k", "м": "m",
  "т": "t", "в": "b", "н": "h", "ѕ": "s", "ј": "j", "α": "a", "ο": "o", "ν": "v", "ρ": "p", "τ": "t",
  "ι": "i", "κ": "k", "ⱥ": "a", "€": "e",
  "🔪": " knife ", "💊": " pills ", "🔫": " gun ", "😂": " lol ", "🤣": " lol ", "💀": " skull ",
  "☠": " skull ",
};
const KEPT = "abcdefghijklmnopqrstuvwxyz0123456789@$*!|+,().";
const PLAIN = new Map([
  ...Object.entries(ALIKE),
  ...[...KEPT].map((one) => [one, one]),
  ...[..."'’‘`´ʼ"].map((one) => [one, "'"]),
  // A full stop alone may stand between letters without ending a sentence; these end one wherever they stand.
  ...[..."?;:\n\r…¿¡"].map((one) => [one, ". "]),
  // What is quoted belongs to the sentence around it.
  ...[...'"“”«»„'].map((one) => [one, ","]),
]);
// Letters that NFKD or lower case may make plain, first and last of each range.
const FORMS = [
  [0x41, 0x24F], [0x2B0, 0x2FF], [0x386, 0x3CE], [0x400, 0x4FF], [0x1D00, 0x1DBF], [0x1E00, 0x1FFF],
  [0x2000, 0x205F], [0x2070, 0x2071], [0x2074, 0x208E], [0x2090, 0x209C], [0x2100, 0x2189], [0x2460, 0x24EA],
  [0xFB00, 0xFB06], [0xFE10, 0xFE19], [0xFE30, 0xFE52], [0xFE54, 0xFE66], [0xFE68, 0xFE6B], [0xFF01, 0xFF5E],
  [0x1D400, 0x1D7FF], [0x1F100, 0x1F190], [0x1FBF0, 0x1FBF9],
];
// Accents, and what joins or hides.
const UNSEEN = [
  [0xAD, 0xAD], [0x300, 0x36F], [0x483, 0x489], [0x1AB0, 0x1ACE], [0x1DC0, 0x1DFF], [0x200B, 0x200F],
  [0x202A, 0x202E], [0x2060, 0x2064], [0x2066, 0x206F], [0x20D0, 0x20F0], [0xFE00, 0xFE0F], [0xFE20, 0xFE2F],
  [0xFEFF, 0xFEFF], [0xE0001, 0xE0001], [0xE0020, 0xE007F], [0xE0100, 0xE01EF],
];
// Of a longer text so many code points at its beginning and at its end are read.
const MOST = 4000;
const FOLDED = new Map();
const MOST_FOLDED = 4096;

/**
 * One code point as small ASCII letters, figures and signs; a space for what the rules do not know.
 * @param {string} letter one code point @returns {string} empty for what only joins or hides
 */
export function fold(letter) {
  const known = PLAIN.get(letter) ?? FOLDED.get(letter);
  if (known !== undefined) return known;
  const forms = isIn(letter, FORMS) ? letter.normalize("NFKD").toLowerCase() : letter;
  const told = Array.from(forms, (one) => PLAIN.get(one) ?? (isIn(one, UNSEEN) ? "" : " ")).join("");
  if (FOLDED.size < MOST_FOLDED) FOLDED.set(letter, told);
  return told;
}

function isIn(letter, ranges) {
  const code = letter.codePointAt(0);
  return ranges.some(([first, last]) => first <= code && code <= last);
}

/**
 * The folded letters of a text, each with the place (in code points) it came from.
 * @param {string[]} points the text's code points @returns {[string, number][]}
 */
export function letters(points) {
  if (points.length <= 2 * MOST) return folded(points, 0);
  const after = points.length - MOST;
  return [...folded(points.slice(0, MOST), 0), [".", MOST], ...folded(points.slice(after), after)];
}

function folded(points, begins) {
  const found = [];
  for (let place = 0; place < points.length; place += 1) {
    for (const one of fold(points[place])) found.push([one, begins + place]);
  }
  return found;
}
