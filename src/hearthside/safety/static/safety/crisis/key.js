// The public key of whoever signed the rules: an uncompressed point of P-256 in hexadecimal digits.

export const PUBLIC_KEY = "0482546e617ab65bce19c15d192876fcf7365f81a28af391ade5b8121005a37a5d3b379437a4ad58b1df30fecc28548fd8e053d385144b872ee8aeed7d22c099cb";
