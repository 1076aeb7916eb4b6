"""What somebody in a room chose to show to safety, and proof that it was said."""

from django.conf import settings
from django.db import models

from hearthside.groups.models import Group
from hearthside.kit.models import Row


class Report(Row):
    """Messages disclosed by one person, each with its proof; nothing else of the room.

    It raises a concern whose key is this row's: what they wrote, how far it is, and the answer are there.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="room_reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="room_reports"
    )
    # The one other person who is proven to have said them; nobody is named for what is not proven.
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # [{"text": str, "name": pseudonym, "at": iso, "seq": int, "proof": the report as it was sent,
    #   "is_verified": bool}]; what is not verified has neither name nor time.
    messages = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
