"""A seat at one meeting, or a place on its waiting list."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Row
from hearthside.meetings.models.meeting import Meeting


class SeatQuerySet(models.QuerySet["Seat"]):
    """Sets of seats."""

    def open(self) -> Self:
        return self.filter(released_at=None)

    def held(self) -> Self:
        return self.open().filter(number__isnull=False)

    def waiting(self) -> Self:
        """In the order in which people asked."""
        return self.open().filter(number=None).order_by("asked_at", "id")

    def with_position(self) -> Self:
        """With `ahead`: how many people asked earlier and wait at the same meeting."""
        asked_earlier = models.Q(asked_at__lt=models.OuterRef("asked_at"))
        same_moment = models.Q(asked_at=models.OuterRef("asked_at"), id__lt=models.OuterRef("id"))
        line = Seat.objects.waiting().filter(
            asked_earlier | same_moment, meeting=models.OuterRef("meeting")
        )
        counted = (
            line.order_by().values("meeting").annotate(count=models.Count("pk")).values("count")
        )
        return self.annotate(ahead=Coalesce(models.Subquery(counted), 0))

    def of(self, person: object) -> Self:
        return self.filter(person=person)

    def upcoming(self, *, now: datetime) -> Self:
        return self.open().filter(meeting__ends_at__gt=now)


class Seat(Row):
    """One person's place at one meeting. A number is a chair; without a number, the person waits.

    Two people can never sit on one chair: (meeting, number) is unique among open seats, and numbers
    run from 1 to the meeting's `seats_max`.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats"
    )
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    seated_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    is_listening_only = models.BooleanField(_("I would rather listen"), default=True)

    # Set by `with_position` alone.
    ahead: int

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(released_at=None),
                name="one_open_seat_per_person",
            ),
            models.UniqueConstraint(
                fields=["meeting", "number"],
                condition=models.Q(released_at=None),
                name="one_person_per_chair",
            ),
            models.CheckConstraint(
                condition=models.Q(number=None) | models.Q(number__gte=1),
                name="chairs_count_from_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or 'waiting'}"

    def is_waiting(self) -> bool:
        return self.number is None and self.released_at is None
