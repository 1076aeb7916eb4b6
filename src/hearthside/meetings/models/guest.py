"""Guests: groups with room for people whose own meeting cannot be held, and those who come."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Group
from hearthside.kit.models import Row
from hearthside.meetings.models.meeting import Meeting


class Welcome(Row):
    """A group said that it takes guests when a group like it cannot meet; no row, no guests."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="welcome")
    seats = models.PositiveSmallIntegerField(
        _("seats for guests"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seats}"


class Haven(Row):
    """The people of one meeting, which is not held, may come to another as guests."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="havens")
    host = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests_of")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "host"], name="a_haven_is_offered_once"),
            models.CheckConstraint(
                condition=~models.Q(meeting=models.F("host")), name="a_haven_is_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Guest(Row):
    """One person comes to one meeting of a group without joining it."""

    haven = models.ForeignKey(Haven, on_delete=models.CASCADE, related_name="guests")
    # The meeting that they come to, beside the haven, so that a person is its guest once.
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guest_visits"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="a_guest_comes_once")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
