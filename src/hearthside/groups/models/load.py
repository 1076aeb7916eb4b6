"""How much somebody wants to lead, and when a coordinator asked for more all the same."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models.group import Group
from hearthside.kit.models import Row


class LoadLimit(Row):
    """One person's own limits; without a row, those of the programme."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="load_limit"
    )
    groups = models.PositiveSmallIntegerField(_("groups at most"))
    meetings = models.PositiveSmallIntegerField(_("meetings a week at most"))
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.groups}/{self.meetings}"


class LoadOverride(Row):
    """A coordinator gave somebody more than their limit, and said why; the person can read it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="load_overrides"
    )
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    because = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.because[:40]
