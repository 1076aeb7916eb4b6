"""Rooms where somebody under 18 may be: nobody writes without a facilitator, nobody is alone with one adult."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hearthside.accounts.models import Person
from hearthside.rooms.actions import presence, side_rooms
from hearthside.rooms.enums import Part, Phase, Stance
from hearthside.rooms.models import PRESENCE, Device, Entry, Room
from hearthside.rooms.queries.gate import gate_of
from hearthside.rooms.streams.hall import STILL
from tests import world
from tests.groups import young
from tests.rooms import rooms
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def room(table: Table) -> Room:
    return rooms.open_room(young.group())


def why_not(room: Room, who: Person) -> str:
    gate = gate_of(room.pk, now=NOW)
    assert gate is not None
    return gate.guests[who.pk].why_not


def speaks(room: Room, table: Table, part: Part = Part.MEMBER) -> Person:
    return rooms.inside(room, table, part, stance=Stance.SPEAK)


def away(room: Room, who: Person) -> None:
    presence.depart(room=room, person=who, now=NOW)


def back(room: Room, who: Person) -> None:
    device: Device = rooms.device(who)
    presence.arrive(room=room, person=who, device=device, now=NOW)


def test_nobody_writes_while_nobody_who_leads_is_there(room: Room, table: Table) -> None:
    member, greeter = speaks(room, table), speaks(room, table, Part.GREETER)
    assert {why_not(room, member), why_not(room, greeter)} == {"unled"}
    lead = rooms.inside(room, table, Part.FACILITATOR)
    assert {why_not(room, member), why_not(room, greeter), why_not(room, lead)} == {""}
    away(room, lead)
    assert why_not(room, member) == "unled"
    back(room, lead)
    assert why_not(room, member) == ""


def test_a_facilitator_whose_line_went_dead_leads_nobody(room: Room, table: Table) -> None:
    member = speaks(room, table)
    rooms.inside(room, table, Part.FACILITATOR, last_here_at=NOW - PRESENCE)
    assert why_not(room, member) == "unled"


def test_what_stands_in_the_way_already_is_still_what_is_said(table: Table) -> None:
    room = rooms.room(young.group(), phase=Phase.WAITING)
    assert why_not(room, rooms.inside(room, table)) == "waiting"


def test_in_a_group_for_adults_people_go_on_without_a_facilitator(table: Table) -> None:
    room = rooms.open_room(world.group(format="online"))
    assert why_not(room, speaks(room, table)) == ""


def test_a_private_word_waits_for_a_second_facilitator(room: Room, table: Table) -> None:
    member = rooms.inside(room, table)
    lead = rooms.inside(room, table, Part.FACILITATOR)
    second = rooms.inside(room, table, Part.FACILITATOR)
    side = side_rooms.ask(room=room, person=member, now=NOW)
    back(side, member)
    assert why_not(side, member) == "second"
    side_rooms.answer(side=side, by=lead, now=LATER)
    back(side, lead)
    # Alone with one adult: not even the adult writes.
    assert {why_not(side, member), why_not(side, lead)} == {"second"}
    sits_beside(side, second)
    assert {why_not(side, each) for each in (member, lead, second)} == {""}
    away(side, second)
    assert {why_not(side, member), why_not(side, lead)} == {"second"}


def test_whoever_keeps_the_room_safe_without_facilitating_is_no_second_adult(
    room: Room, table: Table
) -> None:
    member, keeper = rooms.inside(room, table), rooms.inside(room, table, Part.GREETER)
    lead = rooms.inside(room, table, Part.FACILITATOR)
    Room.objects.filter(pk=room.pk).update(keeper=keeper)
    side = rooms.side_room(Room.objects.get(pk=room.pk), member, lead=lead)
    for who, part in ((member, Part.MEMBER), (lead, Part.FACILITATOR)):
        rooms.entry(side, who, part=part)
    sits_beside(side, keeper)
    assert {why_not(side, member), why_not(side, lead), why_not(side, keeper)} == {"second"}


def sits_beside(side: Room, who: Person) -> None:
    """The second person is there, as the room's own actions write it down."""
    Room.objects.filter(pk=side.pk).update(second=who)
    Entry.objects.create(
        room=side, person=who, accepted_at=NOW, first_here_at=NOW, last_here_at=NOW,
        part=Part.FACILITATOR,
    )  # fmt: skip


def test_in_a_group_for_adults_a_private_word_is_between_two(table: Table) -> None:
    room = rooms.open_room(world.group(format="online"))
    member, lead = rooms.inside(room, table), rooms.inside(room, table, Part.FACILITATOR)
    side = rooms.side_room(room, member, lead=lead)
    for who, part in ((member, Part.MEMBER), (lead, Part.FACILITATOR)):
        rooms.entry(side, who, part=part)
    assert {why_not(side, member), why_not(side, lead)} == {""}


def test_whoever_came_to_listen_passes_no_words_in_a_reaction_then(
    room: Room, table: Table
) -> None:
    assert why_not(room, rooms.inside(room, table)) in STILL


def test_words_are_not_passed_in_reactions_and_edits_either() -> None:
    assert {"unled", "second"} <= set(STILL)


@pytest.mark.parametrize("is_young", [True, False])
def test_the_list_of_people_says_so_in_a_line(table: Table, is_young: bool) -> None:
    room = rooms.open_room(young.group() if is_young else world.group(format="online"))
    html = (
        world.browser(rooms.inside(room, table))
        .get(reverse("room", args=[room.pk]))
        .content.decode()
    )
    assert ("a private word needs two who lead" in html) is is_young
