"""The two answers after a meeting, and asking for a call, taking it, and letting it be done."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.models import Group
from hearthside.meetings.actions import debrief_letters as letters
from hearthside.meetings.enums import CallFrom
from hearthside.meetings.models import CallAsked, Debrief, Meeting
from hearthside.meetings.queries.debrief import CALLS_SHOWN, answering

KEPT: Final = timedelta(days=365)


class NobodyToCall(Exception):
    """Nobody here could call the person back."""


class TakenAlready(Exception):
    """Somebody else calls, or it is over."""


def write(
    *, meeting: Meeting, person: Person, weight: int, needs_person: bool, now: datetime
) -> Debrief:
    """Keep the two answers for the person alone, for a year; written again, the newer ones count."""
    kept, _is_new = Debrief.objects.update_or_create(
        meeting=meeting,
        person=person,
        defaults={
            "weight": weight,
            "needs_person": needs_person,
            "written_at": now,
            "erase_on": (now + KEPT).date(),
        },
    )
    return kept


def forget(*, debrief: Debrief) -> None:
    """The person takes their answers back; nothing of them stays."""
    debrief.delete()


@transaction.atomic
def ask_for_call(
    *, person: Person, group: Group, of: CallFrom, reach: str, now: datetime
) -> CallAsked:
    """Those who can call are told that somebody wants a call, and nothing more; asked twice, it is one wish.

    Raises NobodyToCall.
    """
    call, is_new = CallAsked.objects.get_or_create(
        person=person, of=of, done_at=None,
        defaults={"group": group, "reach": reach, "asked_at": now},
    )  # fmt: skip
    people = answering(call, now=now)
    if not people:
        raise NobodyToCall
    if is_new:
        for reader in people:
            letters.call_asked(call=call, to=reader, now=now)
    return call


@transaction.atomic
def take_call(*, call: CallAsked, by: Person, now: datetime) -> None:
    """I call them: they read who it is. Raises TakenAlready."""
    # One conditional update: of two who tap at once, one calls.
    open_ = CallAsked.objects.filter(pk=call.pk, taken_by=None, done_at=None)
    if not open_.update(taken_by=by, taken_at=now):
        raise TakenAlready
    letters.call_taken(call=call, by=by, now=now)


def finish_call(*, call: CallAsked, now: datetime) -> None:
    """It is done, or not wanted any more: how to reach the person is erased at once."""
    CallAsked.objects.filter(pk=call.pk, done_at=None).update(done_at=now, reach="")


def ask_after_meetings(*, now: datetime) -> int:
    """Write the two questions to whoever had a role at a meeting that has just ended; how many were looked at."""
    return letters.after_meetings(now=now)


def erase_expired(*, now: datetime) -> int:
    """Delete answers after a year, and wishes for a call a month after they were done; how many rows went."""
    answers, _kinds = Debrief.objects.filter(erase_on__lte=now.date()).delete()
    calls, _kinds = CallAsked.objects.filter(done_at__lt=now - CALLS_SHOWN).delete()
    return answers + calls
