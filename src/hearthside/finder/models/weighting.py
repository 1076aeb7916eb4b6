"""How much each thing counts when groups are ranked, as the programme set it."""

from django.conf import settings
from django.db import models

from hearthside.kit.models import Row


class Weighting(Row):
    """One version of the weights; the newest is in force, and all earlier ones can be gone back to.

    `weights` holds the fields of `peerkit.matching.Weights`.
    """

    weights = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
