"""The worker in a real browser, under the site's security policy and with fingerprinted names."""

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from tests.rooms.sealing.served import Site
from tests.rooms.sealing.tabs import OTHER_ROOM, ROOM, TOGETHER, tab

pytestmark = pytest.mark.browser


def test_two_people_hear_each_other_each_in_a_worker(page: Page) -> None:
    told = page.evaluate(
        """async (room) => {
        const [ada, ben] = await Promise.all([start("p1", "ada"), start("p2", "ben")]);
        const [hers, his] = await Promise.all([ada.room(room), ben.room(room)]);
        await hers.found();
        const { commit, welcome } = await hers.change({ add: await ben.packages({ count: 1, days: 30 }) });
        const [own] = await hers.open([{ seq: 1, message: commit }]);
        const isJoined = await his.welcome(welcome, 1);
        const { message, epoch } = await hers.seal(text("hello"), text("seat 4"));
        const [said] = await his.open([{ seq: 2, message, about: { at: 5 } }]);
        const [echo] = await hers.open([{ seq: 2, message }]);
        return { isJoined, epoch, own, said: [said.from, words(said.bytes), words(said.aad), said.about, said.seq],
          echo: [echo.from, words(echo.bytes)], codes: [await hers.code(), await his.code()],
          members: await his.members(), fingerprints: [ada.fingerprint, ben.fingerprint] };
      }""",
        ROOM,
    )
    assert told["isJoined"] is True
    assert told["own"]["kind"] == "changed"
    assert (told["own"]["by"], told["own"]["epoch"]) == ("ada", 1)
    assert [each["device"] for each in told["own"]["joined"]] == ["ben"]
    assert told["epoch"] == 1
    assert told["said"] == ["ada", "hello", "seat 4", {"at": 5}, 2]
    assert told["echo"] == ["ada", "hello"]
    assert told["codes"][0] == told["codes"][1]
    assert [each["fingerprint"] for each in told["members"]] == told["fingerprints"]


def test_a_page_that_is_loaded_again_goes_on_where_it_was(page: Page, site: Site) -> None:
    page.evaluate(TOGETHER, ROOM)
    page.evaluate("his.open(sent.map((message, index) => ({ seq: index + 2, message })))")
    later = page.evaluate("Array.fromAsync(sent, (each) => [...each])")
    page.close()
    page = tab(page.context, site)
    told = page.evaluate(
        """async ([room, sent]) => {
        const ben = await start("p2", "another id");
        const his = await ben.room(room);
        const said = (await his.said()).map(({ seq, bytes }) => [seq, words(bytes)]);
        const [again] = await his.open([{ seq: 4, message: Uint8Array.from(sent[2]) }]);
        const ada = await start("p1", "ada");
        const hers = await ada.room(room);
        const { message } = await hers.seal(text("four"));
        const [four] = await his.open([{ seq: 5, message }]);
        return { device: ben.device, joined: [his.isJoined, his.epoch, his.seq], said, again: again.name, four: words(four.bytes) };
      }""",
        [ROOM, later],
    )
    assert told == {
        "device": "ben",
        "joined": [True, 1, 4],
        "said": [[2, "one"], [3, "two"], [4, "three"]],
        "again": "AlreadyOpened",
        "four": "four",
    }


def test_our_own_words_come_back_to_us_also_after_the_page_was_lost(page: Page, site: Site) -> None:
    page.evaluate(TOGETHER, ROOM)
    sent = page.evaluate("sent.map((each) => [...each])")
    page.close()
    page = tab(page.context, site)
    told = page.evaluate(
        """async ([room, sent]) => {
        const hers = await (await start("p1", "ada")).room(room);
        const entries = sent.map((each, index) => ({ seq: index + 2, message: Uint8Array.from(each) }));
        const once = await hers.open(entries);
        const twice = await hers.open(entries);
        return [once.map((each) => words(each.bytes)), twice.map((each) => each.name)];
      }""",
        [ROOM, sent],
    )
    assert told == [["one", "two", "three"], ["OwnMessage"] * 3]


def test_a_commit_whose_fate_is_unknown_still_counts_after_the_page_was_lost(
    page: Page, site: Site
) -> None:
    page.evaluate(TOGETHER, ROOM)
    tried = page.evaluate(
        "(async () => [[...(await hers.change({})).commit], [...(await hers.change({})).commit]])()"
    )
    page.close()
    page = tab(page.context, site)
    told = page.evaluate(
        """async ([room, tried]) => {
        const hers = await (await start("p1", "ada")).room(room);
        const his = await (await start("p2", "ben")).room(room);
        const accepted = { seq: 9, message: Uint8Array.from(tried[0]) };
        const [[mine], [theirs]] = [await hers.open([accepted]), await his.open([accepted])];
        const { message } = await his.seal(text("together"));
        const [said] = await hers.open([{ seq: 10, message }]);
        return [mine.kind, mine.by, theirs.by, mine.epoch, theirs.epoch, words(said.bytes)];
      }""",
        [ROOM, tried],
    )
    assert told == ["changed", "ada", "ada", 2, 2, "together"]


def test_who_loses_a_race_is_told_and_does_it_again(page: Page) -> None:
    page.evaluate(TOGETHER, ROOM)
    told = page.evaluate(
        """async () => {
        const [first, second] = [await hers.change({}), await his.change({})];
        const [won] = await hers.open([{ seq: 5, message: first.commit }]);
        const [lost] = await his.open([{ seq: 5, message: first.commit }]);
        const again = await his.change({});
        const [done] = await his.open([{ seq: 6, message: again.commit }]);
        const [seen] = await hers.open([{ seq: 6, message: again.commit }]);
        return [won.isRaceLost, lost.isRaceLost, done.isRaceLost, seen.epoch, await hers.code() === await his.code()];
      }"""
    )
    assert told == [False, True, False, 3, True]


def test_who_is_put_out_has_no_keys_left_and_can_come_in_again(page: Page) -> None:
    page.evaluate(TOGETHER, ROOM)
    told = page.evaluate(
        """async () => {
        const { commit, groupInfo } = await hers.change({ remove: ["ben"] });
        await hers.open([{ seq: 5, message: commit }]);
        const [out] = await his.open([{ seq: 5, message: commit }]);
        const refused = await outcome(his.seal(text("still here?")));
        const back = await his.join(groupInfo);
        const [seen] = await hers.open([{ seq: 6, message: back.commit }]);
        const [own] = await his.open([{ seq: 6, message: back.commit }]);
        return [out.gone, out.epoch, refused, seen.joined[0].device, own.epoch, await hers.code() === await his.code()];
      }"""
    )
    assert told == [True, None, "NotJoined", "ben", 3, True]


def test_one_tab_holds_a_room_until_another_takes_it_over(page: Page, site: Site) -> None:
    page.evaluate(TOGETHER, ROOM)
    other = tab(page.context, site)
    assert other.evaluate("start('p1', 'ada').then((ada) => { window.ada = ada; })") is None
    assert other.evaluate("(room) => outcome(ada.room(room))", ROOM) == "OpenElsewhere"
    assert other.evaluate("(room) => outcome(ada.room(room))", OTHER_ROOM) == "done"
    page.evaluate("hers.addEventListener('lost', () => { window.wasLost = true; })")
    other.evaluate(
        "(room) => ada.room(room, { takeOver: true }).then((hers) => { window.hers = hers; })", ROOM
    )
    page.wait_for_function("window.wasLost")
    assert page.evaluate("outcome(hers.seal(text('from the old tab')))") == "OpenElsewhere"
    assert other.evaluate("outcome(hers.seal(text('from the new tab')))") == "done"
    other.evaluate("hers.leave()")
    assert page.evaluate("(room) => outcome(ada.room(room))", ROOM) == "done"


def test_operations_on_one_room_wait_for_each_other(page: Page) -> None:
    page.evaluate(TOGETHER, ROOM)
    told = page.evaluate(
        """async () => {
        const many = await Promise.all(Array.from({ length: 20 }, (_, index) => hers.seal(text(String(index)))));
        const opened = await Promise.all(many.map(({ message }, index) => his.open([{ seq: index + 9, message }])));
        return opened.map(([{ bytes }]) => words(bytes));
      }"""
    )
    assert told == [str(number) for number in range(20)]


def test_a_worker_that_cannot_start_says_so(context: BrowserContext, site: Site) -> None:
    page = tab(context, site)
    with pytest.raises(Error, match="SealingStopped"):
        page.evaluate(
            """async (sealer) => {
          const { Sealer } = await import(sealer);
          await Sealer.start({ workerUrl: "/missing.js", person: "p", device: "d" });
        }""",
            site.script("rooms/sealer.js"),
        )
