"""Flags: a member says that something about a person was not all right; and the look that several of them ask for."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Row
from hearthside.safety.enums import LookOutcome, MeasureReason

# What was said longer ago says nothing about today, and is erased.
COUNTED: Final = timedelta(days=90)


class FlagQuerySet(models.QuerySet["Flag"]):
    """Sets of flags."""

    def counted(self, *, now: datetime) -> Self:
        return self.filter(at__gt=now - COUNTED)


class Flag(Row):
    """One person about another, once. It weighs, and does nothing else.

    Threat: a circle of friends silences somebody overnight. So no number of flags ever keeps anybody from
    anything: all that they can bring about is that a person looks (`Look`), and that person decides.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="flags_made"
    )
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The key of the group in which it was, on a floor above; none: nowhere in particular.
    group = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=MeasureReason.choices)
    at = models.DateTimeField(db_index=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "about"], name="one_flag_about_each_person"),
            models.CheckConstraint(
                condition=~models.Q(by=models.F("about")), name="nobody_flags_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}"


class LookQuerySet(models.QuerySet["Look"]):
    """Sets of looks."""

    def open(self) -> Self:
        return self.filter(looked_at=None)


class Look(Row):
    """People who do not seem to know each other flagged one person: somebody responsible looks at it, at once.

    The person notices nothing of it. How many flagged is kept, and who they were is not.
    """

    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks"
    )
    # Where most of the flags were made; none: in no group.
    group = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    voices = models.PositiveSmallIntegerField()
    flags = models.PositiveSmallIntegerField()
    outcome = models.CharField(
        _("what came of it"), max_length=8, choices=LookOutcome.choices, blank=True
    )
    words = models.TextField(blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about"],
                condition=models.Q(looked_at=None),
                name="one_look_at_a_person_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(looked_at=None, outcome="")
                | (models.Q(looked_at__isnull=False) & ~models.Q(outcome="")),
                name="whoever_looked_says_what_came_of_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voices}"
