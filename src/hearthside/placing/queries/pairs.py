"""Who goes with whom: one person's pair, or the code they made and nobody has typed in."""

from datetime import datetime, timedelta

from hearthside.accounts.models import Person
from hearthside.placing.models import Together

CODE_LASTS = timedelta(days=3)


def pair_of(person: Person) -> Together | None:
    """The pair that the person is one of, once both have said so."""
    pairs = Together.objects.agreed().of(person).select_related("asked_by", "other")
    return pairs.first()


def partner_of(person: Person) -> Person | None:
    """Whom the person goes with."""
    pair = pair_of(person)
    if pair is None:
        return None
    return pair.other if pair.asked_by_id == person.pk else pair.asked_by


def code_of(person: Person, *, now: datetime) -> Together | None:
    """The person's own code, while somebody may still type it in."""
    since = now - CODE_LASTS
    return Together.objects.filter(asked_by=person, other=None, asked_at__gt=since).first()
