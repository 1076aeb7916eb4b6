"""A series (the rule by which a group meets) and its meetings (each single time)."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthside.groups.enums import Stage
from hearthside.groups.models import Group
from hearthside.kit.models import Row
from hearthside.rooms.models import Room
from peerkit.calendar import Recurrence


class SeriesQuerySet(models.QuerySet["Series"]):
    """Sets of series."""

    def running(self) -> Self:
        """Not ended, of groups that meet or are being set up."""
        return self.filter(ended_at=None, group__stage__in=[Stage.DRAFT, Stage.OPEN])


class Series(Row):
    """The rule by which a group meets: RFC 5545, in the group's own zone."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="series")
    # Wall-clock time in `zone`, kept without an offset so that 19:00 stays 19:00 when the clocks change.
    starts_local = models.CharField(max_length=16, help_text="YYYY-MM-DDTHH:MM")
    zone = models.CharField(_("time zone"), max_length=64)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    rule = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        ordering = ["starts_local"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=720),
                name="a_meeting_lasts_5_to_720_minutes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_local} {self.zone} {self.rule}"

    def recurrence(self) -> Recurrence:
        return Recurrence(
            starts=datetime.fromisoformat(self.starts_local),
            zone=self.zone,
            minutes=self.minutes,
            rule=self.rule,
        )


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Sets of meetings."""

    def upcoming(self, *, now: datetime) -> Self:
        return self.filter(ends_at__gt=now).order_by("starts_at")

    def overlapping(self, other: "Meeting") -> Self:
        return self.filter(starts_at__lt=other.ends_at, ends_at__gt=other.starts_at).exclude(
            pk=other.pk
        )

    def standing(self) -> Self:
        """Those that take place: not cancelled."""
        return self.filter(cancellation=None)

    def within(self, *, from_at: datetime, until_at: datetime) -> Self:
        return self.filter(starts_at__gte=from_at, starts_at__lt=until_at)

    def with_group(self) -> Self:
        return self.select_related("group__site", "cancellation", "room")

    def with_counts(self) -> Self:
        """With `taken` and `waiting`: how many hold a seat, how many wait for one."""
        open_seats = models.Q(seats__released_at=None)
        return self.annotate(
            taken=models.Count("seats", filter=open_seats & models.Q(seats__number__isnull=False)),
            waiting=models.Count("seats", filter=open_seats & models.Q(seats__number=None)),
        )


class Meeting(Row):
    """One single meeting. `local_start` (the recurrence id) keeps its identity when it is moved."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="meetings")
    local_start = models.CharField(max_length=16)
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField(_("starts"), db_index=True)
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    moved_from = models.DateTimeField(null=True, blank=True)
    # Counts changes (moved, cancelled, restored), so that calendars know the newest; RFC 5545 SEQUENCE.
    revision = models.PositiveSmallIntegerField(default=0)
    seats_max = models.PositiveSmallIntegerField(_("seats"))
    topic = models.CharField(_("topic"), max_length=160, blank=True)
    # Of groups that meet in a room, once somebody was at its door.
    room = models.OneToOneField(
        Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="meeting"
    )

    # Set by `with_counts` alone.
    taken: int
    waiting: int

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["group", "starts_at"], name="meetings_of_a_group_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "local_start"], name="a_meeting_is_made_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="a_meeting_has_a_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.starts_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    def is_cancelled(self) -> bool:
        return hasattr(self, "cancellation")

    def is_over(self, *, now: datetime) -> bool:
        return self.ends_at <= now

    def has_begun(self, *, now: datetime) -> bool:
        return self.starts_at <= now

    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


class Move(Row):
    """A meeting was given another time: who did it, when, and from what to what."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="moves")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    old_starts_at = models.DateTimeField()
    old_ends_at = models.DateTimeField()
    new_starts_at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"moved {self.at:%Y-%m-%d}"


class Cancellation(Row):
    """A meeting will not take place: who said so, when, and what members are told."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="cancellation")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    message = models.CharField(_("what members are told"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"cancelled {self.at:%Y-%m-%d}"
