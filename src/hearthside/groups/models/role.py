"""Roles: who may do what for whom, given by whom and when."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.enums import RoleKind
from hearthside.groups.models.group import Group
from hearthside.groups.models.place import Site
from hearthside.kit.models import Lasting, LastingQuerySet

GROUP_KINDS = [RoleKind.FACILITATOR, RoleKind.GREETER]
PROGRAMME_KINDS = [RoleKind.SAFETY_LEAD, RoleKind.EVALUATOR, RoleKind.OPERATOR]


class RoleQuerySet(LastingQuerySet["Role"]):
    """Sets of roles."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)


class Role(Lasting):
    """One role of one person, over one group, one site, or (neither) the whole programme."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles"
    )
    kind = models.CharField(_("role"), max_length=12, choices=RoleKind.choices)
    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, null=True, blank=True, related_name="roles"
    )
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, null=True, blank=True, related_name="roles"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    # Set by `groups.queries.training.with_leading` alone.
    may_lead: bool

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(site=None) | models.Q(group=None), name="a_role_has_one_scope"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(kind__in=GROUP_KINDS, group__isnull=False)
                    | models.Q(kind=RoleKind.COORDINATOR, group=None)
                    | models.Q(kind__in=PROGRAMME_KINDS, group=None)
                ),
                name="a_role_fits_its_scope",
            ),
            # Three, because in a unique index an empty site or group differs from every other empty one.
            models.UniqueConstraint(
                fields=["person", "kind", "group"],
                condition=models.Q(until_at=None, group__isnull=False),
                name="a_role_is_held_once_per_group",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "site"],
                condition=models.Q(until_at=None, site__isnull=False),
                name="a_role_is_held_once_per_site",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(until_at=None, site=None, group=None),
                name="a_role_is_held_once_per_programme",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
