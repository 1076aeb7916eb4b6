"""Measures in force: who may not come in, who listens only, what a person is under, and what waits for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.safety.enums import MeasureKind
from hearthside.safety.models import Appeal, Measure
from hearthside.safety.models.measures import ALONE, MeasureQuerySet
from hearthside.safety.ports import group_facts, stewards

# Time that was decided alone counts for this long against the next time.
REMEMBERED: Final = timedelta(days=90)
# An appeal is answered within this time.
ANSWER_WITHIN: Final = timedelta(days=7)
SHOWN_AFTER_END: Final = timedelta(days=90)


@dataclass(frozen=True)
class MeasureLine:
    """One measure as a page shows it."""

    measure: Measure
    place: str
    appeal: Appeal | None
    is_in_force: bool
    waits_for_a_second: bool
    answer_by: datetime | None = None

    @property
    def may_be_appealed(self) -> bool:
        return self.is_in_force and self.appeal is None


def kept_out(group: UUID, *, now: datetime) -> set[UUID]:
    """The keys of those whom a measure keeps out of this group's meetings and rooms now, in one query."""
    found = Measure.objects.in_force(now=now).over(group).closing()
    return set(found.values_list("person_id", flat=True))


def listening_only(group: UUID, *, now: datetime) -> set[UUID]:
    """The keys of those who may be there and listen, and do not speak for now, in one query."""
    found = Measure.objects.in_force(now=now).over(group).filter(kind=MeasureKind.RESTRICT)
    return set(found.values_list("person_id", flat=True))


def is_listening_only(person: Person, group: UUID, *, now: datetime) -> bool:
    found = Measure.objects.in_force(now=now).of(person).over(group)
    return found.filter(kind=MeasureKind.RESTRICT).exists()


def closing_on(person: Person, group: UUID, *, at: datetime) -> Measure | None:
    """The measure that keeps the person out of the group at that moment, the longest if there are several.

    Asked for a moment to come, it answers by what is decided today.
    """
    found = Measure.objects.in_force(now=at).of(person).over(group).closing()
    return found.order_by("-until_at").first()


def is_suspended(person: Person, *, now: datetime) -> bool:
    found = Measure.objects.in_force(now=now).of(person)
    return found.filter(kind=MeasureKind.SUSPEND).exists()


def time_alone_left(
    person: Person, kind: MeasureKind, group: UUID | None, *, now: datetime
) -> timedelta:
    """For how long one person alone may still decide this about somebody.

    Threat: whoever may hold somebody for two weeks holds them again every two weeks, and nobody else ever
    looks. So time without a second signature adds up, whoever wrote it.
    """
    before = Measure.objects.of(person).unsigned().filter(kind=kind, group=group)
    recent = before.filter(until_at__gt=now - REMEMBERED).values_list("from_at", "until_at")
    used = sum((until - from_ for from_, until in recent), timedelta())
    return max(ALONE[kind] - used, timedelta())


def measures_of(person: Person, *, now: datetime) -> list[MeasureLine]:
    """What the person is under, or was until not long ago, newest first."""
    found = _rows().of(person).filter(until_at__gt=now - SHOWN_AFTER_END)
    return lines(found, now=now)


def rows() -> MeasureQuerySet:
    """Measures with everything that a page names."""
    return _rows()


def lines(found: Iterable[Measure], *, now: datetime) -> list[MeasureLine]:
    """The measures as a page shows them."""
    listed = list(found)
    names = group_facts().names({one.group for one in listed if one.group})
    return [_line(one, names.get(one.group, "") if one.group else "", now=now) for one in listed]


def may_judge(person: Person, measure: Measure) -> bool:
    """Whoever neither decided it nor is under it. Threat: a decision is upheld by whoever made it."""
    return person.pk != measure.person_id and person.pk not in measure.decided()


def judges_of(measure: Measure, *, now: datetime) -> list[Person]:
    """Those who are asked to answer an appeal: at least one other person, and be it an operator."""
    asked = [
        *group_facts().answering(measure.group, now=now),
        *stewards().safety_leads(now=now),
    ]
    fit = [each for each in dict.fromkeys(asked) if may_judge(each, measure)]
    return fit or [each for each in stewards().coordinators(now=now) if may_judge(each, measure)]


def _rows() -> MeasureQuerySet:
    return Measure.objects.select_related("person", "by", "signed_by", "ended_by", "appeal")


def _line(measure: Measure, place: str, *, now: datetime) -> MeasureLine:
    appeal: Appeal | None = getattr(measure, "appeal", None)
    return MeasureLine(
        measure=measure,
        place=place,
        appeal=appeal,
        is_in_force=measure.is_in_force(now=now),
        waits_for_a_second=measure.waits_for_a_second(now=now),
        answer_by=appeal.at + ANSWER_WITHIN if appeal else None,
    )
