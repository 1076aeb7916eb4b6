"""After a meeting: two private answers of whoever had a role at it, and the wish for a call."""

from django.conf import settings
from django.db import models

from hearthside.groups.models import Group
from hearthside.kit.models import Row
from hearthside.meetings.enums import CallFrom
from hearthside.meetings.models.meeting import Meeting

HEAVIEST = 5


class Debrief(Row):
    """How heavy a meeting was for one person, and whether anything needs somebody. Nobody else ever reads it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="debriefs")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="debriefs"
    )
    weight = models.PositiveSmallIntegerField()
    needs_person = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    erase_on = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], name="one_debrief_per_meeting_and_person"
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=HEAVIEST),
                name="a_weight_from_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weight}/{HEAVIEST}"


class CallAsked(Row):
    """Somebody who leads asks for a call; how to reach them is erased as soon as it is done."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calls_asked"
    )
    # Whose coordinators are asked; a safety lead looks after all groups.
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    of = models.CharField(max_length=11, choices=CallFrom.choices)
    reach = models.CharField(max_length=160, blank=True)
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "of"],
                condition=models.Q(done_at=None),
                name="one_open_wish_for_a_call",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_of_display())
