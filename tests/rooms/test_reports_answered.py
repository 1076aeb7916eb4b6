"""Who hears of a report of what was said, who answers, and how long it is kept."""

from datetime import timedelta

import pytest
from django.conf import settings

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.notices.models import Letter
from hearthside.rooms.actions import reports
from hearthside.rooms.actions.refusals import (
    TooManyReports,
)
from hearthside.rooms.models import Report, Room
from hearthside.safety.actions import concerns
from hearthside.safety.actions.concern_refusals import AlreadyAnswered
from hearthside.safety.enums import Done
from hearthside.safety.models import Concern
from hearthside.safety.queries.concerns import view_of
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.rooms import rooms
from tests.rooms.people import proof
from tests.rooms.rooms import Table
from tests.rooms.test_reports import LATER, concern_of, readers, reported
from tests.world import NOW

pytestmark = pytest.mark.django_db


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


def test_safety_leads_are_told_in_a_letter_that_names_nobody_and_no_group(
    room: Room, reporter: Person, sender: Person, safety: Person
) -> None:
    coordinator = world.role(RoleKind.COORDINATOR, reachable(), site=room.group.site)
    report = reported(room, reporter, proof(room, sender), words="Please look.")
    assert readers(report) == {safety}
    assert letters_to(coordinator) == letters_to(sender) == letters_to(reporter) == []
    letter = Letter.objects.get(person=safety)
    assert f"{settings.SITE_URL}/concerns/{concern_of(report).pk}/" in letter.text
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
        assert view_of(sender, concern_of(report).pk, now=NOW) is None
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
    concern = concern_of(reported(room, reporter, proof(room, sender)))

    def answer(words: str) -> None:
        concerns.close(concern=concern, done=Done.SPOKE, words=words, by=safety, now=LATER)

    answer("We spoke with them.")
    with pytest.raises(AlreadyAnswered):
        answer("Something else.")
    letter = Letter.objects.get(person=reporter)
    assert letter.subject == "There is an answer for you"
    assert room.group.name not in letter.text
    assert letters_to(sender) == []


def test_the_messages_go_with_their_concern_and_not_before(
    room: Room, reporter: Person, sender: Person, safety: Person
) -> None:
    concern = concern_of(reported(room, reporter, proof(room, sender)))
    assert concerns.erase_expired(now=NOW + timedelta(days=3000)) == 0
    assert reports.erase_expired() == 0
    concerns.close(concern=concern, done=Done.SPOKE, words="Yes.", by=safety, now=NOW)
    assert concerns.erase_expired(now=NOW + timedelta(days=179)) == 0
    assert concerns.erase_expired(now=NOW + timedelta(days=180)) == 1
    assert reports.erase_expired() == 1
    assert not Report.objects.exists()


def test_whoever_raised_many_concerns_is_told_in_words_that_one_more_has_to_wait(
    room: Room, reporter: Person, sender: Person
) -> None:
    for seq in range(reports.REPORTS_AN_HOUR):
        reported(room, reporter, proof(room, sender, seq=seq))
    with pytest.raises(TooManyReports):
        reported(room, reporter, proof(room, sender, seq=99))
    assert Report.objects.count() == Concern.objects.count() == reports.REPORTS_AN_HOUR
