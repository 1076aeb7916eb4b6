"""Choosing the off-hours shield."""

from collections.abc import Collection
from datetime import datetime

from hearthside.accounts.models import Person
from hearthside.groups.enums import Contact
from hearthside.groups.models import Shield


def choose(
    *,
    person: Person,
    contact: Contact,
    days: Collection[int],
    from_hour: int,
    until_hour: int,
    now: datetime,
) -> Shield:
    """Which contact the person allows between meetings, and within which hours letters come. Written letters stay."""
    kept, _is_new = Shield.objects.update_or_create(
        person=person,
        defaults={
            "contact": contact,
            "days": sorted(days),
            "from_hour": from_hour,
            "until_hour": until_hour,
            "changed_at": now,
        },
    )
    return kept
