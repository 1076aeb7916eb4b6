"""What somebody looks for, kept because they asked us to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Experience
from hearthside.kit.models import Row


class Wish(Row):
    """One person's search, without the words they wrote, and which experience is the main one.

    `search` is what `finder.search.Search.packed` gives. The place is as exact as a town.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wish"
    )
    main = models.ForeignKey(
        Experience,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("what matters most to you"),
    )
    search = models.JSONField(default=dict)
    zone = models.CharField(max_length=64, default="UTC")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_new = models.BooleanField(_("I have not been to such a group before"), default=True)
    kept_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.changed_at:%Y-%m-%d}"
