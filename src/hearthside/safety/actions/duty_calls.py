"""Calling people for somebody who may be in danger: one after the other, until a person says that they are there.

First those on duty, one by one; then all safety leads; then those who coordinate, then operators. Between
two steps lies the time that the programme gives people to answer. When the safety leads have had theirs,
whoever called is told truthfully that nobody has answered yet, and the calling goes on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.safety.actions import concern_letters as letters
from hearthside.safety.enums import ConcernState, Lane, StepKind
from hearthside.safety.models import Concern, ConcernStep, Page
from hearthside.safety.queries.concerns import Watch, watch
from hearthside.safety.queries.duty import minutes_to_answer

# Threat: somebody calls the people on duty again and again, until they stop listening to any call. What
# comes on top stands on the desk and says so to whoever called, but wakes nobody.
CALLS_AN_HOUR: Final = 3
# Of all visitors together: they can come from a new address each time.
VISITOR_CALLS_AN_HOUR: Final = 6
# Threat: the same every hour of every night. So many in a day are more than anybody in need made, and a
# person who sees them on the desk can act.
CALLS_A_DAY: Final = 10
VISITOR_CALLS_A_DAY: Final = 40
# Whoever sleeps through the first call is asked again; after a day, once a day.
EVERY_HOUR_FOR: Final = timedelta(days=1)


def begin(*, concern: Concern, now: datetime) -> None:
    """The first call for a concern that was raised just now, in the same transaction."""
    there = watch([concern], now=now)
    concern.on_duty = len(there.duty_for(concern))
    concern.is_call_held_back = _is_too_often(concern, now=now)
    if concern.is_call_held_back:
        concern.save(update_fields=["on_duty", "is_call_held_back"])
        for reader in there.readers_of(concern):
            letters.tell_of_held_back(person=reader, now=now)
        return
    concern.next_call_at = now + timedelta(minutes=minutes_to_answer())
    concern.save(update_fields=["on_duty", "is_call_held_back", "next_call_at"])
    if not _call_next(concern, there, now=now):
        _say_that_nobody_came(concern, now=now)


def escalate(*, now: datetime) -> int:
    """Go on calling wherever the time to answer is over; returns for how many concerns."""
    due = Concern.objects.filter(
        lane=Lane.NOW, state=ConcernState.RECEIVED, next_call_at__lte=now
    ).order_by("next_call_at")
    return sum(_go_on(key, now=now) for key in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _go_on(key: UUID, *, now: datetime) -> bool:
    again_at = now + timedelta(minutes=minutes_to_answer())
    waiting = Concern.objects.filter(pk=key, state=ConcernState.RECEIVED, next_call_at__lte=now)
    # One conditional update: of two clocks one goes on; and whoever says that they are there stops both.
    if not waiting.update(next_call_at=again_at):
        return False
    concern = Concern.objects.with_people().get(pk=key)
    Page.objects.filter(concern=concern, acknowledged_at=None, escalated_at=None).update(
        escalated_at=now
    )
    there = watch([concern], now=now)
    if not _on_duty_and_new(concern, there) and _has_called_first_circle(concern, there):
        _say_that_nobody_came(concern, now=now)
    if not _call_next(concern, there, now=now):
        _call_again(concern, there, now=now)
    return True


def _call_next(concern: Concern, there: Watch, *, now: datetime) -> bool:
    """Call whoever is next; False where there is nobody left."""
    new = _on_duty_and_new(concern, there)
    for person in new:
        # Whoever no letter can reach costs no time: the next person is called at once.
        if _call(concern, person, now=now):
            return True
    called = _called(concern) | {person.pk for person in new}
    for circle in there.circles_of(concern):
        fit = [person for person in circle if person.pk not in called]
        # All of a circle at once. Where no letter reaches any of them, the next circle is called as well.
        reached = [_call(concern, person, now=now) for person in fit]
        if any(reached):
            return True
    return False


def _call_again(concern: Concern, there: Watch, *, now: datetime) -> None:
    """Everybody was called, and nobody has answered: those who should be there are called anew.

    Threat: whoever called reads that we go on calling, and one lost letter was all that was ever sent.
    """
    waited = now - concern.raised_at
    hours, days = waited // timedelta(hours=1), waited // timedelta(days=1)
    if not hours:
        return
    again = f"{days}d" if waited >= EVERY_HOUR_FOR else f"{hours}h"
    first = next(iter(there.circles_of(concern)), [])
    for person in dict.fromkeys([*there.duty_for(concern), *first]):
        letters.call(concern=concern, person=person, now=now, again=again)


def _call(concern: Concern, person: Person, *, now: datetime) -> bool:
    is_sent = letters.call(concern=concern, person=person, now=now)
    Page.objects.get_or_create(
        concern=concern,
        person=person,
        defaults={"called_at": now, "sent_at": now if is_sent else None},
    )
    return is_sent


def _on_duty_and_new(concern: Concern, there: Watch) -> Sequence[Person]:
    called = _called(concern)
    return [person for person in there.duty_for(concern) if person.pk not in called]


def _has_called_first_circle(concern: Concern, there: Watch) -> bool:
    called = _called(concern)
    first = next(iter(there.circles_of(concern)), [])
    return all(person.pk in called for person in first)


def _called(concern: Concern) -> set[UUID]:
    return {page.person_id for page in concern.pages.all()}


def _say_that_nobody_came(concern: Concern, *, now: datetime) -> None:
    _step, is_new = ConcernStep.objects.get_or_create(
        concern=concern, kind=StepKind.UNANSWERED, defaults={"at": now}
    )
    if is_new:
        letters.tell_raiser_nobody_came(concern=concern, now=now)


def _is_too_often(concern: Concern, *, now: datetime) -> bool:
    who = Q(is_by_visitor=True) if concern.is_by_visitor else Q(raised_by=concern.raised_by)
    woken = Concern.objects.filter(who, lane=Lane.NOW, is_call_held_back=False)
    today = woken.filter(raised_at__gt=now - timedelta(days=1)).exclude(pk=concern.pk)
    lately = today.filter(raised_at__gt=now - timedelta(hours=1))
    if concern.is_by_visitor:
        most, most_today = VISITOR_CALLS_AN_HOUR, VISITOR_CALLS_A_DAY
    else:
        most, most_today = CALLS_AN_HOUR, CALLS_A_DAY
    return lately.count() >= most or today.count() >= most_today
