"""Taking turns in a room: one tap each, harmless twice, and it goes on whoever leaves."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.rooms.actions import leading, outside, turns
from hearthside.rooms.actions.refusals import NotConnected, NotYourTurn, RoomIsClosed
from hearthside.rooms.enums import Part, Phase, Stance
from hearthside.rooms.models import Entry, Journal, Room
from hearthside.rooms.queries.turns import circle_of
from tests import world
from tests.meetings.test_seats_raced import at_once
from tests.rooms import rooms
from tests.rooms.people import has_taken, holder, in_circle, seat, shown, tap, words_of
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(seconds=46)


class Meeting:
    """An open room with a facilitator, a co-facilitator and three who would like to speak."""

    def __init__(self, table: Table, now: Any = NOW) -> None:
        self.room = rooms.open_room(starts_at=now)
        self.lead = rooms.inside(self.room, table, Part.FACILITATOR, now=now)
        self.second = rooms.inside(self.room, table, Part.FACILITATOR, now=now)
        self.ana, self.ben, self.cy = (
            rooms.inside(self.room, table, stance=Stance.SPEAK, now=now + timedelta(seconds=each))
            for each in range(3)
        )
        self.members = (self.ana, self.ben, self.cy)
        in_circle(self.room, self.lead, self.second, *self.members, now=now)

    def go_round(self, by: Person | None = None, **fields: Any) -> None:
        defaults: dict[str, Any] = {"prompt": "How are you?", "seconds_each": 180, "now": NOW}
        leading.go_round(
            room=self.room, by=by or self.lead, **{"is_order_random": False, **defaults, **fields}
        )

    def tap(self, who: Person, action: str, turn: int | None = None, now: Any = NOW) -> None:
        seen = circle_of(self.room.pk).version if turn is None else turn
        turns.tap(room_id=self.room.pk, person_id=who.pk, action=action, turn=seen, now=now)

    @property
    def holder(self) -> Person | None:
        return holder(self.room, self.lead, self.second, *self.members)


@pytest.fixture
def meeting(table: Table) -> Meeting:
    return Meeting(table)


def test_a_round_offers_the_turn_to_each_in_the_order_they_came_and_not_to_listeners(
    meeting: Meeting,
) -> None:
    meeting.go_round()
    had: list[Person] = []
    for _ in range(3):
        assert meeting.holder is not None
        had.append(meeting.holder)
        meeting.tap(had[-1], "accept")
        meeting.tap(had[-1], "done")
    assert had == [*meeting.members]
    assert meeting.holder is None


def test_whoever_passes_is_past_and_whoever_needs_a_minute_comes_last(meeting: Meeting) -> None:
    meeting.go_round()
    meeting.tap(meeting.ana, "minute")
    meeting.tap(meeting.ben, "pass")
    meeting.tap(meeting.cy, "pass")
    assert meeting.holder == meeting.ana


def test_a_second_tap_on_the_same_page_never_answers_for_the_next_person(meeting: Meeting) -> None:
    meeting.go_round()
    seen = circle_of(meeting.room.pk).version
    for _ in range(2):
        meeting.tap(meeting.ana, "pass", seen)
    assert meeting.holder == meeting.ben


def test_a_second_tap_changes_nothing_and_tells_nobody(meeting: Meeting) -> None:
    meeting.go_round()
    seen = circle_of(meeting.room.pk).version
    meeting.tap(meeting.ana, "accept", seen)
    before = Room.objects.get(pk=meeting.room.pk).revision
    meeting.tap(meeting.ana, "accept", seen)
    assert Room.objects.get(pk=meeting.room.pk).revision == before


def test_a_device_that_connects_again_is_no_news(meeting: Meeting) -> None:
    before = Room.objects.get(pk=meeting.room.pk).revision
    in_circle(meeting.room, meeting.ana)
    assert Room.objects.get(pk=meeting.room.pk).revision == before


def test_nobody_takes_the_turn_of_somebody_else(meeting: Meeting) -> None:
    meeting.go_round()
    with pytest.raises(NotYourTurn):
        meeting.tap(meeting.ben, "accept")
    assert meeting.holder == meeting.ana


def test_an_offer_that_meets_silence_moves_on_by_itself_whoever_leads_is_gone(
    meeting: Meeting,
) -> None:
    meeting.go_round()
    for person in (meeting.lead, meeting.second):
        turns.leave(room_id=meeting.room.pk, person_id=person.pk, now=NOW)
    assert Journal.objects.get(room=meeting.room).circle_due_at == NOW + timedelta(seconds=45)
    assert not turns.tick(room_id=meeting.room.pk, now=NOW)
    assert turns.tick(room_id=meeting.room.pk, now=LATER)
    assert meeting.holder == meeting.ben
    assert not turns.tick(room_id=meeting.room.pk, now=LATER)


def test_a_co_facilitator_goes_on_where_the_first_one_was_lost(meeting: Meeting) -> None:
    meeting.go_round()
    meeting.tap(meeting.ana, "accept")
    turns.leave(room_id=meeting.room.pk, person_id=meeting.lead.pk, now=NOW)
    leading.move_on(room=meeting.room, by=meeting.second, now=NOW)
    assert meeting.holder == meeting.ben


def test_whoever_leaves_with_the_turn_passes_it_on_and_is_not_asked_twice_on_coming_back(
    meeting: Meeting,
) -> None:
    meeting.go_round()
    meeting.tap(meeting.ana, "accept")
    turns.leave(room_id=meeting.room.pk, person_id=meeting.ana.pk, now=NOW)
    assert meeting.holder == meeting.ben
    in_circle(meeting.room, meeting.ana)
    for person in (meeting.ben, meeting.cy):
        meeting.tap(person, "pass")
    assert meeting.holder is None


def test_a_listener_who_raises_a_hand_is_offered_the_turn_at_the_end(
    meeting: Meeting, table: Table
) -> None:
    listener = rooms.inside(meeting.room, table, stance=Stance.LISTEN)
    in_circle(meeting.room, listener)
    meeting.go_round()
    meeting.tap(listener, "raise")
    for person in meeting.members:
        meeting.tap(person, "pass")
    assert holder(meeting.room, listener) == listener


def test_who_would_rather_listen_from_now_on_is_not_offered_the_turn_until_they_speak_again(
    meeting: Meeting,
) -> None:
    meeting.go_round()
    turns.follow(room_id=meeting.room.pk, person_id=meeting.ben.pk, stance=Stance.LISTEN, now=NOW)
    assert seat(meeting.room, meeting.ben) not in shown(meeting.room).coming
    turns.follow(room_id=meeting.room.pk, person_id=meeting.ben.pk, stance=Stance.TIME, now=NOW)
    assert seat(meeting.room, meeting.ben) in shown(meeting.room).coming


def test_nobody_taps_before_the_gateway_has_seen_them(meeting: Meeting, table: Table) -> None:
    lobby = rooms.inside(meeting.room, table, stance=Stance.SPEAK)
    with pytest.raises(NotConnected):
        meeting.tap(lobby, "raise")


def test_leaving_a_circle_that_one_never_sat_in_changes_nothing(meeting: Meeting) -> None:
    before = circle_of(meeting.room.pk)
    turns.leave(room_id=meeting.room.pk, person_id=world.person().pk, now=NOW)
    assert circle_of(meeting.room.pk) == before


def test_a_tap_after_the_close_brings_nothing_back(meeting: Meeting) -> None:
    Journal.objects.all().delete()
    Room.objects.update(phase=Phase.CLOSED, closed_at=NOW)
    with pytest.raises(RoomIsClosed):
        meeting.tap(meeting.ana, "raise", 0)
    assert not Journal.objects.exists()


def test_in_the_circle_people_are_named_by_what_stands_for_them_in_this_room_only(
    meeting: Meeting,
) -> None:
    meeting.go_round()
    kept = str(Journal.objects.get(room=meeting.room).circle)
    assert seat(meeting.room, meeting.ana) in kept
    for person in (meeting.lead, *meeting.members):
        assert person.pk.hex not in kept
        assert str(person.pk) not in kept
        assert person.pseudonym not in kept


@pytest.mark.django_db(transaction=True)
def test_ten_taps_at_once_are_one(meeting: Meeting) -> None:
    meeting.go_round()
    seen = circle_of(meeting.room.pk).version
    results = at_once(*[lambda: meeting.tap(meeting.ana, "pass", seen)] * 10)
    assert results == [None] * 10
    assert meeting.holder == meeting.ben


@pytest.mark.django_db(transaction=True)
def test_everybody_tapping_at_once_loses_nothing(meeting: Meeting) -> None:
    everybody = (meeting.lead, meeting.second, *meeting.members)
    results = at_once(*(lambda who=who: meeting.tap(who, "raise") for who in everybody))
    assert results == [None] * 5
    assert set(shown(meeting.room).hands) == {seat(meeting.room, who) for who in everybody}


@pytest.mark.django_db(transaction=True)
def test_two_facilitators_moving_on_at_once_from_the_same_page_skip_one_person(
    meeting: Meeting,
) -> None:
    meeting.go_round()
    seen = circle_of(meeting.room.pk).version
    at_once(
        *(
            lambda by=by: leading.move_on(room=meeting.room, by=by, now=NOW, turn=seen)
            for by in (meeting.lead, meeting.second)
        )
    )
    assert meeting.holder == meeting.ben


@pytest.mark.django_db(transaction=True)
def test_coming_going_holding_and_ticking_at_once_leaves_one_turn_and_no_deadlock(
    meeting: Meeting,
) -> None:
    meeting.go_round()
    ids: dict[str, Any] = {"room_id": meeting.room.pk, "now": LATER}
    results = at_once(
        *[lambda: turns.tick(**ids)] * 3,
        lambda: turns.leave(person_id=meeting.ben.pk, **ids),
        lambda: turns.arrive(person_id=meeting.ben.pk, stance=Stance.SPEAK, **ids),
        lambda: outside.hold(room=meeting.room, person=meeting.cy, by=meeting.lead, now=LATER),
        lambda: leading.pause(room=meeting.room, by=meeting.second, now=LATER),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert shown(meeting.room, LATER).seat in {"", seat(meeting.room, meeting.ana), seat(meeting.room, meeting.ben)}  # fmt: skip


def test_a_member_takes_passes_and_asks_by_a_tap_on_the_page(table: Table) -> None:
    meeting = Meeting(table, timezone.now())
    meeting.go_round(now=timezone.now())
    client, seen = world.browser(meeting.ana), circle_of(meeting.room.pk).version
    assert tap(client, "room_turn", meeting.room, action="accept", turn=seen).status_code == 204
    assert has_taken(meeting.room, meeting.ana)
    assert tap(client, "room_turn", meeting.room, action="accept", turn=seen).status_code == 204
    seen = circle_of(meeting.room.pk).version
    assert tap(client, "room_turn", meeting.room, action="done", turn=seen).status_code == 204
    again = tap(client, "room_turn", meeting.room, action="pass", turn=seen + 1)
    assert again.status_code == 409
    assert words_of(again) == "It is not your turn at the moment. You can raise your hand."


@pytest.mark.parametrize(
    "fields",
    [{}, {"action": "pass"}, {"action": "move_on", "turn": 1}, {"action": "pass", "turn": -1}],
    ids=str,
)
def test_what_no_button_sends_is_refused(fields: dict[str, Any], table: Table) -> None:
    meeting = Meeting(table, timezone.now())
    assert tap(world.browser(meeting.ana), "room_turn", meeting.room, **fields).status_code == 400


def test_only_who_is_in_the_room_taps(table: Table) -> None:
    now = timezone.now()
    meeting = Meeting(table, now)
    outside.hold(room=meeting.room, person=meeting.cy, by=meeting.lead, now=now)
    for who in (meeting.cy, table.seat(meeting.room), world.person()):
        answer = tap(world.browser(who), "room_turn", meeting.room, action="raise", turn=0)
        assert answer.status_code == 404
    side = rooms.side_room(meeting.room, meeting.ana)
    Entry.objects.create(room=side, person=meeting.ana, accepted_at=now)
    answer = tap(world.browser(meeting.ana), "room_turn", side, action="raise", turn=0)
    assert answer.status_code == 404
