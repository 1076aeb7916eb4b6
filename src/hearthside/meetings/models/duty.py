"""The rota: who leads, covers, keeps the room safe and greets at one meeting, and whether they said so."""

from typing import Self

from django.conf import settings
from django.db import models

from hearthside.kit.models import Row
from hearthside.meetings.enums import DutyKind, DutyWay
from hearthside.meetings.models.meeting import Meeting


class DutyQuerySet(models.QuerySet["Duty"]):
    """Sets of duties."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)

    def leading(self) -> Self:
        return self.filter(kind=DutyKind.LEAD)

    def standing_by(self) -> Self:
        """Those to lead, and those to step in for them."""
        return self.filter(kind__in=[DutyKind.LEAD, DutyKind.COVER])

    def keeping_safe(self) -> Self:
        return self.filter(kind=DutyKind.SAFETY)

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def unanswered(self) -> Self:
        return self.filter(confirmed_at=None, declined_at=None, freed_at=None)


class Duty(Row):
    """One person has one thing to do at one meeting; unanswered until they say yes or no."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="duties")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties"
    )
    kind = models.CharField(max_length=6, choices=DutyKind.choices)
    # Empty for whoever was asked before there was a ladder: two of them may have said that they lead.
    way = models.CharField(max_length=4, choices=DutyWay.choices, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    # Said yes when somebody else already led: thanked, and free.
    freed_at = models.DateTimeField(null=True, blank=True)
    # Tapped “I am here”, where there is no room of ours in which that can be seen.
    here_at = models.DateTimeField(null=True, blank=True)
    times = models.PositiveSmallIntegerField(default=1)
    # Whoever leads asked whoever covers to change places.
    swap_asked_at = models.DateTimeField(null=True, blank=True)

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
            models.CheckConstraint(
                condition=models.Q(freed_at=None) | models.Q(confirmed_at=None, declined_at=None),
                name="who_is_freed_has_no_other_answer",
            ),
            # Whatever goes wrong above it, two people never both lead one meeting.
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(kind=DutyKind.LEAD, confirmed_at__isnull=False)
                & ~models.Q(way=""),
                name="one_person_leads_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def is_open(self) -> bool:
        return self.confirmed_at is None and self.declined_at is None and self.freed_at is None
