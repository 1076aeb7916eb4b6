"""The rota: who leads and who greets at one meeting, and whether they said so."""

from typing import Self

from django.conf import settings
from django.db import models

from hearthside.kit.models import Row
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models.meeting import Meeting


class DutyQuerySet(models.QuerySet["Duty"]):
    """Sets of duties."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)

    def leading(self) -> Self:
        return self.filter(kind=DutyKind.LEAD)

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class Duty(Row):
    """One person has one thing to do at one meeting; unanswered until they say yes or no."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="duties")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties"
    )
    kind = models.CharField(max_length=5, choices=DutyKind.choices)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "kind"], name="a_duty_is_asked_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(declined_at=None),
                name="a_duty_is_confirmed_or_declined",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
