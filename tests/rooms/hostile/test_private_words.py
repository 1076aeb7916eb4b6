"""Ways into a private word that nobody was given."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hearthside.accounts.models import Person
from hearthside.rooms.actions import closing, outside, side_rooms
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Entry, Journal, Room
from hearthside.rooms.queries.gate import gate_of
from tests import world
from tests.rooms import rooms
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def room(table: Table) -> Room:
    return rooms.open_room()


@pytest.fixture
def lead(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, Part.FACILITATOR)


@pytest.fixture
def second(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, Part.FACILITATOR)


@pytest.fixture
def member(room: Room, table: Table) -> Person:
    return rooms.inside(room, table)


def lobby(browser: Client, at: Room) -> int:
    """What the lobby answers to somebody who reads it and then walks in."""
    address = reverse("room_lobby", args=[at.pk])
    seen = browser.get(address).status_code
    walked = browser.post(address, {"stance": "speak", "accepts_rules": "on"}).status_code
    assert seen == walked
    return seen


def test_no_facilitator_walks_into_a_private_word_through_a_lobby(
    room: Room, member: Person, second: Person
) -> None:
    side = side_rooms.ask(room=room, person=member, now=NOW)
    assert lobby(world.browser(second), side) == 404
    assert not Entry.objects.filter(room=side, person=second).exists()


def test_the_lobby_of_a_private_word_that_is_over_leads_to_its_goodbye(
    room: Room, member: Person, lead: Person
) -> None:
    side = side_rooms.ask(room=room, person=member, now=NOW)
    side_rooms.answer(side=side, by=lead, now=NOW)
    closing.close(room=side, by=lead, now=LATER)
    answer = world.browser(member).get(reverse("room", args=[side.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("room_goodbye", args=[side.pk])


@pytest.mark.parametrize("act", [outside.hold, outside.remove])
def test_a_facilitator_who_is_sent_out_is_out_of_the_private_word_as_well(
    room: Room, member: Person, lead: Person, second: Person, act: Any
) -> None:
    side = side_rooms.ask(room=room, person=member, now=NOW)
    side_rooms.answer(side=side, by=second, now=NOW)
    rooms.journal(side, epoch=4)
    act(room=room, person=second, by=lead, now=LATER)
    gate = gate_of(side.pk, now=LATER)
    assert gate is not None
    assert set(gate.guests) == {member.pk}
    assert Journal.objects.get(room=side).floor_epoch == 4, "their keys are worth nothing any more"


def test_a_private_word_stays_open_to_a_member_who_is_held_and_closes_to_one_who_is_removed(
    room: Room, member: Person, lead: Person
) -> None:
    side = side_rooms.ask(room=room, person=member, now=NOW)
    outside.hold(room=room, person=member, by=lead, now=NOW)
    held = gate_of(side.pk, now=NOW)
    outside.remove(room=room, person=member, by=lead, now=LATER)
    removed = gate_of(side.pk, now=LATER)
    assert held is not None
    assert removed is not None
    assert (held.farewell(member.pk), removed.farewell(member.pk)) == ("", "removed")
