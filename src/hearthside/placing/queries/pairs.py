"""Who goes with whom: one person's company, or the code they made and nobody has typed in."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.placing.models import Together

CODE_LASTS = timedelta(days=3)
COMPANY_MOST: Final = 4


def company_of(people: Iterable[UUID]) -> set[UUID]:
    """These people and all who go with one of them, or with those who do."""
    found: set[UUID] = set()
    fresh = set(people)
    while fresh:
        found |= fresh
        pairs = Together.objects.agreed()
        rows = pairs.filter(asked_by__in=fresh) | pairs.filter(other__in=fresh)
        ends = {key for pair in rows.values_list("asked_by_id", "other_id") for key in pair}
        fresh = ends - found
    return found


def companies_among(people: Collection[UUID]) -> list[set[UUID]]:
    """Those of these people who go together, company by company, also through somebody who is not among them."""
    left = set(
        Together.objects.agreed()
        .filter(Q(asked_by__in=people) | Q(other__in=people))
        .values_list("asked_by", flat=True)
    )
    found = []
    while left:
        company = company_of([min(left)])
        left -= company
        if len(own := company.intersection(people)) > 1:
            found.append(own)
    return sorted(found, key=sorted)


def companions_of(person: Person) -> list[Person]:
    """Whom the person goes with, by pseudonym."""
    others = company_of([person.pk]) - {person.pk}
    return list(Person.objects.filter(pk__in=others).order_by("pseudonym_key"))


def code_of(person: Person, *, now: datetime) -> Together | None:
    """The person's own code, while somebody may still type it in."""
    since = now - CODE_LASTS
    return Together.objects.filter(asked_by=person, other=None, asked_at__gt=since).first()
