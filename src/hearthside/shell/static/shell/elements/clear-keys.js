// Clears keys whose time is over: whoever closed the tab before a meeting ended keeps nothing of it in this browser.
// What holds keys writes down, in "keys-until", which database of this browser may go when (milliseconds since 1970).

const NAME = "keys-until";

for (const [database, until] of Object.entries(JSON.parse(localStorage.getItem(NAME) ?? "{}"))) {
  if (until > Date.now()) continue;
  indexedDB.deleteDatabase(database).onsuccess = () => {
    const left = JSON.parse(localStorage.getItem(NAME) ?? "{}");
    delete left[database];
    localStorage.setItem(NAME, JSON.stringify(left));
  };
}
