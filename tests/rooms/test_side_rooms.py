"""A private word: one tap to ask, one to answer, either ends it, and it is nobody else's business."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.rooms.access import inside_for
from hearthside.rooms.actions import closing, outside, side_rooms
from hearthside.rooms.actions.refusals import RoomIsClosed, WordIsTaken
from hearthside.rooms.enums import Kind, Part, Phase
from hearthside.rooms.models import Entry, Journal, Room
from hearthside.rooms.queries.chairs import chairs_of
from hearthside.rooms.queries.side_rooms import Sides, Team, rooms_beside, sides_for
from hearthside.rooms.queries.state import sides_of
from tests import world
from tests.meetings.test_seats_raced import at_once
from tests.rooms import rooms
from tests.rooms.people import tap
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


def test_a_member_who_asks_waits_in_an_open_room_that_facilitators_see(
    room: Room, lead: Person, second: Person, member: Person, table: Table
) -> None:
    other = rooms.inside(room, table)
    side = side_rooms.ask(room=room, person=member, now=NOW)
    assert (side.kind, side.phase, side.parent, side.lead) == (Kind.SIDE, Phase.OPEN, room, None)
    assert inside_for(member, side.pk, now=NOW).is_in
    for facilitator in (lead, second):
        [word] = sides_of(room, facilitator, now=NOW).asking
        assert (word.room_id, word.member_id, word.name) == (side.pk, member.pk, str(member))
    assert sides_of(room, member, now=NOW).own == side.pk
    assert sides_of(room, other, now=NOW) == Sides()


def test_asked_again_it_is_the_same_room(room: Room, member: Person) -> None:
    first = side_rooms.ask(room=room, person=member, now=NOW)
    assert side_rooms.ask(room=room, person=member, now=LATER) == first
    assert Room.objects.filter(kind=Kind.SIDE).count() == 1


def test_the_facilitator_who_comes_first_is_the_only_one_who_may(
    room: Room, lead: Person, second: Person, member: Person
) -> None:
    side = side_rooms.ask(room=room, person=member, now=NOW)
    side_rooms.answer(side=side, by=lead, now=NOW)
    side_rooms.answer(side=side, by=lead, now=LATER)
    with pytest.raises(WordIsTaken):
        side_rooms.answer(side=side, by=second, now=LATER)
    side.refresh_from_db()
    assert set(chairs_of(side, now=LATER)) == {lead.pk, member.pk}
    assert inside_for(lead, side.pk, now=LATER).is_in
    assert sides_of(room, second, now=LATER) == Sides()
    [word] = sides_of(room, lead, now=LATER).words
    assert not word.is_waiting


def test_what_they_agreed_to_for_the_meeting_holds_beside_it(room: Room, member: Person) -> None:
    side = side_rooms.ask(room=room, person=member, now=LATER)
    entry = Entry.objects.get(room=side)
    assert (entry.ground_rules, entry.accepted_at) == (room.group.ground_rules.get(), NOW)


def test_when_it_is_over_every_sealed_word_of_it_is_gone_and_another_may_be_asked_for(
    room: Room, lead: Person, member: Person
) -> None:
    side = side_rooms.ask(room=room, person=member, now=NOW)
    side_rooms.answer(side=side, by=lead, now=NOW)
    rooms.envelope(rooms.voice(rooms.journal(side), rooms.device(member)))
    kept = rooms.journal(room)
    for _ in range(2):
        side_rooms.end(side=side, by=member, now=LATER)
    side.refresh_from_db()
    assert (side.phase, side.closed_at) == (Phase.CLOSED, LATER)
    assert Journal.objects.get() == kept
    assert sides_of(room, member, now=LATER).own is None
    assert side_rooms.ask(room=room, person=member, now=LATER) != side


def test_the_meeting_is_told_of_each_step(room: Room, lead: Person, member: Person) -> None:
    def revision() -> int:
        return Room.objects.get(pk=room.pk).revision

    seen = [revision()]
    side = side_rooms.ask(room=room, person=member, now=NOW)
    seen.append(revision())
    side_rooms.answer(side=side, by=lead, now=NOW)
    seen.append(revision())
    side_rooms.end(side=side, by=lead, now=NOW)
    seen.append(revision())
    assert seen == sorted(set(seen))


def test_it_is_over_when_the_meeting_is(room: Room, lead: Person, member: Person) -> None:
    side = side_rooms.ask(room=room, person=member, now=NOW)
    closing.close(room=room, by=lead, now=LATER)
    side.refresh_from_db()
    assert side.is_closed()
    side_rooms.end(side=side, by=member, now=LATER)
    with pytest.raises(RoomIsClosed):
        side_rooms.answer(side=side, by=lead, now=LATER)
    with pytest.raises(RoomIsClosed):
        side_rooms.ask(room=room, person=member, now=LATER)


@pytest.mark.django_db(transaction=True)
def test_ten_taps_at_once_ask_for_one_private_word(room: Room, member: Person) -> None:
    results = at_once(*[lambda: side_rooms.ask(room=room, person=member, now=NOW).pk] * 10)
    assert len(set(results)) == 1
    assert Room.objects.filter(kind=Kind.SIDE).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_facilitators_who_answer_at_once_one_comes(
    room: Room, lead: Person, second: Person, member: Person
) -> None:
    side = side_rooms.ask(room=room, person=member, now=NOW)
    results = at_once(
        *(lambda by=by: side_rooms.answer(side=side, by=by, now=NOW) for by in (lead, second))
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "WordIsTaken"]
    assert Entry.objects.filter(room=side).count() == 2


@pytest.mark.django_db(transaction=True)
def test_ending_it_while_the_meeting_closes_ends_both(
    room: Room, lead: Person, member: Person
) -> None:
    side = side_rooms.ask(room=room, person=member, now=NOW)
    results = at_once(
        lambda: side_rooms.end(side=side, by=member, now=LATER),
        lambda: closing.close(room=room, by=lead, now=LATER),
        lambda: side_rooms.end(side=side, by=member, now=LATER),
    )
    assert results == [None] * 3
    assert not Room.objects.live().exists()


@pytest.mark.parametrize("count", [1, 3])
def test_all_who_wait_cost_one_query_however_many(
    room: Room,
    lead: Person,
    table: Table,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        side_rooms.ask(room=room, person=rooms.inside(room, table), now=NOW)
    with django_assert_num_queries(1):
        found = rooms_beside(room)
    with django_assert_num_queries(0):
        seen = sides_for(found, lead.pk, Team(leads=frozenset({lead.pk})))
        assert len(seen.asking) == count


def test_by_the_buttons_a_held_member_asks_a_facilitator_comes_and_the_member_ends_it(
    table: Table,
) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    lead = rooms.inside(room, table, Part.FACILITATOR, now=now)
    member = rooms.inside(room, table, now=now)
    outside.hold(room=room, person=member, by=lead, now=now)
    asked = json.loads(tap(world.browser(member), "room_side", room).content)
    side = Room.objects.get(pk=asked["room"])
    assert (asked["url"], asked["heard"]) == (f"/rooms/{side.pk}/in/", "somebody")
    answered = tap(world.browser(lead), "room_side_answer", side)
    assert json.loads(answered.content) == {"room": asked["room"], "url": asked["url"], "words": ""}
    for _ in range(2):
        assert tap(world.browser(member), "room_side_end", side).status_code == 204
    assert Room.objects.get(pk=side.pk).is_closed()
    assert tap(world.browser(lead), "room_side_answer", side).status_code == 404


def test_nobody_else_asks_answers_or_ends_it(table: Table) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    lead, second, held = (rooms.inside(room, table, Part.FACILITATOR, now=now) for _ in range(3))
    member, other, removed = (rooms.inside(room, table, now=now) for _ in range(3))
    outside.remove(room=room, person=removed, by=lead, now=now)
    outside.hold(room=room, person=held, by=lead, now=now)
    coordinator = world.role(RoleKind.COORDINATOR, site=room.group.site)
    strangers = [world.person(), coordinator, world.role(RoleKind.OPERATOR)]
    for who in (lead, table.seat(room), removed, *strangers):
        assert tap(world.browser(who), "room_side", room).status_code == 404
    side = side_rooms.ask(room=room, person=member, now=now)
    lobby = table.seat(room, part=Part.FACILITATOR)
    for who in (member, other, lobby, held, *strangers):
        assert tap(world.browser(who), "room_side_answer", side).status_code == 404
    assert tap(world.browser(lead), "room_side_end", side).status_code == 404
    side_rooms.answer(side=side, by=lead, now=now)
    for who in (second, other, *strangers):
        assert tap(world.browser(who), "room_side_end", side).status_code == 404
    for door in ("room_side_answer", "room_side_end"):
        assert tap(world.browser(lead), door, room).status_code == 404
    assert tap(world.browser(member), "room_side", side).status_code == 404
    assert not Room.objects.get(pk=side.pk).is_closed()
