"""How many people a facilitator looks after, as their coordinator set it."""

from datetime import datetime

from hearthside.accounts.models import Person
from hearthside.placing.models import Load


def limit(*, person: Person, people_max: int, by: Person, now: datetime) -> Load:
    """No run places more people with this facilitator, over all their groups; nobody loses a seat."""
    load, _is_new = Load.objects.update_or_create(
        person=person, defaults={"people_max": people_max, "by": by, "at": now}
    )
    return load


def lift(*, person: Person) -> None:
    """This facilitator has no limit of their own any more."""
    Load.objects.filter(person=person).delete()
