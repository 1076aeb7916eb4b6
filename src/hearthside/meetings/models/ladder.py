"""Which rungs the search for somebody to lead a meeting has climbed, and how it ended."""

from typing import Self

from django.db import models

from hearthside.kit.models import Row
from hearthside.meetings.enums import RungKind
from hearthside.meetings.models.meeting import Meeting

ENDS = [RungKind.LED, RungKind.GUESTS, RungKind.TOLD]


class ClimbQuerySet(models.QuerySet["Climb"]):
    """Sets of climbs."""

    def ends(self) -> Self:
        return self.filter(rung__in=ENDS)


class Climb(Row):
    """A rung was climbed for a meeting, once. Its unique row decides between two workers."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="climbs")
    rung = models.CharField(max_length=6, choices=RungKind.choices)
    # The pool is asked in waves, counted from 1; every other rung is climbed once.
    wave = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    objects = ClimbQuerySet.as_manager()

    class Meta:
        ordering = ["at", "wave"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "rung", "wave"], name="a_rung_is_climbed_once"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(rung__in=ENDS),
                name="a_meeting_ends_in_one_way",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_rung_display())
