"""Rounds as facilitators lead them: whom the turn goes to, in which order, for how long, and free talk."""

from datetime import timedelta

import pytest

from hearthside.accounts.models import Person
from hearthside.rooms.actions import leading
from hearthside.rooms.actions.refusals import NoRoundIsOn, NotHere, NoTimeIsSet
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Room
from hearthside.rooms.queries.turns import circle_of, people_here, round_order
from peerkit.circle import Hold, Mode
from tests.rooms import rooms
from tests.rooms.people import begun, go_round, holder, seat, shown, speaker
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(table: Table) -> Room:
    return rooms.room()


@pytest.fixture
def lead(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, Part.FACILITATOR)


def test_a_round_has_its_words_and_its_time_and_goes_to_those_here_in_the_order_they_came(
    room: Room, lead: Person, table: Table
) -> None:
    begun(room, lead)
    late = speaker(room, table, now=NOW + timedelta(seconds=30))
    early = speaker(room, table, now=NOW - timedelta(seconds=30))
    gone = speaker(room, table, left_at=NOW)
    listener = rooms.inside(room, table)
    go_round(room, lead, prompt="One word for today", seconds_each=120)
    view = shown(room)
    assert (view.mode, view.prompt, view.seconds_allowed) == (Mode.ROUND, "One word for today", 120)
    assert view.seat == seat(room, early)
    assert view.coming == (seat(room, late),)
    assert seat(room, gone) not in view.coming
    assert seat(room, listener) in view.listening


def test_a_round_without_time_shows_nobodys_time(room: Room, lead: Person, table: Table) -> None:
    begun(room, lead)
    speaker(room, table)
    go_round(room, lead, seconds_each=0)
    assert shown(room).seconds_allowed is None
    with pytest.raises(NoTimeIsSet):
        leading.add_time(room=room, by=lead, now=NOW)


def test_an_order_by_chance_is_everybody_once_and_not_always_the_same(
    room: Room, lead: Person, table: Table
) -> None:
    begun(room, lead)
    for each in range(8):
        speaker(room, table, now=NOW + timedelta(seconds=each))
    steady = round_order(people_here(room, now=NOW))
    seen = set()
    for _ in range(10):
        go_round(room, lead, is_order_random=True)
        seen.add(order := circle_of(room.pk).order[:8])
        assert set(order) == set(steady)
    # Ten times the same order of eight: one chance in 40,320 to the ninth.
    assert len(seen) > 1


def test_the_turn_is_given_moved_on_and_given_more_time(
    room: Room, lead: Person, table: Table
) -> None:
    begun(room, lead)
    ana, ben = (speaker(room, table, now=NOW + timedelta(seconds=each)) for each in range(2))
    with pytest.raises(NoRoundIsOn):
        leading.give(room=room, by=lead, seat=seat(room, ben), now=NOW)
    go_round(room, lead, seconds_each=60)
    leading.give(room=room, by=lead, seat=seat(room, ben), now=NOW)
    assert holder(room, ana, ben) == ben
    leading.add_time(room=room, by=lead, now=NOW)
    assert shown(room).seconds_allowed == 60 + leading.MORE_SECONDS
    leading.move_on(room=room, by=lead, now=NOW)
    assert holder(room, ana, ben) == ana
    with pytest.raises(NotHere):
        leading.give(room=room, by=lead, seat="0" * 32, now=NOW)


def test_free_talk_ends_a_round(room: Room, lead: Person, table: Table) -> None:
    begun(room, lead)
    speaker(room, table)
    go_round(room, lead)
    leading.talk_freely(room=room, by=lead, now=NOW)
    assert (shown(room).mode, shown(room).hold) == (Mode.FREE, Hold.IDLE)


def test_a_second_tap_on_move_on_from_the_same_page_skips_nobody(
    room: Room, lead: Person, table: Table
) -> None:
    begun(room, lead)
    people = [speaker(room, table, now=NOW + timedelta(seconds=each)) for each in range(3)]
    go_round(room, lead)
    seen = circle_of(room.pk).version
    for _ in range(2):
        leading.move_on(room=room, by=lead, now=NOW, turn=seen)
    assert holder(room, *people) == people[1]
