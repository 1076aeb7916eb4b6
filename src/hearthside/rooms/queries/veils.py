"""Whose words somebody would rather not see, among those who came into one room."""

from collections.abc import Sequence
from datetime import datetime

from hearthside.accounts.models import Person
from hearthside.rooms.models import Entry, Room
from hearthside.rooms.queries.aliases import alias_of
from hearthside.safety.queries.blocks import veiled_for


def covered_for(person: Person, room: Room, *, now: datetime) -> Sequence[str]:
    """The aliases of those whom the person muted or blocked, in hex, in two queries."""
    came = Entry.objects.filter(room=room).values_list("person_id", flat=True)
    found = veiled_for({*came, person.pk}, now=now).get(person.pk, ())
    return sorted(alias_of(room.pk, key).hex() for key in found)
