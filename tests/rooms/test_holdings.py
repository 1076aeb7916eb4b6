"""What rooms hold about a person: all of it shown, all of it erased."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.accounts.models import Person
from hearthside.accounts.ports import holders
from hearthside.rooms.actions import closing
from hearthside.rooms.enums import Exclusion
from hearthside.rooms.models import (
    Device,
    Entry,
    Envelope,
    KeyPackage,
    Outside,
    Report,
    Room,
)
from tests import world
from tests.rooms import rooms
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db


def report(by: Person, room: Room) -> Report:
    message: dict[str, Any] = {"text": "Unkind words", "name": "Ash", "at": NOW.isoformat()}
    return Report.objects.create(group=room.group, reporter=by, made_at=NOW, messages=[message])


def been_everywhere(table: Table) -> Person:
    """Somebody who came to a meeting, spoke, had a private word, was asked outside, and reported."""
    room = rooms.open_room()
    person = rooms.inside(room, table)
    device = rooms.device(person)
    rooms.key_package(device)
    rooms.envelope(rooms.voice(rooms.journal(room), device))
    rooms.entry(rooms.side_room(room, person), person)
    Outside.objects.create(room=room, person=person, kind=Exclusion.HELD, from_at=NOW)
    report(person, room)
    return person


def test_everything_held_about_a_person_is_shown_and_erased(table: Table) -> None:
    person, other = been_everywhere(table), been_everywhere(table)
    holder = holders()["rooms"]
    assert [len(held.rows) for held in holder.held(person)] == [2, 1, 1, 1]
    revision = Room.objects.get(entries__person=person, parent=None).revision
    holder.erase(person, now=NOW)
    assert [len(held.rows) for held in holder.held(person)] == [0, 0, 0, 0]
    # Those still in the room hear that somebody went.
    assert Room.objects.filter(parent=None, revision__gt=revision).count() == 1
    for model in (Device, KeyPackage, Envelope, Outside):
        assert model.objects.count() == 1
    assert set(Entry.objects.values_list("person", flat=True)) == {other.pk}


def test_what_somebody_reported_stays_without_their_name_and_the_page_says_so(table: Table) -> None:
    person = been_everywhere(table)
    told = holders()["rooms"].held(person)[-1]
    assert told.stays_because
    holders()["rooms"].erase(person, now=NOW)
    assert Report.objects.get().reporter is None


def test_my_data_shows_the_receipt_with_its_last_day(table: Table) -> None:
    room = rooms.open_room()
    person = rooms.inside(room, table)
    closing.close(room=room, by=None, now=NOW)
    page = world.browser(person).get(reverse("my_data")).content.decode()
    assert "Meetings you came to in the room" in page
    assert "Feb. 21, 2027" in page or "21 February 2027" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_much_is_held(
    table: Table, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = world.person()
    for _ in range(rows):
        room = rooms.open_room()
        rooms.inside(room, table, who=person)
        rooms.key_package(rooms.device(person))
        Outside.objects.create(room=room, person=person, kind=Exclusion.HELD, from_at=NOW)
        report(person, room)
    with django_assert_num_queries(4):
        held = holders()["rooms"].held(person)
    assert [len(each.rows) for each in held] == [rows] * 4
