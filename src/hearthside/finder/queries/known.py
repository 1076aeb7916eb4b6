"""What we know of a signed-in person that bears on groups: where they were, and where they must not sit."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.finder.enums import Felt
from hearthside.finder.models import Impression
from hearthside.groups.models import Membership, Role
from hearthside.groups.queries.apart import NOBODY
from hearthside.groups.queries.meeting import met_in
from hearthside.groups.queries.rights import Reader
from hearthside.safety.models import KeepApart
from hearthside.safety.queries.blocks import blocked_by, pairs_not_put_together


@dataclass(frozen=True)
class Known:
    """Groups by how a visit felt, and groups that are simply not there for this person."""

    tried: Mapping[str, str] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()


def known_of(person: Reader, *, now: datetime) -> Known:
    """What is known of a reader, in a fixed number of queries; of a visitor nothing, in none."""
    if not isinstance(person, Person):
        return Known()
    return Known(_tried(person), frozenset(map(str, barred(person, now=now))))


def known_of_many(people: Collection[UUID], *, now: datetime) -> dict[UUID, Known]:
    """For what the site decides for many at once, in five queries: their own groups are not there for them.

    Blocks count here as well, both ways: nobody sees which groups were left out for whom.
    """
    avoided: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in pairs_not_put_together(now=now):
        avoided[one].add(other)
        avoided[other].add(one)
    wanted = set(people)
    concerned = wanted.union(*(avoided[one] for one in wanted))
    belong = Membership.objects.belonging(now=now).filter(person__in=concerned)
    roles = Role.objects.in_force(now=now).filter(person__in=concerned)
    sits = _by_person(belong.values_list("person_id", "group_id"))
    leads = _by_person(roles.values_list("person_id", "group_id"))
    tried: dict[UUID, dict[str, str]] = defaultdict(dict)
    said = Impression.objects.filter(person__in=wanted).exclude(felt=Felt.UNSAID).order_by("at")
    for person, group, felt in said.values_list("person_id", "group_id", "felt"):
        tried[person][str(group)] = felt
    return {
        one: Known(
            tried[one],
            frozenset(map(str, sits[one].union(*(sits[foe] | leads[foe] for foe in avoided[one])))),
        )
        for one in wanted
    }


def barred(person: Person, *, now: datetime) -> set[UUID]:
    """Groups where somebody sits, or leads, whom the person must not meet.

    Threat: an answer that takes longer for whoever is kept apart from somebody tells them so. The same
    queries are asked for everybody.
    """
    avoided = KeepApart.objects.avoided_by(person, now=now)
    sat_in = Membership.objects.belonging(now=now).filter(person__in=[*avoided, person.pk])
    led = Role.objects.in_force(now=now).filter(person__in=[*avoided, person.pk])
    rows = [
        *sat_in.values_list("group_id", "person_id"),
        *led.exclude(group=None).values_list("group_id", "person_id"),
    ]
    # One's own groups stay: if one of them were gone, it would be plain that somebody inside is the reason.
    own = {group for group, who in rows if who == person.pk}
    return {group for group, who in rows if who != person.pk} - own | _left_behind(
        person, own, now=now
    )


def _left_behind(person: Person, own: set[UUID], *, now: datetime) -> set[UUID]:
    """Groups that the person has left, and where they met somebody whom they have blocked since.

    Threat: somebody blocks a person to see which groups that closes. So this says nothing of where the other
    sits: whether the two met there is known to whoever asks, and never changes afterwards.
    """
    met = met_in(person, [*blocked_by(person, now=now), NOBODY])
    return set().union(*met.values()) - own


def belonging(person: Person, *, now: datetime) -> set[UUID]:
    """Groups that the person visits or belongs to."""
    own = Membership.objects.belonging(now=now).of(person)
    return set(own.values_list("group_id", flat=True))


def _tried(person: Person) -> Mapping[str, str]:
    """The newest word on each group; "rather not say" says nothing."""
    said = Impression.objects.filter(person=person).exclude(felt=Felt.UNSAID).order_by("at")
    return {str(group): felt for group, felt in said.values_list("group_id", "felt")}


def _by_person(rows: Iterable[tuple[UUID, UUID | None]]) -> dict[UUID, set[UUID]]:
    """The groups of each person."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for person, group in rows:
        if group is not None:
            found[person].add(group)
    return found
