"""People who must not meet: who may know of which pair, and where two of them sit together all the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.groups.models import Group, Membership, Role
from hearthside.groups.queries.rights import Rights
from hearthside.safety.models import KeepApart, KeepApartQuerySet

ENDED_SHOWN_FOR: Final = timedelta(minutes=10)
NOBODY: Final = UUID(int=0)


@dataclass(frozen=True)
class PairRow:
    """Two people who are kept apart, and the groups that both belong to, which somebody must look at."""

    pair: KeepApart
    together: Sequence[str]


def is_barred(person: Person, group: Group, *, now: datetime) -> bool:
    """True if somebody who belongs to the group, or leads or greets there, must not meet the person."""
    return sitting(group, KeepApart.objects.avoided_by(person, now=now), now=now)


def sitting(group: Group, people: Iterable[UUID], *, now: datetime) -> bool:
    """True if one of these people belongs to the group, or leads or greets there."""
    # Both questions are always asked, so that a yes to the first takes no less time than a no.
    # A key that is nobody's: for no keys at all no question would be asked, and that would tell, too.
    keys = [*people, NOBODY]
    inside = Membership.objects.belonging(now=now).filter(group=group, person__in=keys).exists()
    team = Role.objects.in_force(now=now).filter(group=group, person__in=keys).exists()
    return inside or team


def pairs_known_to(person: Person, rights: Rights, *, now: datetime) -> KeepApartQuerySet:
    """The pairs that the person may see: in force, or ended so lately that it can be undone.

    A safety lead and whoever runs the programme see all; a site's coordinator those they wrote, and
    those with somebody of their groups in it. Threat: one of the two holds a role, and reads here what
    neither may know. So nobody ever sees a pair that they are part of.
    """
    rows: KeepApartQuerySet = (
        KeepApart.objects.filter(
            Q(until_at=None) | Q(until_at__gt=now - ENDED_SHOWN_FOR), from_at__lte=now
        )
        .exclude(one=person)
        .exclude(other=person)
        .select_related("one", "other", "by")
        .order_by("-from_at", "pk")
    )
    if rights.runs_programme or rights.is_safety_lead:
        return rows
    near = people_of_sites(rights, now=now)
    return rows.filter(Q(by=person) | Q(one__in=near) | Q(other__in=near))


def people_of_sites(rights: Rights, *, now: datetime) -> Iterable[UUID]:
    """The keys of those who belong to, or ask to join, a group of the sites that the rights reach."""
    here = Membership.objects.in_force(now=now).filter(group__site__in=rights.coordinates)
    return here.values_list("person", flat=True)


def rows_of(pairs: Sequence[KeepApart], *, now: datetime) -> list[PairRow]:
    """The pairs with the groups that both belong to, in one query."""
    people = {key for pair in pairs for key in (pair.one_id, pair.other_id)}
    belongs: Mapping[UUID, dict[UUID, str]] = defaultdict(dict)
    held = Membership.objects.belonging(now=now).filter(person__in=people)
    for who, group, name in held.values_list("person", "group", "group__name"):
        belongs[who][group] = name
    return [
        PairRow(
            pair,
            sorted(
                name
                for group, name in belongs[pair.one_id].items()
                if group in belongs[pair.other_id] and pair.until_at is None
            ),
        )
        for pair in pairs
    ]
