"""Asking somebody to wait outside, letting them in again, removing them for this meeting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.rooms.access import inside_for, standing_for
from hearthside.rooms.actions import entries, leading, outside
from hearthside.rooms.actions.refusals import (
    FacilitatorStays,
    KeptOutside,
    LeadStays,
    NotYourself,
    RoomIsClosed,
)
from hearthside.rooms.enums import Exclusion, Part, Phase, Stance
from hearthside.rooms.models import Entry, Journal, Outside, Room
from hearthside.rooms.ports import Chair
from hearthside.rooms.queries.chairs import outside_of
from hearthside.rooms.queries.turns import people_here
from tests import world
from tests.meetings.test_seats_raced import at_once
from tests.rooms import rooms
from tests.rooms.people import holder, in_circle, seat, tap, words_of
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def room(table: Table) -> Room:
    return rooms.open_room()


@pytest.fixture
def lead(room: Room, table: Table) -> Person:
    who = rooms.inside(room, table, Part.FACILITATOR)
    Room.objects.update(lead=who)
    return who


@pytest.fixture
def member(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, stance=Stance.SPEAK)


def kept_out(room: Room, who: Person) -> str | None:
    found = outside_of(room, now=LATER).get(who.pk)
    return found.kind if found else None


def test_whoever_is_asked_to_wait_is_out_at_once_and_the_keys_change(
    room: Room, lead: Person, member: Person
) -> None:
    rooms.journal(room, epoch=4)
    before = Room.objects.get(pk=room.pk).revision
    outside.hold(room=room, person=member, by=lead, now=NOW)
    assert kept_out(room, member) == Exclusion.HELD
    assert member not in [entry.person for entry in people_here(room, now=NOW)]
    assert Journal.objects.get().floor_epoch == 4
    assert Room.objects.get(pk=room.pk).revision > before
    assert Entry.objects.get(person=member).left_at == NOW
    assert not standing_for(member, room.pk, now=LATER).is_in


def test_whoever_waits_outside_is_not_here_though_a_device_of_theirs_still_says_so(
    room: Room, lead: Person, member: Person
) -> None:
    outside.hold(room=room, person=member, by=lead, now=NOW)
    Entry.objects.filter(person=member).update(left_at=None)
    assert [entry.person for entry in people_here(room, now=NOW)] == [lead]


def test_whoever_is_asked_out_with_the_turn_does_not_keep_it(
    room: Room, lead: Person, member: Person, table: Table
) -> None:
    other = rooms.inside(room, table, stance=Stance.SPEAK, now=NOW + timedelta(seconds=1))
    in_circle(room, lead, member, other)
    leading.go_round(room=room, by=lead, prompt="", seconds_each=0, is_order_random=False, now=NOW)
    assert holder(room, member, other) == member
    outside.hold(room=room, person=member, by=lead, now=NOW)
    assert holder(room, member, other) == other


def test_whoever_waits_outside_does_not_come_in_through_the_lobby_until_they_are_let_in(
    room: Room, lead: Person, member: Person
) -> None:
    def comes_in() -> Entry:
        return entries.come_in(
            room=room, person=member, chair=Chair(member, Part.MEMBER), stance=Stance.LISTEN,
            rules=room.group.ground_rules.get(), now=LATER,
        )  # fmt: skip

    outside.hold(room=room, person=member, by=lead, now=NOW)
    with pytest.raises(KeptOutside):
        comes_in()
    outside.let_in(room=room, person=member, now=LATER)
    comes_in()
    assert inside_for(member, room.pk, now=LATER).is_in


@pytest.mark.parametrize("act", [outside.hold, outside.remove])
def test_letting_in_undoes_both_and_is_kept_as_a_time_with_who_did_it(
    room: Room, lead: Person, member: Person, act: object
) -> None:
    act(room=room, person=member, by=lead, now=NOW)  # type: ignore[operator]
    outside.let_in(room=room, person=member, now=LATER)
    row = Outside.objects.get()
    assert (row.by, row.from_at, row.until_at) == (lead, NOW, LATER)
    assert kept_out(room, member) is None
    act(room=room, person=member, by=lead, now=LATER)  # type: ignore[operator]
    assert Outside.objects.filter(until_at=None).count() == 1


def test_waiting_may_become_removal_and_removal_does_not_become_waiting(
    room: Room, lead: Person, member: Person
) -> None:
    outside.hold(room=room, person=member, by=lead, now=NOW)
    outside.remove(room=room, person=member, by=lead, now=LATER)
    outside.hold(room=room, person=member, by=lead, now=LATER)
    assert kept_out(room, member) == Exclusion.REMOVED


def test_a_second_tap_changes_nothing(room: Room, lead: Person, member: Person) -> None:
    outside.hold(room=room, person=member, by=lead, now=NOW)
    before = Room.objects.get(pk=room.pk).revision
    outside.hold(room=room, person=member, by=lead, now=LATER)
    assert Outside.objects.get().from_at == NOW
    assert Room.objects.get(pk=room.pk).revision == before
    outside.let_in(room=room, person=lead, now=LATER)
    assert Room.objects.get(pk=room.pk).revision == before


def test_whoever_leads_stays_and_nobody_asks_themselves_out(
    room: Room, lead: Person, table: Table
) -> None:
    second = rooms.inside(room, table, Part.FACILITATOR)
    for act in (outside.hold, outside.remove):
        with pytest.raises(LeadStays):
            act(room=room, person=lead, by=second, now=NOW)
        with pytest.raises(NotYourself):
            act(room=room, person=second, by=second, now=NOW)
    assert not Outside.objects.exists()


def test_a_member_who_keeps_the_room_safe_asks_out_members_and_never_a_facilitator(
    room: Room, lead: Person, member: Person, table: Table
) -> None:
    keeper, second = rooms.inside(room, table), rooms.inside(room, table, Part.FACILITATOR)
    leading.name_keeper(room=room, person=keeper, now=NOW)
    with pytest.raises(FacilitatorStays):
        outside.remove(room=room, person=second, by=keeper, now=NOW)
    outside.hold(room=room, person=member, by=keeper, now=NOW)
    outside.hold(room=room, person=second, by=lead, now=NOW)
    assert kept_out(room, member) == kept_out(room, second) == Exclusion.HELD


def test_whoever_kept_the_room_safe_and_is_asked_out_keeps_it_no_more(
    room: Room, lead: Person, member: Person
) -> None:
    leading.name_keeper(room=room, person=member, now=NOW)
    outside.hold(room=room, person=member, by=lead, now=NOW)
    assert Room.objects.get(pk=room.pk).keeper is None


def test_after_the_close_nobody_is_asked_anywhere(room: Room, lead: Person, member: Person) -> None:
    Room.objects.update(phase=Phase.CLOSED, closed_at=NOW)
    with pytest.raises(RoomIsClosed):
        outside.hold(room=room, person=member, by=lead, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_asked_out_by_many_at_once_is_asked_out_once(
    room: Room, lead: Person, member: Person, table: Table
) -> None:
    second = rooms.inside(room, table, Part.FACILITATOR)
    acts = [
        lambda by=by, act=act: act(room=room, person=member, by=by, now=NOW)
        for by in (lead, second)
        for act in (outside.hold, outside.remove)
    ]
    assert at_once(*acts) == [None] * 4
    assert kept_out(room, member) == Exclusion.REMOVED
    assert Outside.objects.filter(until_at=None).count() == 1


def test_by_the_buttons_a_keeper_pauses_asks_out_and_lets_in(table: Table) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    lead = rooms.inside(room, table, Part.FACILITATOR, now=now)
    keeper, member = (rooms.inside(room, table, now=now) for _ in range(2))
    Room.objects.update(lead=lead, keeper=keeper)
    client, alias = world.browser(keeper), seat(room, member)

    def tapped(action: str, **fields: str) -> int:
        return tap(client, "room_keep", room, action=action, **fields).status_code

    assert tapped("pause") == tapped("resume") == 204
    assert tapped("hold", alias=alias) == 204
    assert kept_out(room, member) == Exclusion.HELD
    assert tapped("let_in", alias=alias) == 204
    assert tapped("remove", alias=alias) == 204
    assert kept_out(room, member) == Exclusion.REMOVED
    refused = tap(client, "room_keep", room, action="hold", alias=seat(room, lead))
    assert refused.status_code == 409
    assert words_of(refused) == "They lead this meeting. Somebody else has to lead it first."
    assert tapped("hold") == tapped("begin") == 400
    assert tapped("hold", alias="0" * 32) == 404


def test_a_member_who_keeps_nothing_safe_asks_nobody_out(table: Table) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    greeter, member = rooms.inside(room, table, Part.GREETER), rooms.inside(room, table)
    for who in (greeter, table.seat(room), world.person()):
        client = world.browser(who)
        answer = tap(client, "room_keep", room, action="hold", alias=seat(room, member))
        assert answer.status_code == 404
    assert not Outside.objects.exists()
