"""Who may ask, come and answer beside a meeting: nobody who was not asked, and no block is stepped over or told."""

import json
from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.rooms.actions import leading, outside, side_rooms, sitting
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Entry, Room
from hearthside.rooms.queries.side_rooms import Beside, Sides
from hearthside.rooms.queries.state import sides_of
from hearthside.safety.actions import blocks
from tests import world
from tests.rooms import rooms
from tests.rooms.people import seat, tap, tell
from tests.rooms.rooms import Table

pytestmark = pytest.mark.django_db

DOORS = ["room_side_second", "room_side_take", "room_side_reply", "room_side_care", "room_side_end"]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def room(table: Table, now: datetime) -> Room:
    return rooms.open_room(starts_at=now)


def facilitator(room: Room, table: Table, now: datetime) -> Person:
    return rooms.inside(room, table, Part.FACILITATOR, now=now)


@pytest.fixture
def ana(room: Room, table: Table, now: datetime) -> Person:
    return facilitator(room, table, now)


@pytest.fixture
def ben(room: Room, table: Table, now: datetime) -> Person:
    return facilitator(room, table, now)


@pytest.fixture
def robin(room: Room, table: Table, now: datetime) -> Person:
    return rooms.inside(room, table, now=now)


@pytest.fixture
def strangers(room: Room, table: Table, now: datetime) -> list[Person]:
    """Another member, somebody from the lobby, one of another room, and those who run the site."""
    elsewhere = rooms.open_room(starts_at=now)
    return [
        rooms.inside(room, table, now=now),
        rooms.inside(room, table, Part.GREETER, now=now),
        table.seat(room, part=Part.FACILITATOR),
        facilitator(elsewhere, table, now),
        world.role(RoleKind.COORDINATOR, site=room.group.site),
        world.role(RoleKind.SAFETY_LEAD),
        world.person(),
    ]


@pytest.fixture
def taken(room: Room, ana: Person, ben: Person, robin: Person, now: datetime) -> Room:
    """Ana asked for somebody, Ben would come, and Robin is asked."""
    side = sitting.invite(room=room, person=robin, by=ana, has_second=True, now=now)
    sitting.take(side=side, by=ben)
    return side


def answers(who: Person, door: str, side: Room) -> set[int]:
    taps = ("call", "alone", "yes", "no", "")
    return {tap(world.browser(who), door, side, action=each).status_code for each in taps}


@pytest.mark.parametrize("door", DOORS)
def test_no_stranger_to_a_side_room_finds_it_at_any_stage(
    taken: Room, ben: Person, strangers: list[Person], now: datetime, door: str
) -> None:
    for who in strangers:
        assert answers(who, door, taken) == {404}, who
    sitting.agree(side=taken, now=now)
    for who in strangers:
        assert answers(who, door, taken) == {404}, who
    taken.refresh_from_db()
    assert (taken.is_closed(), taken.second, taken.entries.count()) == (False, ben, 3)


def test_nobody_but_whoever_leads_or_keeps_the_meeting_asks_a_member(
    room: Room, ana: Person, ben: Person, robin: Person, strangers: list[Person]
) -> None:
    asked = {"alias": seat(room, robin), "action": "alone"}
    outside.hold(room=room, person=ben, by=ana, now=timezone.now())
    for who in [*strangers, robin, ben]:
        assert tap(world.browser(who), "room_invite", room, **asked).status_code == 404
    assert not Room.objects.filter(parent=room).exists()


def test_nobody_asks_themselves_a_facilitator_or_somebody_who_is_not_there(
    room: Room, ana: Person, ben: Person, robin: Person, now: datetime
) -> None:
    browser = world.browser(ana)
    for who in (ana, ben, world.person()):
        asked = {"alias": seat(room, who), "action": "alone"}
        assert tap(browser, "room_invite", room, **asked).status_code == 404
    side = sitting.invite(room=room, person=robin, by=ana, has_second=False, now=now)
    asked = {"alias": seat(side, robin), "action": "alone"}
    assert tap(browser, "room_invite", side, **asked).status_code == 404
    assert tap(browser, "room_invite", room, alias="x", action="alone").status_code == 400


def test_whoever_is_asked_answers_for_themselves_only(
    room: Room, ana: Person, ben: Person, robin: Person, now: datetime
) -> None:
    side = sitting.invite(room=room, person=robin, by=ana, has_second=True, now=now)
    # Before the second said yes there is nothing to answer, and who asked cannot answer for the member.
    assert tap(world.browser(robin), "room_side_reply", side, action="yes").status_code == 409
    assert tap(world.browser(ana), "room_side_take", side).status_code == 409
    for who in (ana, ben):
        assert tap(world.browser(who), "room_side_reply", side, action="yes").status_code == 404
    sitting.take(side=side, by=ben)
    assert tap(world.browser(ben), "room_side_second", side, action="alone").status_code == 404
    assert tap(world.browser(robin), "room_side_second", side, action="alone").status_code == 404
    assert not Entry.objects.filter(room=side, person__in=[ben, robin]).exists()


def test_before_the_member_said_yes_the_second_reads_nothing_there(
    room: Room, ana: Person, ben: Person, robin: Person, now: datetime
) -> None:
    side = side_rooms.ask(room=room, person=robin, now=now)
    side_rooms.answer(side=side, by=ana, now=now)
    sitting.call_second(side=side, now=now)
    sitting.take(side=side, by=ben)
    for door in ("room", "room_lobby"):
        address = reverse(door, args=[side.pk])
        assert world.browser(ben).get(address, follow=True).status_code == 404, door
    for door in ("room_claim", "room_keys"):
        assert tell(world.browser(ben), door, side.pk, devices=[]).status_code == 404, door


def test_who_is_removed_from_the_meeting_answers_nothing_any_more(
    room: Room, ana: Person, robin: Person, now: datetime
) -> None:
    side = sitting.invite(room=room, person=robin, by=ana, has_second=False, now=now)
    outside.remove(room=room, person=robin, by=ana, now=now)
    assert tap(world.browser(robin), "room_side_reply", side, action="yes").status_code == 404
    assert not Entry.objects.filter(room=side, person=robin).exists()


def test_a_member_who_waits_outside_says_themselves_who_sits_with_them(
    room: Room, ana: Person, ben: Person, robin: Person, now: datetime
) -> None:
    side = side_rooms.ask(room=room, person=robin, now=now)
    side_rooms.answer(side=side, by=ana, now=now)
    outside.hold(room=room, person=robin, by=ana, now=now)
    sitting.call_second(side=side, now=now)
    sitting.take(side=side, by=ben)
    assert [one.is_join for one in sides_of(side, robin, now=now).questions] == [True]
    assert tap(world.browser(robin), "room_side_reply", side, action="yes").status_code == 200
    assert [each.beside for each in sides_of(side, ana, now=now).words] == [Beside.IN]


def test_a_facilitators_block_cuts_nobody_off_from_them(
    room: Room, ana: Person, robin: Person, now: datetime
) -> None:
    blocks.block(owner=ana, other=robin, now=now)
    asked = tap(world.browser(robin), "room_side", room)
    assert json.loads(asked.content)["heard"] == "somebody"
    side = Room.objects.get(parent=room)
    assert [word.room_id for word in sides_of(room, ana, now=now).asking] == [side.pk]
    assert tap(world.browser(ana), "room_side_answer", side).status_code == 200


def test_where_another_can_come_whoever_blocked_the_member_is_let_be(
    room: Room, ana: Person, ben: Person, robin: Person, now: datetime
) -> None:
    blocks.block(owner=ana, other=robin, now=now)
    side = side_rooms.ask(room=room, person=robin, now=now)
    assert sides_of(room, ana, now=now) == Sides()
    assert [word.room_id for word in sides_of(room, ben, now=now).asking] == [side.pk]
    Entry.objects.filter(person=ben).update(left_at=now)
    assert len(sides_of(room, ana, now=now).asking) == 1, "nobody else is there any more"


def test_whom_the_member_blocked_is_not_shown_that_they_ask_and_cannot_come(
    room: Room, ana: Person, robin: Person, now: datetime
) -> None:
    blocks.block(owner=robin, other=ana, now=now)
    asked = tap(world.browser(robin), "room_side", room)
    assert json.loads(asked.content)["heard"] == "blocked"
    side = Room.objects.get(parent=room)
    assert sides_of(room, ana, now=now) == Sides()
    assert tap(world.browser(ana), "room_side_answer", side).status_code == 404
    assert not Entry.objects.filter(room=side, person=ana).exists()


def test_whoever_is_blocked_asks_and_is_told_what_everybody_is_told_and_the_member_sees_nothing(
    room: Room, ana: Person, robin: Person, table: Table, now: datetime
) -> None:
    other = rooms.inside(room, table, now=now)
    blocks.block(owner=robin, other=ana, now=now)
    told, shown = [], []
    for member in (other, robin):
        asked = {"alias": seat(room, member), "action": "alone"}
        answer = tap(world.browser(ana), "room_invite", room, **asked)
        told.append((answer.status_code, set(json.loads(answer.content))))
        [word] = [
            each for each in sides_of(room, ana, now=now).words if each.member_id == member.pk
        ]
        shown.append((word.stage, word.beside))
    assert told[0] == told[1]
    assert shown[0] == shown[1]
    assert len(sides_of(room, other, now=now).questions) == 1
    assert sides_of(room, robin, now=now) == Sides()
    side = Room.objects.get(parent=room, member=robin)
    assert tap(world.browser(robin), "room_side_reply", side, action="yes").status_code == 409


def test_what_the_member_is_not_shown_keeps_no_other_facilitator_from_asking(
    room: Room, ana: Person, ben: Person, robin: Person, now: datetime
) -> None:
    blocks.block(owner=robin, other=ana, now=now)
    sitting.invite(room=room, person=robin, by=ana, has_second=False, now=now)
    sitting.invite(room=room, person=robin, by=ben, has_second=False, now=now)
    assert [one.names for one in sides_of(room, robin, now=now).questions] == [(str(ben),)]


def test_who_is_blocked_is_not_called_to_sit_with_somebody_and_is_not_told_why(
    room: Room, ana: Person, ben: Person, robin: Person, now: datetime
) -> None:
    blocks.block(owner=robin, other=ben, now=now)
    # The same as for anybody whom nobody has answered yet: Ben is here, so a second may be called.
    side = sitting.invite(room=room, person=robin, by=ana, has_second=True, now=now)
    assert sides_of(room, ben, now=now) == Sides()
    assert [word.beside for word in sides_of(room, ana, now=now).words] == [Beside.CALLED]
    sitting.take(side=side, by=ben)
    assert sides_of(room, robin, now=now) == Sides()
    assert tap(world.browser(robin), "room_side_reply", side, action="yes").status_code == 409
    assert not Entry.objects.filter(room=side, person=ben).exists()


def test_a_mute_is_about_words_and_keeps_nobody_from_a_private_word(
    room: Room, ana: Person, robin: Person, now: datetime
) -> None:
    blocks.mute(owner=robin, other=ana, until_at=room.ends_at, now=now)
    side_rooms.ask(room=room, person=robin, now=now)
    assert len(sides_of(room, ana, now=now).asking) == 1


def test_room_safety_that_has_ended_asks_nobody(
    room: Room, ana: Person, robin: Person, table: Table, now: datetime
) -> None:
    keeper = rooms.inside(room, table, now=now)
    leading.name_keeper(room=room, person=keeper, now=now)
    room.refresh_from_db()
    side = sitting.invite(room=room, person=robin, by=keeper, has_second=False, now=now)
    assert len(sides_of(room, robin, now=now).questions) == 1
    leading.name_no_keeper(room=room, now=now)
    assert sides_of(room, robin, now=now) == Sides()
    assert tap(world.browser(robin), "room_side_reply", side, action="yes").status_code == 409
