"""Who is on duty, now and in the coming days, and how long it takes until a person answers a call."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from hearthside.accounts.models import Person
from hearthside.accounts.ports import sees_others
from hearthside.safety.models import DutyRules, Page, Shift, Swap
from hearthside.safety.shifts import Stretch, Weekly, gaps

MINUTES_TO_ANSWER: Final = 10
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Stint:
    """One shift on one day: who does it, or nobody where its person is away and nobody took it."""

    shift: Shift
    day: date
    from_at: datetime
    until_at: datetime
    person: Person | None

    @property
    def is_swapped(self) -> bool:
        return self.person is None or self.person.pk != self.shift.person_id

    def is_on(self, *, now: datetime) -> bool:
        return self.from_at <= now < self.until_at


@dataclass(frozen=True)
class Rota:
    """The coming week: every stint in order, and the times in which nobody is on duty."""

    stints: Sequence[Stint]
    gaps: Sequence[Stretch]

    @property
    def is_whole(self) -> bool:
        return not self.gaps

    def of(self, person: Person) -> list[Stint]:
        return [stint for stint in self.stints if stint.person == person]

    def free(self) -> list[Stint]:
        """What somebody cannot do, and anybody on the rota may take."""
        return [stint for stint in self.stints if stint.person is None]


def minutes_to_answer() -> int:
    """After how many minutes without an answer the next person is called."""
    rules = DutyRules.objects.first()
    return rules.minutes_to_answer if rules else MINUTES_TO_ANSWER


def stints(*, from_at: datetime, until_at: datetime) -> list[Stint]:
    """Every stint that touches the time from `from_at` until `until_at`, in order; two queries."""
    shifts = list(
        Shift.objects.filter(Q(until_at=None) | Q(until_at__gt=from_at), from_at__lt=until_at)
        .select_related("person")
        .order_by("from_at", "pk")
    )
    swaps = {
        (swap.shift_id, swap.date): swap
        for swap in Swap.objects.filter(shift__in=shifts).select_related("taken_by")
    }
    found = [
        stint
        for shift in shifts
        for stint in _of_shift(shift, swaps, from_at=from_at, until_at=until_at)
    ]
    return sorted(found, key=lambda stint: (stint.from_at, stint.shift.from_at))


def rota(*, now: datetime) -> Rota:
    """From now on, for a week."""
    coming = stints(from_at=now, until_at=now + WEEK)
    # Threat: somebody whose role has ended stands on the rota, and the week looks covered.
    fit = _still_fit({stint.person for stint in coming if stint.person})
    there = [(each.from_at, each.until_at) for each in coming if each.person in fit]
    return Rota(coming, gaps(there, from_at=now, until_at=now + WEEK))


def on_duty(*, now: datetime) -> list[Person]:
    """Everybody who is on duty now, whoever was called least in the last week first."""
    there = {each.person for each in stints(from_at=now, until_at=now + timedelta(seconds=1))
             if each.person and each.is_on(now=now)}  # fmt: skip
    fit = _still_fit(there)
    lately = Page.objects.filter(person__in=fit, called_at__gt=now - WEEK)
    calls = dict(lately.values_list("person").annotate(Count("pk")).order_by())
    return sorted(fit, key=lambda each: (calls.get(each.pk, 0), each.pk))


def shifts(*, now: datetime) -> Sequence[Shift]:
    """Every weekly shift, from Monday on."""
    held = Shift.objects.in_force(now=now).select_related("person")
    return list(held.order_by("weekday", "begins", "from_at"))


def is_on_rota(person: Person, *, now: datetime) -> bool:
    """Whether the person has a shift, or took one that somebody could not do."""
    if Shift.objects.in_force(now=now).filter(person=person).exists():
        return True
    return Swap.objects.filter(taken_by=person, date__gte=now.date() - timedelta(days=1)).exists()


def people_on_rota(*, now: datetime) -> set[UUID]:
    """The keys of everybody who has a shift."""
    return set(Shift.objects.in_force(now=now).values_list("person", flat=True))


def _of_shift(
    shift: Shift,
    swaps: dict[tuple[UUID, date], Swap],
    *,
    from_at: datetime,
    until_at: datetime,
) -> Iterable[Stint]:
    weekly = Weekly(shift.weekday, shift.begins, shift.ends, shift.zone)
    for day in weekly.days(from_at=from_at, until_at=until_at):
        begins, ends = weekly.on(day)
        # What had ended, or was not written down yet, when it would have begun.
        if shift.until_at is not None and shift.until_at <= begins:
            continue
        swap = swaps.get((shift.pk, day))
        person = swap.taken_by if swap else shift.person
        yield Stint(shift, day, max(begins, shift.from_at), ends, person)


def _still_fit(people: Collection[Person]) -> set[Person]:
    # Whoever has no role any more proves themselves once only, and reads nothing of others.
    return {each for each in people if each.is_active and sees_others(each)}
