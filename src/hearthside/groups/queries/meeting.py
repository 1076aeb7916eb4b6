"""Who met whom: two people who were of one group at the same time, as members, visitors or in its team."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hearthside.accounts.models import Person
from hearthside.groups.enums import Standing
from hearthside.groups.models import Membership, Role

# When somebody began to belong to a group, and when they ceased to, if they have.
Stay = tuple[datetime, datetime | None]


def met_in(person: Person, others: Collection[UUID]) -> Mapping[UUID, set[UUID]]:
    """The groups in which the person and each of the others were at the same time, in two queries.

    Nobody has met themselves; whoever never met the person is left out.
    """
    stays: dict[tuple[UUID, UUID], list[Stay]] = {}
    for who, group, from_at, until_at in _stays([person.pk, *others]):
        stays.setdefault((who, group), []).append((from_at, until_at))
    found: dict[UUID, set[UUID]] = {}
    for (who, group), theirs in stays.items():
        own = stays.get((person.pk, group), [])
        if who != person.pk and any(_overlap(*pair) for pair in product(own, theirs)):
            found.setdefault(who, set()).add(group)
    return found


def _stays(people: Collection[UUID]) -> Iterator[Any]:
    belonged = Membership.objects.filter(person__in=people).exclude(standing=Standing.ASKED)
    led = Role.objects.filter(person__in=people, group__isnull=False)
    rows: QuerySet[Any]
    for rows in (belonged, led):
        yield from rows.values_list("person_id", "group_id", "from_at", "until_at")


def _overlap(one: Stay, other: Stay) -> bool:
    starts = max(one[0], other[0])
    return all(until is None or starts < until for _, until in (one, other))
