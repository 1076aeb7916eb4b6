"""Taking a seat, giving it up, waiting in line."""

from datetime import timedelta
from typing import Any

import pytest

from hearthside.groups.enums import Stage, Standing
from hearthside.groups.models import GroundRules, Membership
from hearthside.meetings import actions
from hearthside.meetings.actions.refusals import (
    GroupIsResting,
    MeetingIsCancelled,
    MeetingIsOver,
    MustAcceptGroundRules,
    NotAMember,
    OverlappingSeat,
    TooLateToTakeBack,
)
from hearthside.meetings.models import Meeting, Seat
from hearthside.meetings.queries.seats import own_seat
from hearthside.notices.models import Letter
from tests import world
from tests.meetings.people import letters_to, ready
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)


def small_meeting(seats_max: int = 2, **fields: Any) -> Meeting:
    return world.meeting(world.group(), seats_max=seats_max, **fields)


def taken(meeting: Meeting, minute: int = 0) -> Seat:
    moment = NOW + timedelta(minutes=minute)
    return actions.take_seat(meeting=meeting, person=ready(meeting.group), now=moment)


def test_the_first_to_come_get_the_lowest_chairs_and_the_next_ones_wait() -> None:
    meeting = small_meeting(2)
    seats = [taken(meeting, minute) for minute in range(4)]
    assert [seat.number for seat in seats] == [1, 2, None, None]
    assert [own_seat(seat.person, meeting).position for seat in seats] == [None, None, 1, 2]  # type: ignore[union-attr]


def test_a_person_with_a_seat_is_told_once_and_one_in_line_not_yet() -> None:
    meeting = small_meeting(1)
    seated, waiting = taken(meeting), taken(meeting, 1)
    assert letters_to(seated.person) == ["booked"]
    assert letters_to(waiting.person) == []


def test_a_second_tap_changes_nothing() -> None:
    meeting = small_meeting()
    first = taken(meeting)
    again = actions.take_seat(meeting=meeting, person=first.person, now=LATER)
    assert again == first
    assert Seat.objects.count() == 1
    assert letters_to(first.person) == ["booked"]


def test_a_chair_given_up_goes_to_the_first_in_line_who_is_told() -> None:
    meeting = small_meeting(2)
    first, _second, third, fourth = (taken(meeting, minute) for minute in range(4))
    actions.release(seat=first, now=NOW + timedelta(minutes=9))
    third.refresh_from_db()
    fourth.refresh_from_db()
    assert (third.number, third.seated_at) == (1, NOW + timedelta(minutes=9))
    assert fourth.number is None
    assert letters_to(third.person) == ["seated"]


def test_a_place_in_line_given_up_moves_the_others_forward() -> None:
    meeting = small_meeting(1)
    _seated, second, third = (taken(meeting, minute) for minute in range(3))
    actions.release(seat=second, now=LATER)
    place = own_seat(third.person, meeting)
    assert place is not None
    assert place.position == 1


def test_giving_up_twice_frees_one_chair_only() -> None:
    meeting = small_meeting(1)
    first, second, third = (taken(meeting, minute) for minute in range(3))
    actions.release(seat=first, now=LATER)
    actions.release(seat=first, now=LATER)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.number, third.number) == (1, None)


def test_a_seat_given_up_by_mistake_comes_back_if_it_is_still_free() -> None:
    meeting = small_meeting(1)
    seat = taken(meeting)
    actions.release(seat=seat, now=NOW)
    assert actions.take_back(seat=seat, now=LATER).number == 1


def test_a_seat_given_up_by_mistake_and_taken_meanwhile_is_the_first_place_in_line() -> None:
    meeting = small_meeting(1)
    first, second, third = (taken(meeting, minute) for minute in range(3))
    actions.release(seat=first, now=NOW + timedelta(minutes=5))
    back = actions.take_back(seat=first, now=NOW + timedelta(minutes=6))
    second.refresh_from_db()
    assert (back.number, second.number) == (None, 1)
    assert [own_seat(seat.person, meeting).position for seat in (back, third)] == [1, 2]  # type: ignore[union-attr]


def test_after_ten_minutes_a_seat_is_asked_for_anew() -> None:
    seat = taken(small_meeting())
    actions.release(seat=seat, now=NOW)
    with pytest.raises(TooLateToTakeBack):
        actions.take_back(seat=seat, now=NOW + timedelta(minutes=11))


def test_more_chairs_go_to_those_who_wait_and_fewer_take_none_away() -> None:
    meeting = small_meeting(1)
    seats = [taken(meeting, minute) for minute in range(4)]
    actions.resize(meeting=meeting, seats_max=3, now=LATER)
    actions.resize(meeting=meeting, seats_max=1, now=LATER)
    numbers = [Seat.objects.get(pk=seat.pk).number for seat in seats]
    assert numbers == [1, 2, 3, None]


def test_only_those_who_belong_take_a_seat() -> None:
    meeting = small_meeting()
    for stranger in (world.person(), world.member(meeting.group, standing=Standing.ASKED)):
        with pytest.raises(NotAMember):
            actions.take_seat(meeting=meeting, person=stranger, now=NOW)


def test_visitors_may_come() -> None:
    meeting = small_meeting()
    visitor = ready(meeting.group)
    Membership.objects.filter(person=visitor).update(standing=Standing.VISITING)
    assert actions.take_seat(meeting=meeting, person=visitor, now=NOW).number == 1


def test_the_ground_rules_in_force_come_before_a_seat() -> None:
    meeting = small_meeting()
    with pytest.raises(MustAcceptGroundRules):
        actions.take_seat(meeting=meeting, person=world.member(meeting.group), now=NOW)
    had_accepted = ready(meeting.group)
    GroundRules.objects.create(group=meeting.group, version=2, text="New.", written_at=NOW)
    with pytest.raises(MustAcceptGroundRules):
        actions.take_seat(meeting=meeting, person=had_accepted, now=NOW)


def test_no_seat_at_a_meeting_that_is_over_or_cancelled_or_of_a_group_at_rest() -> None:
    meeting = small_meeting()
    person = ready(meeting.group)
    with pytest.raises(MeetingIsOver):
        actions.take_seat(meeting=meeting, person=person, now=meeting.ends_at)
    actions.cancel(meeting=meeting, message="", by=None, now=NOW)
    with pytest.raises(MeetingIsCancelled):
        actions.take_seat(meeting=meeting, person=person, now=NOW)
    actions.restore(meeting=meeting, now=NOW)
    meeting.group.stage = Stage.PAUSED
    meeting.group.save()
    with pytest.raises(GroupIsResting):
        actions.take_seat(meeting=meeting, person=person, now=NOW)


def test_nobody_is_booked_in_two_places_at_once_not_even_in_line() -> None:
    here, there = small_meeting(1), small_meeting(1)
    taken(there)
    person = ready(here.group, ready(there.group))
    actions.take_seat(meeting=there, person=person, now=NOW)
    with pytest.raises(OverlappingSeat) as refusal:
        actions.take_seat(meeting=here, person=person, now=NOW)
    assert refusal.value.meeting == there
    assert str(there.group) in str(refusal.value)


def test_one_meeting_may_begin_as_another_ends() -> None:
    first = small_meeting()
    second = small_meeting(starts_at=first.ends_at)
    person = ready(second.group, ready(first.group))
    for meeting in (first, second):
        assert actions.take_seat(meeting=meeting, person=person, now=NOW).number == 1


def test_a_cancelled_meeting_clashes_with_nothing() -> None:
    here, there = small_meeting(), small_meeting()
    person = ready(here.group, ready(there.group))
    actions.take_seat(meeting=there, person=person, now=NOW)
    actions.cancel(meeting=there, message="", by=None, now=NOW)
    assert actions.take_seat(meeting=here, person=person, now=NOW).number == 1


def test_who_leaves_a_group_gives_up_all_seats_to_come_and_none_of_the_past() -> None:
    group = world.group()
    past = world.meeting(group, starts_at=NOW - timedelta(days=7))
    coming = world.meeting(group, seats_max=1)
    person = ready(group)
    old = world.seat(past, person)
    actions.take_seat(meeting=coming, person=person, now=NOW)
    next_in_line = taken(coming, 1)
    actions.release_all(person=person, group=group, now=LATER)
    next_in_line.refresh_from_db()
    old.refresh_from_db()
    assert next_in_line.number == 1
    assert old.released_at is None
    assert not Seat.objects.upcoming(now=NOW).of(person).exists()


def test_whoever_rather_listens_is_taken_at_their_word_for_each_meeting() -> None:
    meeting, other = small_meeting(), small_meeting(starts_at=NOW + timedelta(days=3))
    person = ready(other.group, ready(meeting.group))
    assert actions.take_seat(meeting=meeting, person=person, now=NOW).is_listening_only
    talks = actions.take_seat(meeting=other, person=person, now=NOW, is_listening_only=False)
    assert not talks.is_listening_only


def test_subjects_never_name_the_group() -> None:
    meeting = small_meeting(1)
    first, _second = taken(meeting), taken(meeting, 1)
    actions.release(seat=first, now=LATER)
    actions.move(
        meeting=meeting, starts_at=meeting.starts_at + timedelta(hours=1),
        ends_at=meeting.ends_at + timedelta(hours=1), by=None, now=LATER,
    )  # fmt: skip
    actions.cancel(meeting=meeting, message="Snow.", by=None, now=LATER)
    subjects = list(Letter.objects.values_list("subject", flat=True))
    assert len(subjects) == 4
    assert not [subject for subject in subjects if meeting.group.name in subject]
