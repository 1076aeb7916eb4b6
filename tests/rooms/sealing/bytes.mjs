// Bytes as tests write them.

export const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const hex = (array) => [...array].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const text = (words) => new TextEncoder().encode(words);
export const words = (array) => new TextDecoder().decode(array);
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));
