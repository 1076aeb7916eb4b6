"""What a person may do for others, from all their roles at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Role
from hearthside.groups.models.role import GROUP_KINDS, RoleQuerySet
from hearthside.safety.models import Measure

Reader = Person | AnonymousUser
# Kind, site and group of one role; a role over the whole programme has neither of the two.
Held = tuple[str, UUID | None, UUID | None]


@dataclass(frozen=True)
class Rights:
    """The reach of one person's roles. An operator reaches all, a coordinator their sites' groups."""

    facilitates: frozenset[UUID] = frozenset()
    greets: frozenset[UUID] = frozenset()
    coordinates: frozenset[UUID] = frozenset()
    is_programme_coordinator: bool = False
    is_operator: bool = False
    is_safety_lead: bool = False
    is_evaluator: bool = False

    @property
    def runs_programme(self) -> bool:
        return self.is_operator or self.is_programme_coordinator

    @property
    def has_sites(self) -> bool:
        return self.runs_programme or bool(self.coordinates)

    @property
    def has_groups(self) -> bool:
        return self.has_sites or bool(self.facilitates)

    @property
    def has_any(self) -> bool:
        """True for whoever holds any role at all, and so may see what belongs to somebody else."""
        return self.has_groups or bool(self.greets) or self.is_safety_lead or self.is_evaluator

    def runs(self, site_id: UUID) -> bool:
        return self.runs_programme or site_id in self.coordinates

    def may_give(self, kind: RoleKind, group: Group | None) -> bool:
        """Operators give anything; coordinators give the roles of a team, in groups of their sites."""
        if self.is_operator:
            return True
        return kind in GROUP_KINDS and group is not None and self.runs(group.site_id)

    def leads(self, group: Group) -> bool:
        return group.pk in self.facilitates or self.runs(group.site_id)


def rights_of(person: Reader, *, now: datetime) -> Rights:
    """The roles in force at that moment, in one query; none for somebody who is not signed in."""
    if not isinstance(person, Person) or not person.is_active:
        return Rights()
    found = acting(now=now).of(person)
    held: list[Held] = list(found.values_list("kind", "site_id", "group_id"))
    kinds = {kind for kind, _site, _group in held}
    coordinates = {site for kind, site, _group in held if kind == RoleKind.COORDINATOR}
    return Rights(
        facilitates=_groups(held, RoleKind.FACILITATOR),
        greets=_groups(held, RoleKind.GREETER),
        coordinates=frozenset(site for site in coordinates if site),
        is_programme_coordinator=None in coordinates,
        is_operator=(RoleKind.OPERATOR.value, None, None) in held,
        is_safety_lead=RoleKind.SAFETY_LEAD in kinds,
        is_evaluator=RoleKind.EVALUATOR in kinds,
    )


def acting(*, now: datetime) -> RoleQuerySet:
    """The roles in force, without those of whoever is asked to stay away: from that group, or from all.

    Threat: they see others' data meanwhile; or they are counted as somebody who answers, so nobody else is asked.
    """
    away = Measure.objects.in_force(now=now).closing().filter(person=OuterRef("person"))
    here = away.filter(Q(group=None) | Q(group=OuterRef("group")))
    return Role.objects.in_force(now=now).exclude(Exists(here))


def _groups(held: list[Held], kind: RoleKind) -> frozenset[UUID]:
    return frozenset(group for held_kind, _site, group in held if held_kind == kind and group)
