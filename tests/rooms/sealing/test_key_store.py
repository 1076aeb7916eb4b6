"""What a browser keeps of a person: never an old state, nothing readable, nothing after signing out."""

import pytest
from playwright.sync_api import Page

from tests.rooms.sealing.served import Site
from tests.rooms.sealing.tabs import ROOM, TOGETHER

pytestmark = pytest.mark.browser


def test_a_stored_state_never_goes_backwards(page: Page, site: Site) -> None:
    told = page.evaluate(
        """async () => {
        const [one, two] = [await store.open("p"), await store.open("p")];
        await one.write({ state: { step: 1 } }, { after: { name: "state", version: 0 } });
        const seen = (await two.versioned("state")).version;
        await one.write({ state: { step: 2 } }, { after: { name: "state", version: 1 } });
        const refused = await outcome(two.write({ state: { step: "old" }, words: "lost" },
          { after: { name: "state", version: seen } }));
        return [seen, refused, await two.get("state"), await two.get("words") ?? null];
      }"""
    )
    assert told == [1, "StoredStateIsNewer", {"step": 2}, None]


def test_the_state_is_stored_before_what_it_sealed_leaves(page: Page) -> None:
    page.evaluate(TOGETHER, ROOM)
    told = page.evaluate(
        """async (room) => {
        const kept = await store.open("p1");
        const before = (await kept.versioned(`room/${room}/state`)).version;
        const versions = [];
        for (const each of ["four", "five"]) {
          await hers.seal(text(each));
          versions.push((await kept.versioned(`room/${room}/state`)).version - before);
        }
        // Somebody else has gone on with the state: nothing more leaves this tab.
        const { value, version } = await kept.versioned(`room/${room}/state`);
        await kept.put(`room/${room}/state`, value);
        const refused = await outcome(hers.seal(text("six")));
        return [versions, refused, await outcome(hers.seal(text("seven")))];
      }""",
        ROOM,
    )
    assert told == [[1, 2], "OpenElsewhere", "OpenElsewhere"]


def test_nothing_readable_lies_in_the_browser_and_its_key_does_not_come_out(page: Page) -> None:
    page.evaluate(TOGETHER, ROOM)
    page.evaluate("his.open(sent.map((message, index) => ({ seq: index + 2, message })))")
    page.evaluate("hers.keep('outbox', [{ text: 'a secret that waits' }])")
    told = page.evaluate(
        """async () => {
        const found = { records: 0, readable: [], extractable: [] };
        for (const { name } of await indexedDB.databases()) {
          const database = await new Promise((done) => {
            const request = indexedDB.open(name);
            request.onsuccess = () => done(request.result);
          });
          for (const kind of database.objectStoreNames) {
            const all = await new Promise((done) => {
              database.transaction(kind).objectStore(kind).getAll().onsuccess = ({ target }) => done(target.result);
            });
            for (const each of all) {
              if (each instanceof CryptoKey) found.extractable.push(each.extractable);
              else {
                found.records += 1;
                const whole = words(each.data) + words(each.iv) + Object.keys(each).sort();
                if (/one|two|three|secret|signKey|ada|ben/.test(whole.replace("data,iv,version", ""))) found.readable.push(whole);
              }
            }
          }
          database.close();
        }
        return found;
      }"""
    )
    assert told["records"] > 8
    assert told["readable"] == []
    assert told["extractable"] == [False, False]


def test_a_record_moved_under_another_name_does_not_open(page: Page) -> None:
    told = page.evaluate(
        """async () => {
        const kept = await store.open("p");
        await kept.put("one", { bytes: text("as it was"), nested: [{ more: text("") }], empty: null });
        const { bytes, nested, empty } = await kept.get("one");
        const database = await new Promise((done) => {
          const request = indexedDB.open("hearthside p");
          request.onsuccess = () => done(request.result);
        });
        await new Promise((done) => {
          const records = database.transaction("records", "readwrite").objectStore("records");
          records.get("one").onsuccess = ({ target }) => { records.put(target.result, "two").onsuccess = done; };
        });
        database.close();
        return [words(bytes), nested[0].more.length, empty, await outcome(kept.get("two"))];
      }"""
    )
    assert told == ["as it was", 0, None, "OperationError"]


def test_words_and_rooms_are_forgotten_when_asked(page: Page) -> None:
    page.evaluate(TOGETHER, ROOM)
    told = page.evaluate(
        """async (room) => {
        await his.open(sent.map((message, index) => ({ seq: index + 2, message })));
        await his.keep("outbox", ["waiting"]);
        await his.forgetSaid(2, 3);
        const left = (await his.said()).map(({ bytes }) => words(bytes));
        const kept = await store.open("p2");
        await his.forget();
        return [left, [...(await kept.all(`room/${room}/`)).keys()], await outcome(his.code()), await his.kept("outbox") ?? null];
      }""",
        ROOM,
    )
    assert told == [["three"], [], "NotJoined", None]


def test_signing_out_leaves_nothing_of_this_person_and_all_of_another(page: Page) -> None:
    page.evaluate(TOGETHER, ROOM)
    told = page.evaluate(
        """async () => {
        const kept = await store.open("p1");
        await ada.signOut();
        const names = (await indexedDB.databases()).map(({ name }) => name);
        return [names, await outcome(kept.get("identity")), await outcome(hers.code()), (await start("p1", "new")).device];
      }"""
    )
    assert told == [["hearthside p2"], "StoreIsClosed", "SealingStopped", "new"]
