"""What safety may know of groups, which are on the floor above it: names, and who decides after those who lead."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Standing
from hearthside.groups.models import Group, Membership, Role
from hearthside.groups.queries.apart import NOBODY
from hearthside.groups.queries.groups import person_called
from hearthside.groups.queries.meeting import met_in
from hearthside.groups.queries.rights import acting
from hearthside.safety.ports import Ties, companies


class FactsOfGroups:
    """Fills `safety.ports.GroupFacts`."""

    def names(self, groups: Collection[UUID]) -> Mapping[UUID, str]:
        return dict(Group.objects.filter(pk__in=groups).values_list("pk", "name"))

    def met_called(self, person: Person, pseudonym: str) -> Person | None:
        # All is asked for whoever exists or not, so that the answer takes no less time for nobody.
        found = person_called(pseudonym)
        other = found.pk if found else NOBODY
        return found if other in met_in(person, [other]) else None

    def last_met(self, person: Person, other: Person) -> UUID | None:
        met = met_in(person, [other.pk]).get(other.pk, set())
        now_in = Membership.objects.filter(until_at=None, group__in=met, person=other)
        return now_in.values_list("group_id", flat=True).first() or min(met, default=None)

    def ties(self, people: Collection[UUID], *, about: Person) -> Mapping[UUID, Ties]:
        been: dict[UUID, set[UUID]] = {person: set() for person in [*people, about.pk]}
        for rows in (
            Membership.objects.exclude(standing=Standing.ASKED),
            Role.objects.exclude(group=None),
        ):
            for person, group in rows.filter(person__in=been).values_list("person_id", "group_id"):
                been[person].add(group)
        theirs = been[about.pk]
        came: dict[UUID, set[str]] = {person: set() for person in people}
        for number, circle in enumerate(companies(people)):
            for person in circle:
                came[person].add(str(number))
        return {
            person: Ties(frozenset(map(str, been[person] - theirs)), frozenset(came[person]))
            for person in people
        }

    def leading(self, group: UUID, *, now: datetime) -> Sequence[Person]:
        return _holding(Q(kind=RoleKind.FACILITATOR, group=group), now=now)

    def leading_for(self, person: Person, *, now: datetime) -> Sequence[Person]:
        own = Membership.objects.belonging(now=now).of(person).values("group")
        return _holding(Q(kind=RoleKind.FACILITATOR, group__in=own), now=now)

    def answering(self, group: UUID | None, *, now: datetime) -> Sequence[Person]:
        """The coordinators of the group's site and of all sites; over all groups, the operators."""
        where = Q(kind=RoleKind.OPERATOR)
        if group is not None:
            own = Group.objects.filter(pk=group).values("site")
            where = Q(kind=RoleKind.COORDINATOR) & (Q(site__in=own) | Q(site=None))
        return _holding(where, now=now)


def _holding(where: Q, *, now: datetime) -> list[Person]:
    held = acting(now=now).filter(where, person__is_active=True)
    people = (role.person for role in held.select_related("person").order_by("from_at", "pk"))
    return list(dict.fromkeys(people))
