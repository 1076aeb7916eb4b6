// In place of Node's own "crypto" in the bundle: browsers and Node 20 have WebCrypto as a global.
export const webcrypto = globalThis.crypto;
export const subtle = globalThis.crypto.subtle;
