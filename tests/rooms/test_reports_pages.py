"""What was said, on the page of its concern: what each reader sees, and what nobody else learns."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.rooms.actions import reports
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Report, Room
from hearthside.safety.enums import ConcernState, Done
from hearthside.safety.models import Concern
from tests import world
from tests.groups.counting import own_queries
from tests.rooms import rooms
from tests.rooms.people import base64url, proof, tell, words_of
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


def concern_of(report: Report) -> Concern:
    return Concern.objects.get(key=report.pk)


def page(client: Client, report: Report, expected: int = 200) -> str:
    answer = client.get(reverse("report", args=[report.pk]), follow=True)
    assert answer.status_code == expected
    return str(answer.content.decode())


def test_through_the_door_a_report_leads_to_its_page_and_what_is_no_message_is_named(
    table: Table,
) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    reporter, sender = (rooms.inside(room, table, now=now) for _ in range(2))
    client, true = world.browser(reporter), proof(room, sender, when=now)
    made = tell(client, "room_report", room.pk, messages=[true], words="Please look.")
    assert made.status_code == 201
    assert json.loads(made.content) == {"url": f"/reports/{Report.objects.get().pk}/"}
    broken = tell(client, "room_report", room.pk, messages=[true, {**true, "seq": "9"}], words="")
    assert broken.status_code == 409
    assert json.loads(broken.content)["forged"] == [1]
    assert "can't read one of these" in words_of(broken)
    assert tell(client, "room_report", room.pk, messages=[], words="x").status_code == 409
    assert tell(client, "room_report", room.pk, messages="all", words="").status_code == 400
    assert tell(client, "room_report", room.pk, messages=[true], words=1).status_code == 400


def test_nobody_reports_from_a_room_they_never_entered(table: Table) -> None:
    room = rooms.open_room()
    shown, client = proof(room, rooms.inside(room, table)), world.browser(world.person())
    answer = tell(client, "room_report", room.pk, messages=[shown], words="")
    assert answer.status_code == 404
    assert not Report.objects.exists()


def test_whoever_reported_sees_what_was_said_how_far_it_is_and_the_answer(
    said: Said, safety: Person
) -> None:
    mine, theirs = world.browser(said.reporter), world.browser(safety)
    concern = concern_of(said.report)
    assert f"/concerns/{concern.pk}/" in mine.get(reverse("reports"), follow=True).content.decode()
    text = page(mine, said.report)
    assert "Nobody wants you here &lt;b&gt;at all&lt;/b&gt;." in text
    assert f"Said in the room by <strong>{said.sender}</strong>," in text
    assert "Verified" in text
    assert "stays unreadable" in text
    assert "Not verified" not in text
    page(theirs, said.report)
    assert "Seen by a person" in page(mine, said.report)
    told = {"words": "We spoke with them.", "done": Done.SPOKE}
    theirs.post(reverse("concern_answer", args=[concern.pk]), told)
    assert "We spoke with them." in page(mine, said.report)


def test_a_forged_message_is_shown_as_not_verified_and_under_nobodys_name(
    said: Said, safety: Person
) -> None:
    true = proof(said.room, said.sender, "x", seq=5, when=said.at)
    forged = {**true, "content": base64url(b'{"text": "I will find you."}')}
    report = reports.report(
        room=said.room, reporter=said.reporter, messages=[forged], words="", now=timezone.now()
    )
    text = page(world.browser(safety), report)
    assert "I will find you." in text
    assert "Not verified" in text
    assert "We cannot confirm that this was said in the room, or by whom." in text
    assert str(said.sender) not in text


def test_whoever_answers_sees_what_was_said_by_whom_and_who_reported_it(
    said: Said, safety: Person
) -> None:
    client = world.browser(safety)
    desk = client.get(reverse("safety_desk")).content.decode()
    assert reverse("concern", args=[concern_of(said.report).pk]) in desk
    text = page(client, said.report)
    for shown in ("Nobody wants you here", str(said.sender), str(said.reporter), "It hurt."):
        assert shown in text


def test_opening_a_report_marks_it_as_seen_for_those_who_answer_only(
    said: Said, safety: Person
) -> None:
    concern = concern_of(said.report)
    page(world.browser(said.reporter), said.report)
    world.browser(safety).head(reverse("concern", args=[concern.pk]))
    concern.refresh_from_db()
    assert concern.state == ConcernState.RECEIVED
    page(world.browser(safety), said.report)
    concern.refresh_from_db()
    assert concern.state == ConcernState.SEEN


def test_the_person_reported_and_everybody_else_finds_nothing(
    said: Said, safety: Person, table: Table
) -> None:
    group, concern = said.room.group, concern_of(said.report)
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
        page(client, said.report, expected=404)
        for path in (reverse("reports"), reverse("safety_desk")):
            assert str(concern.pk) not in client.get(path, follow=True).content.decode()
    concern.refresh_from_db()
    assert concern.state == ConcernState.RECEIVED


def test_visitors_are_asked_to_sign_in(said: Said) -> None:
    for address in (reverse("reports"), reverse("report", args=[said.report.pk])):
        assert Client().get(address).status_code == 302


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
    address = reverse("concern", args=[concern_of(kept).pk])
    assert own_queries(world.browser(safety), address) == 17
