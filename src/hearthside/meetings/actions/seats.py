"""Taking a seat, giving it up, and who is next in line.

A free chair and a waiting person never exist side by side: whatever frees a chair fills it, in the
same transaction. Locks are always taken in one order, person before meeting, so that no two of
these can wait for each other.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, transaction

from hearthside.accounts.models import Person
from hearthside.groups.actions.touching import touch
from hearthside.groups.enums import Stage, Standing
from hearthside.groups.models import Group, Membership
from hearthside.groups.queries.belonging import membership_of, rules_to_accept
from hearthside.meetings.actions import letters, rooms
from hearthside.meetings.actions.locks import lock
from hearthside.meetings.actions.refusals import (
    GroupIsResting,
    MeetingIsCancelled,
    MeetingIsOver,
    MustAcceptGroundRules,
    NotAMember,
    OnABreak,
    OverlappingSeat,
    TooLateToTakeBack,
)
from hearthside.meetings.models import Meeting, Seat
from hearthside.meetings.queries.seats import TAKE_BACK_WITHIN
from hearthside.safety.queries.measures import closing_on

TRIES = 4

P = ParamSpec("P")
R = TypeVar("R")


def _again_on_conflict(action: Callable[P, R]) -> Callable[P, R]:
    """Run the action in a transaction; should a constraint refuse it, look at the new facts and try again."""

    @wraps(action)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                with transaction.atomic():
                    return action(*args, **kwargs)
            except IntegrityError:
                continue
        with transaction.atomic():
            return action(*args, **kwargs)

    return tried


@_again_on_conflict
def take_seat(
    *, meeting: Meeting, person: Person, now: datetime, is_listening_only: bool | None = None
) -> Seat:
    """Give the person a chair, or the next place in line when all chairs are taken.

    Who already has either keeps it. Raises a Refusal: the meeting is over or cancelled, the group is
    resting, the person does not belong to it or has not accepted its ground rules, or is elsewhere
    at that time.
    """
    meeting = _lock_both(person, meeting)
    if held := Seat.objects.open().filter(meeting=meeting, person=person).first():
        return held
    membership = _refuse_misfits(meeting, person, now)
    listens = membership.is_listening_only if is_listening_only is None else is_listening_only
    seat = Seat.objects.create(
        meeting=meeting, person=person, asked_at=now, is_listening_only=listens
    )
    fill(meeting=meeting, now=now, asking=seat)
    seat.refresh_from_db()
    return seat


@_again_on_conflict
def release(*, seat: Seat, now: datetime) -> Seat:
    """Give up a chair or a place in line, no reason asked; the first in line gets the chair at once."""
    meeting = lock(meeting=seat.meeting)
    seat.refresh_from_db()
    if seat.released_at is None and not meeting.is_over(now=now):
        seat.released_at = now
        seat.save(update_fields=["released_at"])
        letters.call_off(meeting=meeting, person=seat.person, now=now)
        fill(meeting=meeting, now=now)
        rooms.shut_out(meeting=meeting, person=seat.person, now=now)
    return seat


@_again_on_conflict
def take_back(*, seat: Seat, now: datetime) -> Seat:
    """Undo a release: the same chair if it is still free, else the old place in line.

    Raises TooLateToTakeBack after ten minutes, and what `take_seat` raises.
    """
    meeting = _lock_both(seat.person, seat.meeting)
    if held := Seat.objects.open().filter(meeting=meeting, person=seat.person).first():
        return held
    seat.refresh_from_db()
    if seat.released_at is None or now - seat.released_at > TAKE_BACK_WITHIN:
        raise TooLateToTakeBack
    _refuse_misfits(meeting, seat.person, now)
    seat.released_at, seat.number, seat.seated_at = None, None, None
    seat.save(update_fields=["released_at", "number", "seated_at"])
    fill(meeting=meeting, now=now, asking=seat)
    seat.refresh_from_db()
    return seat


def release_all(*, person: Person, group: Group, now: datetime) -> None:
    """Give up every seat still to come of someone who leaves the group.

    Called inside the transaction that ends the membership: the person's row is locked first, so a
    seat is either taken before this (and given up here) or asked for after it (and refused).
    """
    with transaction.atomic():
        _lock_person(person)
        seats = Seat.objects.upcoming(now=now).of(person).filter(meeting__group=group)
        for seat in seats.select_related("meeting").order_by("meeting_id"):
            release(seat=seat, now=now)


@transaction.atomic
def resize(*, meeting: Meeting, seats_max: int, now: datetime) -> None:
    """Give the meeting more or fewer chairs; nobody who has one loses it, new ones go to those waiting."""
    meeting = lock(meeting=meeting)
    meeting.seats_max = seats_max
    meeting.save(update_fields=["seats_max"])
    fill(meeting=meeting, now=now)


def fill(*, meeting: Meeting, now: datetime, asking: Seat | None = None) -> None:
    """Give every free chair, lowest first, to the person who has waited longest, and tell them."""
    if meeting.is_cancelled() or meeting.is_over(now=now):
        return
    seats = Seat.objects.filter(meeting=meeting)
    taken = set(seats.held().values_list("number", flat=True))
    free = [number for number in range(1, meeting.seats_max + 1) if number not in taken]
    next_in_line = seats.waiting().select_related("person")[: len(free)]
    for seat, number in zip(list(next_in_line), free, strict=False):
        seat.number, seat.seated_at = number, now
        seat.save(update_fields=["number", "seated_at"])
        if seat == asking:
            letters.booked(seat=seat, meeting=meeting, now=now)
        else:
            letters.seated(seat=seat, meeting=meeting, now=now)
    rooms.show_seats(meeting=meeting)
    touch(groups=[meeting.group_id], now=now)


def _lock_both(person: Person, meeting: Meeting) -> Meeting:
    _lock_person(person)
    return lock(meeting=meeting)


def _lock_person(person: Person) -> None:
    # One person's bookings go one after the other, or two tabs could book two meetings at one time.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _refuse_misfits(meeting: Meeting, person: Person, now: datetime) -> Membership:
    """The membership by which the person may come; raises the Refusal that says why they may not."""
    if meeting.is_cancelled():
        raise MeetingIsCancelled
    if meeting.is_over(now=now):
        raise MeetingIsOver
    if meeting.group.stage != Stage.OPEN:
        raise GroupIsResting
    membership = membership_of(person, meeting.group, now=now)
    if membership is None or membership.standing == Standing.ASKED:
        raise NotAMember
    if rules_to_accept(person, meeting.group):
        raise MustAcceptGroundRules
    # By the day of the meeting: a break that is over by then closes nothing.
    if closing_on(person, meeting.group_id, at=max(now, meeting.starts_at)):
        raise OnABreak
    # A place in line counts like a chair: the line moves by itself, and nobody can be in two places.
    elsewhere = (
        Seat.objects.open()
        .of(person)
        .filter(meeting__in=Meeting.objects.standing().overlapping(meeting))
    )
    if clash := elsewhere.select_related("meeting__group").first():
        raise OverlappingSeat(clash.meeting)
    return membership
