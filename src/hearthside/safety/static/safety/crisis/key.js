// The public key of whoever signed the rules: an uncompressed point of P-256 in hexadecimal digits.

export const PUBLIC_KEY = "0478c093101d8f8bfefdaa5dec9248f2ee4245975329735e507c3f8d493e476d55689b4955968fb2b5a458a5b32b44d02ab84bc87a8a24893e1b9277f88f9980d2";
