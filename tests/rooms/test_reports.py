"""Reporting what was said: proven or refused, told to few, seen, answered, erased; and hidden from whoever said it."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.notices.models import Letter
from hearthside.rooms.actions import closing, reports
from hearthside.rooms.actions.refusals import (
    AlreadyAnswered,
    MessagesAreForged,
    NothingToReport,
    TooManyMessages,
    TooManyWords,
)
from hearthside.rooms.enums import ReportState
from hearthside.rooms.models import Report, Room
from hearthside.rooms.queries.aliases import key
from hearthside.rooms.queries.reports import report_for, watch
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


def test_what_was_said_is_kept_with_its_proof_and_nothing_else_of_the_room(
    room: Room, reporter: Person, sender: Person
) -> None:
    shown = proof(room, sender, "You are not welcome here.", seq=7)
    report = reported(room, reporter, shown, words="It went on for weeks.")
    report.refresh_from_db()
    assert (report.group, report.reporter, report.about) == (room.group, reporter, sender)
    assert (report.words, report.state) == ("It went on for weeks.", ReportState.RECEIVED)
    assert report.erase_on == (NOW + timedelta(days=180)).date()
    [message] = report.messages
    assert message == {
        "text": "You are not welcome here.",
        "name": str(sender),
        "at": NOW.isoformat(),
        "seq": 7,
        "proof": shown,
    }


def test_a_report_can_be_made_after_the_close_when_everything_else_is_erased(
    room: Room, reporter: Person, sender: Person
) -> None:
    shown = proof(room, sender)
    closing.close(room=room, by=None, now=NOW)
    assert reported(room, reporter, shown).about == sender


def altered(shown: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**shown, **fields}


def test_one_forged_message_among_true_ones_and_nothing_is_kept_or_told(
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
        "no proof",
        {},
        None,
    ]
    with pytest.raises(MessagesAreForged) as refused:
        reported(room, reporter, true, *forged)
    assert refused.value.which == tuple(range(1, len(forged) + 1))
    assert not Report.objects.exists()
    assert letters_to(safety) == []
    assert reported(room, reporter, true).about == sender


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
    assert report_for(world.role(RoleKind.SAFETY_LEAD), report.pk, now=NOW)


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
    return set(watch(now=NOW).readers_of(report))


def test_safety_leads_are_told_in_a_letter_that_names_nobody_and_no_group(
    room: Room, reporter: Person, sender: Person, safety: Person
) -> None:
    coordinator = world.role(RoleKind.COORDINATOR, reachable(), site=room.group.site)
    report = reported(room, reporter, proof(room, sender), words="Please look.")
    assert readers(report) == {safety}
    assert letters_to(coordinator) == letters_to(sender) == letters_to(reporter) == []
    letter = Letter.objects.get(person=safety)
    assert f"{settings.SITE_URL}/reports/{report.pk}/" in letter.text
    secrets = (room.group.name, str(reporter), str(sender), "welcome here", "Please look")
    assert not [told for told in secrets if told in letter.subject + letter.text]


def test_without_safety_leads_the_coordinators_of_the_site_answer_and_without_them_operators(
    room: Room, reporter: Person, sender: Person
) -> None:
    report = reported(room, reporter, proof(room, sender))
    assert readers(report) == set()
    operator = world.role(RoleKind.OPERATOR)
    world.role(RoleKind.COORDINATOR, site=world.site("York"))
    assert readers(report) == {operator}
    local = world.role(RoleKind.COORDINATOR, site=room.group.site)
    everywhere = world.role(RoleKind.COORDINATOR)
    assert readers(report) == {local, everywhere}
    lead = world.role(RoleKind.SAFETY_LEAD)
    assert readers(report) == {lead}


def test_a_safety_lead_who_is_reported_learns_nothing_and_somebody_else_answers(
    room: Room, reporter: Person, sender: Person, table: Table
) -> None:
    world.role(RoleKind.SAFETY_LEAD, sender)
    coordinator = world.role(RoleKind.COORDINATOR, reachable(), site=room.group.site)
    other = rooms.inside(room, table)
    alone = reported(room, reporter, proof(room, sender, seq=1))
    among = reported(room, reporter, proof(room, sender, seq=1), proof(room, other, seq=2))
    for report in (alone, among):
        assert readers(report) == {coordinator}
        assert report_for(sender, report.pk, now=NOW) is None
    assert letters_to(sender) == []
    assert letters_to(coordinator) == ["report", "report"]


def test_a_safety_lead_who_reports_does_not_answer_themselves(
    room: Room, reporter: Person, sender: Person, safety: Person
) -> None:
    world.role(RoleKind.SAFETY_LEAD, reporter)
    report = reported(room, reporter, proof(room, sender))
    assert readers(report) == {safety}


def test_an_answer_is_given_once_and_the_reporter_is_told_that_there_is_one(
    room: Room, reporter: Person, sender: Person, safety: Person
) -> None:
    report = reported(room, reporter, proof(room, sender))
    reports.see(report=report, now=LATER)
    report.refresh_from_db()
    assert (report.state, report.seen_at) == (ReportState.SEEN, LATER)
    reports.answer(report=report, text="We spoke with them.", by=safety, now=LATER)
    with pytest.raises(AlreadyAnswered):
        reports.answer(report=report, text="Something else.", by=safety, now=LATER)
    reports.see(report=report, now=LATER)
    report.refresh_from_db()
    assert (report.state, report.answer) == (ReportState.ANSWERED, "We spoke with them.")
    assert (report.answered_by, report.answered_at) == (safety, LATER)
    letter = Letter.objects.get(person=reporter)
    assert letter.subject == "There is an answer for you"
    assert room.group.name not in letter.text
    assert letters_to(sender) == []


def test_reports_go_after_half_a_year(room: Room, reporter: Person, sender: Person) -> None:
    reported(room, reporter, proof(room, sender))
    assert reports.erase_expired(now=NOW + timedelta(days=179)) == 0
    assert reports.erase_expired(now=NOW + timedelta(days=180)) == 1
    assert not Report.objects.exists()
