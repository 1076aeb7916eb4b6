// Calls franking.js as it is told: a list of [function, argument, ...], each answered by a value or by an error's name.
// Bytes travel as {hex, times}, so that the list may pass through JSON.

export async function answers(franking, calls) {
  const found = [];
  for (const [name, ...given] of calls) {
    try {
      found.push({ value: told(await franking[name](...given.map(revived))) });
    } catch (error) {
      found.push({ error: error.name });
    }
  }
  return found;
}

function revived(value) {
  if (value === null || typeof value !== "object") return value;
  if ("hex" in value) {
    const bytes = Uint8Array.from(value.hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    if (!value.times) return bytes;
    return new Uint8Array(bytes.length * value.times).map((_, at) => bytes[at % bytes.length]);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revived(inner)]));
}

function told(value) {
  if (value instanceof Uint8Array) return { hex: Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("") };
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, told(inner)]));
}
