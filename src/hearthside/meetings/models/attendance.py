"""Who came, and a facilitator's note that holds no names."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Row
from hearthside.meetings.enums import Mark
from hearthside.meetings.models.meeting import Meeting


class Attendance(Row):
    """What the roster says about one person at one meeting, and who wrote it down."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attendances"
    )
    mark = models.CharField(max_length=6, choices=Mark.choices)
    arrived_at = models.DateTimeField(_("came at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_mark_per_person")
        ]

    def __str__(self) -> str:
        return str(self.get_mark_display())


class Note(Row):
    """A facilitator's note on how a meeting went; it may not hold names."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="note")
    text = models.TextField(_("note"), max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:40]
