"""How a visit felt: one tap, for the person's own next suggestions."""

from django.conf import settings
from django.db import models

from hearthside.finder.enums import Felt
from hearthside.groups.models import Group
from hearthside.kit.models import Row
from hearthside.meetings.models import Meeting


class Impression(Row):
    """What one person said of one visit. Nobody else ever reads it: no facilitator, no coordinator."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="impressions"
    )
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    felt = models.CharField(max_length=12, choices=Felt.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "meeting"], name="one_impression_of_a_visit")
        ]

    def __str__(self) -> str:
        return str(self.get_felt_display())
