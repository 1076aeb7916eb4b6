"""A quiet side room with a second facilitator: everybody in it came by their own tap, and the room is told nothing."""

from datetime import timedelta

import pytest

from hearthside.accounts.models import Person
from hearthside.rooms.access import inside_for
from hearthside.rooms.actions import leading, side_rooms, sitting
from hearthside.rooms.actions.refusals import AskedAlready, CallIsOver, NobodyElseIsHere, NotHere
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Entry, Journal, Room
from hearthside.rooms.queries.chairs import chairs_of
from hearthside.rooms.queries.gate import gate_of
from hearthside.rooms.queries.side_rooms import Beside, Sides, Stage, Word
from hearthside.rooms.queries.state import scene_of, sides_of
from tests import world
from tests.rooms import rooms
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(seconds=20)


@pytest.fixture
def room(table: Table) -> Room:
    return rooms.open_room()


@pytest.fixture
def ana(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, Part.FACILITATOR, who=world.person("Ana"))


@pytest.fixture
def ben(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, Part.FACILITATOR, who=world.person("Ben"))


@pytest.fixture
def robin(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, who=world.person("Robin"))


def seen(room: Room, who: Person) -> Sides:
    return sides_of(room, who, now=LATER)


def word(room: Room, who: Person) -> Word:
    [found] = seen(room, who).words
    return found


def invited(room: Room, robin: Person, by: Person, *, has_second: bool = True) -> Room:
    return sitting.invite(room=room, person=robin, by=by, has_second=has_second, now=NOW)


def sitting_together(room: Room, robin: Person, ana: Person, ben: Person) -> Room:
    side = invited(room, robin, ana)
    sitting.take(side=side, by=ben)
    sitting.agree(side=side, now=NOW)
    side.refresh_from_db()
    return side


def test_nobody_is_asked_before_a_second_has_said_that_they_come(
    room: Room, ana: Person, ben: Person, robin: Person
) -> None:
    side = invited(room, robin, ana)
    assert seen(room, robin) == Sides()
    [call] = seen(room, ben).calls
    assert (call.room_id, call.by, call.name) == (side.pk, "Ana", "Robin")
    assert (word(room, ana).stage, word(room, ana).beside) == (Stage.CALLING, Beside.CALLED)
    sitting.take(side=side, by=ben)
    [question] = seen(room, robin).questions
    assert (question.names, question.is_join) == (("Ana", "Ben"), False)
    assert (word(room, ana).stage, word(room, ben).is_lead) == (Stage.ASKED, False)


def test_nobody_sits_there_without_their_own_yes(
    room: Room, ana: Person, ben: Person, robin: Person
) -> None:
    side = invited(room, robin, ana)
    sitting.take(side=side, by=ben)
    before = gate_of(side.pk, now=LATER)
    sitting.agree(side=side, now=NOW)
    sitting.agree(side=side, now=LATER)
    after = gate_of(side.pk, now=LATER)
    assert before is not None
    assert after is not None
    assert set(before.guests) == {ana.pk}
    assert set(after.guests) == {ana.pk, ben.pk, robin.pk}
    assert set(chairs_of(Room.objects.with_group().get(pk=side.pk), now=LATER)) == set(after.guests)
    for who in (ana, ben):
        assert (word(room, who).stage, word(room, who).beside) == (Stage.OPEN, Beside.IN)
    assert seen(room, robin) == Sides(own=side.pk)


def test_the_room_is_told_nothing_that_it_did_not_see_anyway(
    room: Room, ana: Person, ben: Person, robin: Person, table: Table
) -> None:
    other = rooms.inside(room, table)

    def shown() -> object:
        scene = scene_of(room.pk, now=NOW)
        assert scene is not None
        return {**scene.state, "revision": 0}, scene.you(other.pk, last_no=0)

    before = shown()
    side = invited(room, robin, ana)
    called = shown()
    sitting.take(side=side, by=ben)
    asked = shown()
    sitting.agree(side=side, now=NOW)
    assert before == called == asked == shown()


def test_not_now_ends_it_and_the_member_keeps_everything(
    room: Room, ana: Person, ben: Person, robin: Person
) -> None:
    side = invited(room, robin, ana)
    sitting.take(side=side, by=ben)
    for _ in range(2):
        sitting.decline(side=side, by=robin, now=NOW)
    side.refresh_from_db()
    assert side.is_closed()
    assert {seen(room, who) == Sides() for who in (ana, ben, robin)} == {True}
    assert inside_for(robin, room.pk, now=LATER).is_in
    assert not Entry.objects.filter(room=side, person=robin).exists()
    assert invited(room, robin, ana) != side


def test_where_nobody_else_holds_a_role_it_says_so_and_a_member_can_be_asked_alone(
    room: Room, ana: Person, robin: Person, table: Table
) -> None:
    rooms.inside(room, table)
    rooms.inside(room, table, Part.GREETER)
    away = rooms.inside(room, table, Part.FACILITATOR)
    Entry.objects.filter(person=away).update(left_at=NOW)
    with pytest.raises(NobodyElseIsHere):
        invited(room, robin, ana)
    assert not Room.objects.filter(parent=room).exists()
    side = invited(room, robin, ana, has_second=False)
    [question] = seen(room, robin).questions
    assert (question.room_id, question.names) == (side.pk, ("Ana",))


def test_whoever_keeps_the_room_safe_may_ask_and_may_come_and_no_longer_when_another_does(
    room: Room, ana: Person, robin: Person, table: Table
) -> None:
    keeper, next_one = rooms.inside(room, table), rooms.inside(room, table)
    leading.name_keeper(room=room, person=keeper, now=NOW)
    room.refresh_from_db()
    side = sitting_together(room, robin, ana, keeper)
    rooms.journal(side, epoch=3)
    assert word(room, keeper).beside == Beside.IN
    leading.name_keeper(room=room, person=next_one, now=NOW)
    gate = gate_of(side.pk, now=LATER)
    assert gate is not None
    assert set(gate.guests) == {ana.pk, robin.pk}
    assert Journal.objects.get(room=side).floor_epoch == 3
    assert seen(room, keeper) == Sides()


def test_only_one_comes_of_all_who_were_called(
    room: Room, ana: Person, ben: Person, robin: Person, table: Table
) -> None:
    third = rooms.inside(room, table, Part.FACILITATOR)
    side = invited(room, robin, ana)
    assert seen(room, third).calls
    for _ in range(2):
        sitting.take(side=side, by=ben)
    with pytest.raises(CallIsOver):
        sitting.take(side=side, by=third)
    assert seen(room, third) == Sides()
    assert word(room, ben).other == "Ana"


def test_whoever_asked_may_go_on_alone(room: Room, ana: Person, ben: Person, robin: Person) -> None:
    side = invited(room, robin, ana)
    sitting.go_alone(side=side)
    assert seen(room, ben) == Sides()
    assert [one.names for one in seen(room, robin).questions] == [("Ana",)]
    with pytest.raises(CallIsOver):
        sitting.take(side=side, by=ben)


def test_one_more_comes_to_a_private_word_only_if_the_member_says_yes(
    room: Room, ana: Person, ben: Person, robin: Person
) -> None:
    side = side_rooms.ask(room=room, person=robin, now=NOW)
    side_rooms.answer(side=side, by=ana, now=NOW)
    sitting.call_second(side=side, now=NOW)
    sitting.take(side=side, by=ben)
    [question] = seen(room, robin).questions
    assert (question.is_join, question.names) == (True, ("Ana", "Ben"))
    assert (word(room, ana).stage, word(room, ben).stage) == (Stage.OPEN, Stage.ASKED)
    sitting.decline(side=side, by=robin, now=NOW)
    gate = gate_of(side.pk, now=LATER)
    assert gate is not None
    assert set(gate.guests) == {ana.pk, robin.pk}
    assert word(room, ana).beside == Beside.NOBODY
    sitting.call_second(side=side, now=NOW)
    sitting.take(side=side, by=ben)
    sitting.agree(side=side, now=NOW)
    assert word(room, ben).beside == Beside.IN


def test_the_second_steps_out_and_needs_a_new_yes_to_come_again(
    room: Room, ana: Person, ben: Person, robin: Person
) -> None:
    side = sitting_together(room, robin, ana, ben)
    rooms.journal(side, epoch=5)
    sitting.step_out(side=side, now=NOW)
    gate = gate_of(side.pk, now=LATER)
    assert gate is not None
    assert set(gate.guests) == {ana.pk, robin.pk}
    assert Journal.objects.get(room=side).floor_epoch == 5, "their keys are worth nothing any more"
    sitting.call_second(side=side, now=NOW)
    sitting.take(side=side, by=ben)
    assert word(room, ben).beside == Beside.WILLING


def test_a_member_who_is_asked_can_ask_for_a_private_word_of_their_own(
    room: Room, ana: Person, ben: Person, robin: Person
) -> None:
    side = invited(room, robin, ana, has_second=False)
    own = side_rooms.ask(room=room, person=robin, now=NOW)
    side.refresh_from_db()
    assert side.is_closed()
    assert own != side
    assert [each.room_id for each in seen(room, ben).asking] == [own.pk]


def test_nobody_is_asked_twice_or_while_somebody_is_with_them_or_when_they_are_away(
    room: Room, ana: Person, ben: Person, robin: Person
) -> None:
    side = invited(room, robin, ana)
    assert invited(room, robin, ana) == side
    with pytest.raises(AskedAlready):
        invited(room, robin, ben)
    sitting.take(side=side, by=ben)
    sitting.agree(side=side, now=NOW)
    with pytest.raises(AskedAlready):
        invited(room, robin, ana)
    side_rooms.end(side=side, by=robin, now=NOW)
    Entry.objects.filter(person=robin, room=room).update(left_at=NOW)
    with pytest.raises(NotHere):
        invited(room, robin, ana)
