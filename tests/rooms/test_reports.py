"""Reporting what was said: proven or shown as unproven, a concern with an answer, and hidden from whoever said it."""

from datetime import timedelta
from typing import Any

import pytest

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.rooms.actions import closing, reports
from hearthside.rooms.actions.refusals import (
    MessagesAreMalformed,
    NothingToReport,
    TooManyMessages,
    TooManyWords,
)
from hearthside.rooms.models import Report, Room
from hearthside.rooms.queries.aliases import key
from hearthside.safety.enums import ConcernState, Lane, SubjectKind
from hearthside.safety.models import Concern
from hearthside.safety.queries.concerns import view_of, watch
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.meetings.test_seats_raced import at_once
from tests.rooms import rooms
from tests.rooms.people import base64url, proof
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def room(table: Table) -> Room:
    return rooms.open_room()


@pytest.fixture
def reporter(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, who=reachable())


@pytest.fixture
def sender(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, who=reachable())


@pytest.fixture
def safety() -> Person:
    return world.role(RoleKind.SAFETY_LEAD, reachable())


def reported(room: Room, reporter: Person, *messages: Any, words: str = "") -> Report:
    return reports.report(room=room, reporter=reporter, messages=messages, words=words, now=NOW)


def concern_of(report: Report) -> Concern:
    found = Concern.objects.with_people()
    return found.get(kind=SubjectKind.MESSAGE, key=report.pk)


def test_what_was_said_is_kept_with_its_proof_and_nothing_else_of_the_room(
    room: Room, reporter: Person, sender: Person
) -> None:
    shown = proof(room, sender, "You are not welcome here.", seq=7)
    report = reported(room, reporter, shown, words="It went on for weeks.")
    report.refresh_from_db()
    assert (report.group, report.reporter, report.about) == (room.group, reporter, sender)
    concern = concern_of(report)
    assert (concern.words, concern.state) == ("It went on for weeks.", ConcernState.RECEIVED)
    assert (concern.lane, concern.group) == (Lane.TELL, room.group.pk)
    assert {party.person for party in concern.parties.all()} == {sender}
    [message] = report.messages
    assert message == {
        "text": "You are not welcome here.",
        "name": str(sender),
        "at": NOW.isoformat(),
        "seq": 7,
        "proof": shown,
        "is_verified": True,
    }


def test_a_report_can_be_made_after_the_close_when_everything_else_is_erased(
    room: Room, reporter: Person, sender: Person
) -> None:
    shown = proof(room, sender)
    closing.close(room=room, by=None, now=NOW)
    assert reported(room, reporter, shown).about == sender


def altered(shown: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**shown, **fields}


def test_what_no_proof_holds_for_is_kept_as_not_verified_and_is_said_to_be_nobodys(
    room: Room, reporter: Person, sender: Person, safety: Person, table: Table
) -> None:
    true = proof(room, sender)
    elsewhere = rooms.open_room(room.group)
    rooms.entry(elsewhere, sender)
    forged = [
        altered(true, content=base64url(b'{"text": "Something worse."}')),
        altered(true, seq=2),
        altered(true, time_ms=0),
        altered(true, alias=proof(room, reporter)["alias"]),
        altered(true, room=base64url(elsewhere.pk.bytes)),
        # True, but said in another room.
        proof(elsewhere, sender),
    ]
    report = reported(room, reporter, *forged, true, forged[0])
    first, *others = report.messages
    assert (first["is_verified"], first["name"]) == (True, str(sender))
    assert [each["proof"] for each in others] == forged
    assert {(each["is_verified"], each["name"], each["at"]) for each in others} == {(False, "", "")}
    assert report.about == sender
    assert letters_to(safety) == ["report"]


def test_a_report_of_nothing_but_forgeries_names_nobody_and_reaches_safety(
    room: Room, reporter: Person, sender: Person, safety: Person
) -> None:
    forged = altered(proof(room, sender), content=base64url(b'{"text": "Something worse."}'))
    report = reported(room, reporter, forged)
    assert report.about is None
    assert report.messages[0]["text"] == "Something worse."
    assert readers(report) == {safety}
    assert str(sender) not in str([{**each, "proof": ""} for each in report.messages])


def test_whoever_a_spoilt_proof_names_does_not_read_it_either(
    room: Room, reporter: Person, sender: Person, safety: Person
) -> None:
    world.role(RoleKind.SAFETY_LEAD, sender)
    report = reported(room, reporter, altered(proof(room, sender), seq=9))
    assert readers(report) == {safety}
    assert letters_to(sender) == []


def test_what_is_no_proof_at_all_is_refused_whole_and_nothing_is_kept_or_told(
    room: Room, reporter: Person, sender: Person, safety: Person
) -> None:
    true = proof(room, sender)
    malformed = ["no proof", {}, None, {**true, "more": 1}, altered(true, seq="1")]
    with pytest.raises(MessagesAreMalformed) as refused:
        reported(room, reporter, true, *malformed)
    assert refused.value.which == tuple(range(1, len(malformed) + 1))
    assert not Report.objects.exists()
    assert not Concern.objects.exists()
    assert letters_to(safety) == []


def test_a_report_still_holds_after_the_secret_of_the_installation_was_changed(
    room: Room, reporter: Person, sender: Person, settings: Any
) -> None:
    shown = proof(room, sender)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret, as long as a secret has to be"
    key.cache_clear()
    try:
        assert reported(room, reporter, shown).about == sender
    finally:
        key.cache_clear()


def test_messages_of_several_people_stand_in_the_order_in_which_they_were_said_each_once(
    room: Room, reporter: Person, sender: Person, table: Table
) -> None:
    other = rooms.inside(room, table)
    first, own = proof(room, sender, "One", seq=1), proof(room, reporter, "Two", seq=2)
    third = proof(room, other, "Three", seq=3)
    report = reported(room, reporter, third, own, first, first)
    assert [(each["text"], each["name"]) for each in report.messages] == [
        ("One", str(sender)), ("Two", str(reporter)), ("Three", str(other)),
    ]  # fmt: skip
    assert report.about is None
    assert reported(room, reporter, own, first).about == sender


def test_who_has_left_the_group_since_is_still_named(
    room: Room, reporter: Person, table: Table
) -> None:
    gone = world.member(room.group, until_at=NOW)
    stranger = world.person()
    report = reported(room, reporter, proof(room, gone, seq=1), proof(room, stranger, seq=2))
    assert [each["name"] for each in report.messages] == [str(gone), ""]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"no json at all", "no json at all"),
        (b'{"type": "react", "sign": "with_you"}', '{"type": "react", "sign": "with_you"}'),
        (b'{"text": 7}', '{"text": 7}'),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b'{"text": "half \\ud800 a sign"}', "half ? a sign"),
        (b'{"text": "a null \\u0000 in it"}', "a null  in it"),
        (b"[" * 60_000, "[" * 60_000),
        (b"", ""),
    ],
    ids=range(8),
)
def test_nothing_that_can_be_sealed_is_safe_from_being_reported(
    room: Room, reporter: Person, sender: Person, content: bytes, text: str
) -> None:
    report = reported(room, reporter, proof(room, sender, content=content), words="a \0 null")
    report.refresh_from_db()
    assert report.messages[0]["text"] == text
    assert view_of(world.role(RoleKind.SAFETY_LEAD), concern_of(report).pk, now=NOW)


def test_a_report_has_messages_and_not_too_many_and_words_and_not_too_many(
    room: Room, reporter: Person, sender: Person
) -> None:
    shown = proof(room, sender)
    with pytest.raises(NothingToReport):
        reported(room, reporter)
    with pytest.raises(TooManyMessages):
        reported(room, reporter, *[shown] * 51)
    with pytest.raises(TooManyWords):
        reported(room, reporter, shown, words="x" * 2001)
    assert len(reported(room, reporter, *[shown] * 50, words="x" * 2000).messages) == 1


def test_the_same_report_sent_twice_is_one_and_other_words_are_another(
    room: Room, reporter: Person, sender: Person, safety: Person
) -> None:
    shown = proof(room, sender)
    first = reported(room, reporter, shown, words="Please look.")
    assert reported(room, reporter, shown, words="Please look.") == first
    assert letters_to(safety) == ["report"]
    assert reported(room, reporter, shown, words="And again.") != first


@pytest.mark.django_db(transaction=True)
def test_twenty_taps_at_once_are_one_report(room: Room, reporter: Person, sender: Person) -> None:
    shown = proof(room, sender)
    results = at_once(*[lambda: reported(room, reporter, shown)] * 20)
    assert len({report.pk for report in results if isinstance(report, Report)}) == 1
    assert Report.objects.count() == 1


def readers(report: Report) -> set[Person]:
    concern = concern_of(report)
    return set(watch([concern], now=NOW).readers_of(concern))
