"""Aftercare: somebody asks how a person is, a day and three days after something hard, if the person wants that."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models

from hearthside.kit.models import Row
from hearthside.safety.enums import CheckInOutcome

# After a day, and after three (safety.md of the field: contact within 24 and 72 hours).
AFTER: Final = (timedelta(hours=24), timedelta(hours=72))


class CareQuerySet(models.QuerySet["Care"]):
    """Sets of offers."""

    def unanswered(self) -> Self:
        return self.filter(agreed_at=None, declined_at=None)


class Care(Row):
    """Somebody offers to ask how a person is, or the person asks for it. Nothing happens without their yes.

    What it was about is not kept here.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="care"
    )
    # Who will be in touch, by name.
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    offered_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    objects = CareQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "care"
        ordering = ["-offered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "keeper"],
                condition=models.Q(agreed_at=None, declined_at=None),
                name="one_open_offer_of_care",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("keeper")),
                name="nobody_checks_in_on_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offered_at:%Y-%m-%d}"


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Sets of check-ins."""

    def open(self) -> Self:
        return self.filter(outcome="")

    def due(self, *, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now)


class CheckIn(Row):
    """One time at which the keeper is in touch; what was said stays between the two."""

    care = models.ForeignKey(Care, on_delete=models.CASCADE, related_name="check_ins")
    due_at = models.DateTimeField(db_index=True)
    outcome = models.CharField(max_length=7, choices=CheckInOutcome.choices, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(fields=["care", "due_at"], name="a_check_in_is_due_once"),
            models.CheckConstraint(
                condition=models.Q(outcome="", done_at=None)
                | (~models.Q(outcome="") & models.Q(done_at__isnull=False)),
                name="a_check_in_that_is_over_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d}"
