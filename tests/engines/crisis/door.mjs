// Opens a reader as a page does, below the address given, and prints for each text of a JSON list what it says.

const { openReader } = await import(process.argv[2]);
const [base, language, texts] = process.argv.slice(3);
const reader = await openReader({ language, base });
const { isOn, why, version } = reader;
console.log(JSON.stringify({ isOn, why, version, readings: JSON.parse(texts).map((text) => reader.read(text)) }));
