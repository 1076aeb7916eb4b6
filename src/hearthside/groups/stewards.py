"""Who answers for safety, told to the floor below by the roles that people hold."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Role
from hearthside.groups.queries.rights import acting, rights_of
from hearthside.groups.queries.under_eighteen import children_lead


class RoleStewards:
    """Fills `safety.ports.Stewards`."""

    def safety_leads(self, *, now: datetime) -> Sequence[Person]:
        return _holders(RoleKind.SAFETY_LEAD, now=now)

    def coordinators(self, *, now: datetime) -> Sequence[Person]:
        return _holders(RoleKind.COORDINATOR, RoleKind.OPERATOR, now=now)

    def leads_safety(self, person: Person, *, now: datetime) -> bool:
        return rights_of(person, now=now).is_safety_lead

    def children_lead(self) -> Person | None:
        return children_lead()

    def runs_programme(self, person: Person, *, now: datetime) -> bool:
        return rights_of(person, now=now).runs_programme

    def circles(
        self, groups: Collection[UUID | None], *, now: datetime
    ) -> Mapping[UUID | None, Sequence[Sequence[Person]]]:
        kinds = (RoleKind.SAFETY_LEAD, RoleKind.COORDINATOR, RoleKind.OPERATOR)
        held = acting(now=now).filter(kind__in=kinds, person__is_active=True)
        roles = list(held.select_related("person").order_by("from_at", "pk"))
        known = Group.objects.filter(pk__in=[key for key in groups if key])
        sites = dict(known.values_list("pk", "site"))
        return {
            key: [_circle(roles, kind, site=sites.get(key) if key else None) for kind in kinds]
            for key in groups
        }


def _circle(roles: Sequence[Role], kind: RoleKind, *, site: UUID | None) -> list[Person]:
    # Threat: whoever coordinates one town reads what happened in another.
    fit = [role for role in roles if role.kind == kind and role.site_id in (None, site)]
    return list(dict.fromkeys(role.person for role in fit))


def _holders(*kinds: RoleKind, now: datetime) -> Sequence[Person]:
    held = acting(now=now).filter(kind__in=kinds, person__is_active=True)
    people = (role.person for role in held.select_related("person").order_by("from_at", "pk"))
    return list(dict.fromkeys(people))
