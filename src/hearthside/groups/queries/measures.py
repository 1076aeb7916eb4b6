"""Measures as those who lead, coordinate or answer for safety may know of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from hearthside.accounts.models import Person
from hearthside.groups.models import Group, Membership, Role
from hearthside.groups.queries.rights import Rights
from hearthside.safety.models import Look, Measure
from hearthside.safety.models.measures import MeasureQuerySet
from hearthside.safety.queries.flags import LookLine, look_lines
from hearthside.safety.queries.measures import MeasureLine, lines, may_judge, rows

ENDED_SHOWN_FOR: Final = timedelta(days=90)


@dataclass(frozen=True)
class MeasureDesk:
    """What waits for the reader, and everything else they may see."""

    to_sign: list[MeasureLine]
    to_answer: list[MeasureLine]
    in_force: list[MeasureLine]
    over: list[MeasureLine]
    looks: list[LookLine]


def measures_known_to(person: Person, rights: Rights, *, now: datetime) -> MeasureQuerySet:
    """The measures that the person may see: of the groups they lead, their sites, or all for safety leads.

    Threat: whoever is under a measure holds a role, and reads here the note that is not for them, or signs
    and judges their own. So nobody sees here what is about themselves.
    """
    found = rows().exclude(person=person).filter(until_at__gt=now - ENDED_SHOWN_FOR)
    if rights.is_safety_lead or rights.is_operator:
        return found
    # A suspension is over no group, so it is seen by safety leads and operators only.
    return found.filter(group__in=_reached(rights).values("pk"))


def desk_of(person: Person, rights: Rights, *, now: datetime) -> MeasureDesk:
    """Everything at once: what needs a second name or an answer first."""
    found = lines(measures_known_to(person, rights, now=now), now=now)
    to_sign = [one for one in found if one.waits_for_a_second and one.measure.by_id != person.pk]
    to_answer = [one for one in found if _is_to_answer(one, person)]
    return MeasureDesk(
        to_sign=to_sign,
        to_answer=to_answer,
        in_force=[one for one in found if one.is_in_force],
        over=[one for one in found if not one.is_in_force and one not in to_sign],
        looks=look_lines(list(looks_known_to(person, rights))),
    )


def looks_known_to(person: Person, rights: Rights) -> QuerySet[Look]:
    """The looks that wait for somebody, of the groups that the person leads or keeps safe.

    Threat: whoever is flagged leads the group, reads who is unhappy with them, and says that nothing was wrong.
    """
    found = Look.objects.open().exclude(about=person).select_related("about").order_by("asked_at")
    if rights.is_safety_lead or rights.is_operator:
        return found
    return found.filter(group__in=_reached(rights).values("pk"))


def under_measure(group: Group, *, now: datetime) -> list[Measure]:
    """What the group's own measures are now, for those who lead it."""
    return list(Measure.objects.in_force(now=now).filter(group=group.pk))


def in_team(person_id: UUID, group: Group, *, now: datetime) -> bool:
    return Role.objects.in_force(now=now).filter(person=person_id, group=group).exists()


def is_of_group(person_id: UUID, group: Group, *, now: datetime) -> bool:
    """Whether the person belongs to the group, asks to, leads or greets there."""
    inside = Membership.objects.in_force(now=now).filter(person=person_id, group=group).exists()
    return inside or in_team(person_id, group, now=now)


def _is_to_answer(line: MeasureLine, person: Person) -> bool:
    is_open = line.appeal is not None and line.appeal.answered_at is None
    return is_open and may_judge(person, line.measure)


def _reached(rights: Rights) -> QuerySet[Group]:
    if rights.runs_programme:
        return Group.objects.all()
    return Group.objects.filter(Q(pk__in=rights.facilitates) | Q(site__in=rights.coordinates))
