"""Who came to a meeting in a room: what they agreed to, how they came, and when they were here."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models

from hearthside.groups.models import GroundRules
from hearthside.kit.models import Row
from hearthside.rooms.enums import Part, Stance
from hearthside.rooms.models.room import Room

# Presence lives this long without a sign of life.
PRESENCE = timedelta(seconds=60)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Sets of entries."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)

    def here(self, *, now: datetime) -> Self:
        return self.filter(last_here_at__gt=now - PRESENCE, left_at=None)


class Entry(Row):
    """One person came through the lobby of one room. It outlives the meeting as their receipt."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="room_entries"
    )
    # Their part, and whether it was their first time, as it was when they came in.
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.MEMBER)
    is_first_time = models.BooleanField(default=False)
    stance = models.CharField(max_length=8, choices=Stance.choices, default=Stance.LISTEN)
    # The version of the ground rules said yes to in the lobby of this meeting.
    ground_rules = models.ForeignKey(
        GroundRules, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField()
    # When the gateway first and last saw a device of theirs; none: they never got past the lobby.
    first_here_at = models.DateTimeField(null=True, blank=True)
    last_here_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    # Set at the close: the day on which this receipt is erased.
    kept_until = models.DateField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["accepted_at"]
        constraints = [
            models.UniqueConstraint(fields=["room", "person"], name="one_entry_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.stance}"
