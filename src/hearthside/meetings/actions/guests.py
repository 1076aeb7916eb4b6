"""Guests: a group says how many it takes, and somebody whose meeting is not held takes a seat."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.actions.ground_rules import RulesHaveChanged, accept
from hearthside.groups.models import GroundRules, Group
from hearthside.groups.queries.belonging import membership_of, rules_to_accept
from hearthside.meetings.actions.locks import lock
from hearthside.meetings.actions.refusals import (
    GuestsAreFull,
    MeetingIsCancelled,
    MeetingIsOver,
    MustAcceptGroundRules,
    OverlappingSeat,
)
from hearthside.meetings.actions.seats import fill
from hearthside.meetings.models import Guest, Haven, Meeting, Seat, Welcome
from hearthside.meetings.queries.havens import guests_left, may_visit


@transaction.atomic
def welcome(*, group: Group, seats: int, by: Person, now: datetime) -> Welcome | None:
    """The group takes so many guests at a meeting from now on; none ends it, and who has a seat keeps it."""
    if seats < 1:
        Welcome.objects.filter(group=group).delete()
        return None
    made, _is_new = Welcome.objects.update_or_create(
        group=group, defaults={"seats": seats, "by": by, "since": now}
    )
    return made


@transaction.atomic
def visit(*, haven: Haven, person: Person, rules: GroundRules | None, now: datetime) -> Seat:
    """A seat at the other group's meeting, without joining it. Who has one keeps it.

    `rules` is the version that the person said yes to. Raises GuestsAreFull, MustAcceptGroundRules,
    OverlappingSeat, MeetingIsCancelled or MeetingIsOver.
    """
    # The person before the meeting, in the order in which seats are taken everywhere.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    host = lock(meeting=haven.host)
    if held := Seat.objects.open().filter(meeting=host, person=person).first():
        return held
    _refuse(haven, host, person, now)
    if rules is not None:
        try:
            accept(ground_rules=rules, person=person, now=now)
        except RulesHaveChanged as error:
            raise MustAcceptGroundRules from error
    if rules_to_accept(person, host.group):
        raise MustAcceptGroundRules
    if membership_of(person, host.group, now=now) is None:
        Guest.objects.get_or_create(
            meeting=host, person=person, defaults={"haven": haven, "at": now}
        )
    seat = Seat.objects.create(meeting=host, person=person, asked_at=now)
    fill(meeting=host, now=now, asking=seat)
    seat.refresh_from_db()
    return seat


def _refuse(haven: Haven, host: Meeting, person: Person, now: datetime) -> None:
    if host.is_cancelled():
        raise MeetingIsCancelled
    if host.has_begun(now=now):
        raise MeetingIsOver
    # Whoever must not meet somebody there reads the very words of a group that is full.
    if not may_visit(person, haven, now=now) or guests_left(host) < 1:
        raise GuestsAreFull
    at_once = Meeting.objects.standing().overlapping(host)
    if clash := Seat.objects.open().of(person).filter(meeting__in=at_once).select_related("meeting__group").first():  # fmt: skip
        raise OverlappingSeat(clash.meeting)
