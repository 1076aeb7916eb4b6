"""franking.js keeps the same vectors in Node, in a window and in a Worker, and its reports are verified here."""

import base64
from typing import Any

import pytest

from peerkit.franking import Stamper, from_plain, verify
from tests.engines.franking import by_hand
from tests.engines.franking.places import (
    IN_WINDOW,
    IN_WORKER,
    Place,
    in_chromium,
    in_node,
)
from tests.engines.franking.said import READ

TRUE = READ["commitments"][0]


@pytest.fixture(
    params=[
        "node",
        pytest.param("window", marks=pytest.mark.browser),
        pytest.param("worker", marks=pytest.mark.browser),
    ]
)
def place(request: pytest.FixtureRequest) -> Place:
    if request.param == "node":
        return in_node
    code = IN_WINDOW if request.param == "window" else IN_WORKER
    return in_chromium(request.getfixturevalue("chromium"), code)


def told(value: bytes) -> dict[str, str]:
    return {"hex": value.hex()}


def opening(case: dict[str, Any]) -> dict[str, Any]:
    """A vector as the argument of `holds`."""
    given = {name: {"hex": case[name]} for name in ("room", "key", "commitment")}
    return {"content": case["content"], **given}


def fields_of(plain: dict[str, Any]) -> dict[str, Any]:
    """A report as the argument of `reportOf`: bytes for base64url, `timeMs` for `time_ms`."""
    found: dict[str, Any] = {
        name: told(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
        for name, value in plain.items()
        if isinstance(value, str)
    }
    return found | {"seq": plain["seq"], "timeMs": plain["time_ms"]}


def test_every_true_opening_in_the_file_holds_and_no_other(place: Place) -> None:
    kinds = ("commitments", "false_openings", "unfit_openings")
    cases = [(case, kind == "commitments") for kind in kinds for case in READ[kind]]
    answered = place([["holds", opening(case)] for case, _ in cases])
    found = {case["name"]: each for (case, _), each in zip(cases, answered, strict=True)}
    assert found == {case["name"]: {"value": is_true} for case, is_true in cases}


def test_any_flipped_bit_of_an_opening_no_longer_holds(place: Place) -> None:
    calls = []
    for name in ("content", "room", "key", "commitment"):
        whole = bytes.fromhex(opening(TRUE)[name]["hex"])
        for bit in range(len(whole) * 8):
            flipped = int.from_bytes(whole, "big") ^ (1 << bit)
            changed = told(flipped.to_bytes(len(whole), "big"))
            calls.append(["holds", opening(TRUE) | {name: changed}])
    answered = place([["holds", opening(TRUE)], *calls])
    assert answered == [{"value": True}] + [{"value": False}] * len(calls)
    assert len(calls) > 800


def test_what_is_no_bytes_does_not_hold_and_is_not_committed_to(place: Place) -> None:
    strange: list[Any] = [None, 0, "", "a" * 32, [0] * 32, {"length": 32}, told(b"")]
    names = ("room", "key", "commitment")
    calls = [["holds", opening(TRUE) | {name: value}] for name in names for value in strange]
    assert place(calls) == [{"value": False}] * len(calls)
    room, words = told(by_hand.ROOM), told(b"words")
    calls = [["commit", value, words] for value in strange]
    calls += [["commit", room, value] for value in strange[:-1]]
    calls.append(["commit", room, {"hex": "61", "times": 65537}])
    assert place(calls) == [{"error": "RangeError"}] * len(calls)


def test_a_commitment_holds_where_it_was_made_under_a_key_never_used_before(place: Place) -> None:
    room, contents = told(by_hand.ROOM), [TRUE["content"]] * 20
    contents += [told(b""), {"hex": "61", "times": 65536}]
    made = [each["value"] for each in place([["commit", room, content] for content in contents])]
    assert len({each["key"]["hex"] for each in made}) == len(made)
    assert len({each["commitment"]["hex"] for each in made}) == len(made)
    pairs = list(zip(contents, made, strict=True))
    calls = [["holds", {"room": room, "content": content, **each}] for content, each in pairs]
    assert place(calls) == [{"value": True}] * len(calls)
    # Its neighbour's key opens none of them.
    keys = [each["key"] for each in made[1:] + made[:1]]
    calls = [
        ["holds", {"room": room, "content": content, **each, "key": key}]
        for (content, each), key in zip(pairs, keys, strict=True)
    ]
    assert place(calls) == [{"value": False}] * len(calls)


def test_every_true_report_in_the_file_is_written_letter_for_letter(place: Place) -> None:
    true = [case["report"] for case in READ["reports"] if case["verdict"] == "verified"]
    assert place([["reportOf", fields_of(plain)] for plain in true]) == [
        {"value": plain} for plain in true
    ]


def test_what_could_not_be_verified_for_its_form_is_not_written(place: Place) -> None:
    true = fields_of(READ["reports"][0]["report"])
    changes: list[dict[str, Any]] = [
        {name: value}
        for name in ("content", "key", "commitment", "room", "alias", "stamp")
        for value in (None, "AAAA", {"hex": "00" * 33, "times": 2000})
    ]
    changes += [
        {name: value} for name in ("seq", "timeMs") for value in (-1, 0.5, "1", None, 2**60)
    ]
    calls = [["reportOf", true | change] for change in changes]
    assert place(calls) == [{"error": "RangeError"}] * len(calls)


def test_what_a_browser_commits_to_and_reports_is_verified_by_the_server(place: Place) -> None:
    contents = [b"", by_hand.WORDS.encode(), bytes(range(256)), b"a" * 65536]
    made = place([["commit", told(by_hand.ROOM), told(content)] for content in contents])
    stamper = Stamper(by_hand.SERVER_KEY)
    calls = []
    for seq, (content, each) in enumerate(zip(contents, made, strict=True)):
        code = bytes.fromhex(each["value"]["commitment"]["hex"])
        stamp = stamper.stamp(code, by_hand.ROOM, by_hand.SEAT, seq, by_hand.TIME)
        seat = {"room": told(by_hand.ROOM), "alias": told(by_hand.SEAT), "stamp": told(stamp)}
        told_by = {"content": told(content), "seq": seq, "timeMs": by_hand.TIME}
        calls.append(["reportOf", {**each["value"], **seat, **told_by}])
    reports = [from_plain(each["value"]) for each in place(calls)]
    found = [verify(report, [by_hand.SERVER_KEY]) for report in reports]
    assert [(said.content, said.seq) for said in found] == [
        (content, seq) for seq, content in enumerate(contents)
    ]
