"""The rota: shifts written and ended, days freed and taken, and how long people have to answer a call."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import sees_others
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind
from hearthside.safety.models import DutyRules, Shift, Swap
from hearthside.safety.shifts import Weekly

# Nobody is away for longer without talking to whoever keeps the rota.
AWAY_MAX: Final = timedelta(days=60)
# Nobody knows today what they cannot do later than that; and the calendar ends somewhere.
AHEAD_MAX: Final = timedelta(days=366)


class HasNoRole(Exception):
    """Whoever reads what others tell us proves twice who they are, so they need a role first."""


class TooLateToFree(Exception):
    """The stint is over."""


class AlreadyTaken(Exception):
    """Somebody else took it."""


def add_shift(*, person: Person, weekly: Weekly, by: Person, now: datetime) -> Shift:
    """The person is on duty at these hours from now on; the same shift if they have it. Raises HasNoRole."""
    # Threat: somebody with a password alone is given what people in danger write.
    if not sees_others(person):
        raise HasNoRole
    told = {
        "person": person, "weekday": weekly.weekday, "begins": weekly.begins, "ends": weekly.ends,
        "zone": weekly.zone, "until_at": None,
    }  # fmt: skip
    try:
        with transaction.atomic():
            shift, is_new = Shift.objects.get_or_create(
                **told, defaults={"from_at": now, "made_by": by}
            )
            if is_new and person != by:
                _tell_of_shift(shift, now=now)
    except IntegrityError:
        return Shift.objects.get(**told)
    return shift  # fmt: skip


def end_shift(*, shift: Shift, now: datetime) -> None:
    """It is over, also the stint that is on; the row stays as the record. Twice changes nothing."""
    Shift.objects.filter(Q(until_at=None) | Q(until_at__gt=now), pk=shift.pk).update(until_at=now)


@transaction.atomic
def free_day(*, shift: Shift, day: date, now: datetime) -> Swap:
    """Its person cannot do it that day: whoever is on the rota may take it. Raises TooLateToFree."""
    _require_near(day, now=now)
    begins, ends = _weekly(shift).on(day)
    if day.weekday() != shift.weekday or ends <= now or not _is_in_force(shift, begins, now=now):
        raise TooLateToFree
    swap, is_new = Swap.objects.get_or_create(shift=shift, date=day, defaults={"freed_at": now})
    if is_new:
        _tell_the_others(swap, now=now)
    return swap


@transaction.atomic
def take_days_off(*, person: Person, first: date, last: date, now: datetime) -> int:
    """All the person's stints that begin on these days are free for others; how many are."""
    first = max(first, now.date() - timedelta(days=2))
    last = min(last, now.date() + AHEAD_MAX)
    if first > last:
        return 0
    last = min(last, first + AWAY_MAX)
    freed = 0
    for shift in Shift.objects.in_force(now=now).filter(person=person):
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        for day in days:
            if day.weekday() == shift.weekday and _weekly(shift).on(day)[1] > now:
                free_day(shift=shift, day=day, now=now)
                freed += 1
    return freed


def take_day(*, shift: Shift, day: date, by: Person, now: datetime) -> None:
    """Somebody on the rota does it instead. Raises AlreadyTaken, HasNoRole, TooLateToFree."""
    if not sees_others(by):
        raise HasNoRole
    _require_near(day, now=now)
    if _weekly(shift).on(day)[1] <= now:
        raise TooLateToFree
    free = Swap.objects.filter(shift=shift, date=day, taken_by=None)
    # One conditional update: of two who take it at once, one has it.
    if free.update(taken_by=by, taken_at=now):
        return
    if not Swap.objects.filter(shift=shift, date=day, taken_by=by).exists():
        raise AlreadyTaken


def set_minutes(*, minutes: int, now: datetime) -> None:  # noqa: ARG001 - every action is told when
    """From now on, the next person is called after so many minutes."""
    DutyRules.objects.update_or_create(is_only=True, defaults={"minutes_to_answer": minutes})


def _require_near(day: date, *, now: datetime) -> None:
    # Threat: a day at the end of the calendar, where every sum with it fails.
    if abs(day - now.date()) > AHEAD_MAX:
        raise TooLateToFree


def _weekly(shift: Shift) -> Weekly:
    return Weekly(shift.weekday, shift.begins, shift.ends, shift.zone)


def _is_in_force(shift: Shift, begins: datetime, *, now: datetime) -> bool:
    return shift.until_at is None or shift.until_at > max(begins, now)


def _tell_of_shift(shift: Shift, *, now: datetime) -> None:
    tell(
        person=shift.person,
        kind=Kind.CALL,
        about=f"shift:{shift.pk}",
        subject=_("You are on a rota"),
        text=_("You were put on a rota, every week at the same hours. Please look whether they fit: %(url)s"),
            path=reverse("duty_rota"),
        now=now,
    )  # fmt: skip


def _tell_the_others(swap: Swap, *, now: datetime) -> None:
    """Everybody else on the rota, once a day for each shift; what it is and when stands on the page."""
    others = Person.objects.filter(
        duty_shifts__in=Shift.objects.in_force(now=now), is_active=True
    ).exclude(pk=swap.shift.person_id)
    for person in others.distinct():
        tell(
            person=person,
            kind=Kind.CALL,
            about=f"free:{swap.shift_id}:{now:%Y%m%d}",
            subject=_("Somebody cannot come"),
            text=_("A stretch of the rota is free. If you can take it, here it is: %(url)s"),
            path=reverse("duty_rota"),
                now=now,
        )  # fmt: skip
