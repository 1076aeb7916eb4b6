"""Ground rules, who accepted them, and who belongs to a group."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.enums import Standing
from hearthside.groups.models.group import Group
from hearthside.kit.models import Lasting, LastingQuerySet, Row


class GroundRules(Row):
    """One version of a group's ground rules; the newest is in force."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="ground_rules")
    version = models.PositiveIntegerField()
    text = models.TextField(_("ground rules"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "ground rules"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["group", "version"], name="one_text_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.version}"


class Acceptance(Row):
    """Someone said yes to one version of the ground rules."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acceptances"
    )
    ground_rules = models.ForeignKey(
        GroundRules, on_delete=models.CASCADE, related_name="acceptances"
    )
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "ground_rules"], name="a_version_is_accepted_once"
            )
        ]

    def __str__(self) -> str:
        return f"accepted {self.accepted_at:%Y-%m-%d}"


class MembershipQuerySet(LastingQuerySet["Membership"]):
    """Sets of memberships."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)

    def belonging(self, *, now: datetime) -> Self:
        """Those who may come: visitors and members, not those still asking."""
        return self.in_force(now=now).exclude(standing=Standing.ASKED)


class Membership(Lasting):
    """Someone belongs to a group for a while; why they left is never asked or kept."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.VISITING)
    is_listening_only = models.BooleanField(_("I would rather listen"), default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(until_at=None),
                name="one_open_membership_per_group",
            )
        ]

    def __str__(self) -> str:
        return f"{self.standing}"
