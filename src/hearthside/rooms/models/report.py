"""What somebody in a room chose to show to safety, and proof that it was said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Group
from hearthside.kit.models import Row
from hearthside.rooms.enums import ReportState


class Report(Row):
    """Messages disclosed by one person, each verified before it was stored; nothing else of the room."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="room_reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="room_reports"
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    words = models.TextField(_("what you would like us to know"), max_length=2000, blank=True)
    # [{"text": str, "name": pseudonym, "at": iso, "seq": int, "proof": the report as it was sent}]
    messages = models.JSONField(default=list)
    made_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=ReportState.choices, default=ReportState.RECEIVED
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    erase_on = models.DateField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
