"""The pages of reports: what each reader sees, and what nobody else learns."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.notices.enums import Kind
from hearthside.rooms.actions import reports
from hearthside.rooms.actions.reports import LETTERS
from hearthside.rooms.enums import Part, ReportState
from hearthside.rooms.models import Report, Room
from tests import world
from tests.groups.counting import own_queries
from tests.rooms import rooms
from tests.rooms.people import proof, tell, words_of
from tests.rooms.rooms import Table

pytestmark = pytest.mark.django_db


class Said:
    """A room in which one person said something to another, who reported it."""

    def __init__(self, table: Table, *, hours: int = 1) -> None:
        self.at = timezone.now() - timedelta(hours=hours)
        self.room: Room = rooms.open_room(starts_at=self.at)
        self.reporter, self.sender = (rooms.inside(self.room, table, now=self.at) for _ in range(2))
        self.report = self.again("Nobody wants you here <b>at all</b>.", seq=1)

    def again(self, text: str, *, seq: int, by: Person | None = None) -> Report:
        said = proof(self.room, by or self.sender, text, seq=seq, when=self.at)
        return reports.report(
            room=self.room, reporter=self.reporter, messages=[said], words="It hurt.", now=self.at
        )


@pytest.fixture
def said(table: Table) -> Said:
    return Said(table)


@pytest.fixture
def safety() -> Person:
    return world.role(RoleKind.SAFETY_LEAD)


def page(client: Client, report: Report | None = None, expected: int = 200) -> str:
    address = reverse("report", args=[report.pk]) if report else reverse("reports")
    answer = client.get(address)
    assert answer.status_code == expected
    return answer.content.decode()


def test_through_the_door_a_true_report_leads_to_its_page_and_a_forged_one_is_named(
    table: Table,
) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    reporter, sender = (rooms.inside(room, table, now=now) for _ in range(2))
    client, true = world.browser(reporter), proof(room, sender, when=now)
    made = tell(client, "room_report", room.pk, messages=[true], words="Please look.")
    assert made.status_code == 201
    assert json.loads(made.content) == {"url": f"/reports/{Report.objects.get().pk}/"}
    forged = tell(client, "room_report", room.pk, messages=[true, {**true, "seq": 9}], words="")
    assert forged.status_code == 409
    assert json.loads(forged.content)["forged"] == [1]
    assert "can't confirm that one of these" in words_of(forged)
    assert tell(client, "room_report", room.pk, messages=[], words="x").status_code == 409
    assert tell(client, "room_report", room.pk, messages="all", words="").status_code == 400
    assert tell(client, "room_report", room.pk, messages=[true], words=1).status_code == 400


def test_nobody_reports_from_a_room_they_never_entered(table: Table) -> None:
    room = rooms.open_room()
    shown, client = proof(room, rooms.inside(room, table)), world.browser(world.person())
    answer = tell(client, "room_report", room.pk, messages=[shown], words="")
    assert answer.status_code == 404
    assert not Report.objects.exists()


def test_whoever_reported_sees_how_far_it_is_and_the_answer(said: Said, safety: Person) -> None:
    mine, theirs = world.browser(said.reporter), world.browser(safety)
    assert "Received" in page(mine)
    text = page(mine, said.report)
    assert "Nobody wants you here &lt;b&gt;at all&lt;/b&gt;." in text
    assert f"Said in the room by <strong>{said.sender}</strong>," in text
    assert "Verified" in text
    assert "stays unreadable" in text
    assert "<textarea" not in text
    page(theirs, said.report)
    assert "Somebody is looking at it" in page(mine)
    theirs.post(reverse("report", args=[said.report.pk]), {"text": "We spoke with them."})
    assert "Answered" in page(mine)
    assert "We spoke with them." in page(mine, said.report)


def test_whoever_answers_sees_what_was_said_by_whom_and_who_reported_it(
    said: Said, safety: Person
) -> None:
    client = world.browser(safety)
    assert reverse("report", args=[said.report.pk]) in page(client)
    text = page(client, said.report)
    for shown in ("Nobody wants you here", str(said.sender), str(said.reporter), "It hurt."):
        assert shown in text


def test_opening_a_report_marks_it_as_seen_for_those_who_answer_only(
    said: Said, safety: Person
) -> None:
    address = reverse("report", args=[said.report.pk])
    world.browser(said.reporter).get(address)
    world.browser(safety).head(address)
    said.report.refresh_from_db()
    assert said.report.state == ReportState.RECEIVED
    world.browser(safety).get(address)
    said.report.refresh_from_db()
    assert said.report.state == ReportState.SEEN


def test_an_empty_answer_is_not_sent_and_a_second_one_is_refused_in_words(
    said: Said, safety: Person
) -> None:
    client, address = world.browser(safety), reverse("report", args=[said.report.pk])
    assert client.post(address, {"text": "  "}).status_code == 422
    for text in ("The first.", "The second."):
        answer = client.post(address, {"text": text}, follow=True)
    assert "Somebody has answered this already." in answer.content.decode()
    said.report.refresh_from_db()
    assert said.report.answer == "The first."


def test_the_person_reported_and_everybody_else_finds_nothing(
    said: Said, safety: Person, table: Table
) -> None:
    group = said.room.group
    others = [
        said.sender,
        world.person(),
        rooms.inside(said.room, table),
        rooms.inside(said.room, table, Part.FACILITATOR),
        world.role(RoleKind.COORDINATOR, site=group.site),
        world.role(RoleKind.OPERATOR),
    ]
    for who in others:
        client = world.browser(who)
        assert str(said.report.pk) not in page(client)
        page(client, said.report, expected=404)
        address = reverse("report", args=[said.report.pk])
        assert client.post(address, {"text": "x"}).status_code == 404
    said.report.refresh_from_db()
    assert said.report.state == ReportState.RECEIVED


def test_whoever_reported_cannot_answer_themselves(said: Said) -> None:
    world.role(RoleKind.SAFETY_LEAD, said.reporter)
    client = world.browser(said.reporter)
    client.post(reverse("report", args=[said.report.pk]), {"text": "All well."})
    said.report.refresh_from_db()
    assert said.report.answer == ""


def test_a_report_that_waits_for_more_than_two_days_is_marked_and_stands_first(
    table: Table, safety: Person
) -> None:
    new, late, answered = Said(table, hours=47), Said(table, hours=49), Said(table, hours=99)
    reports.answer(report=answered.report, text="Yes.", by=safety, now=timezone.now())
    text = page(world.browser(safety))
    places = [text.index(str(each.report.pk)) for each in (late, new, answered)]
    assert places == sorted(places)
    assert text.count("Waiting for more than two days") == 1
    assert "Waiting for more than two days" in page(world.browser(late.reporter))


def test_visitors_are_asked_to_sign_in(said: Said) -> None:
    for address in (reverse("reports"), reverse("report", args=[said.report.pk])):
        assert Client().get(address).status_code == 302


def test_letters_about_reports_can_be_stopped_like_all_others() -> None:
    assert LETTERS in Kind.values


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_report_and_for_many(
    table: Table, safety: Person, count: int
) -> None:
    for _ in range(count):
        mine = Said(table)
        Report.objects.update(reporter=mine.reporter)
        reports.answer(report=Said(table).report, text="Yes.", by=safety, now=timezone.now())
    assert own_queries(world.browser(safety), reverse("reports")) == 4
    assert own_queries(world.browser(mine.reporter), reverse("reports")) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_one_message_and_for_many(
    said: Said, safety: Person, count: int
) -> None:
    messages = [
        proof(said.room, said.sender, f"{seq}", seq=seq, when=said.at) for seq in range(count)
    ]
    kept = reports.report(
        room=said.room, reporter=said.reporter, messages=messages, words="", now=timezone.now()
    )
    # The report, who answers, and the mark that it was seen.
    assert own_queries(world.browser(safety), reverse("report", args=[kept.pk])) == 3
