"""Imports of published lists, row by row, and the secret addresses of personal calendars."""

from datetime import datetime
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Group, Site
from hearthside.kit.models import Lasting, LastingQuerySet, Row


class RowChange(models.TextChoices):
    """What applying an imported row would do."""

    NEW = "new", _("New group")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("No change")
    GONE = "gone", _("No longer in the list")
    REFUSED = "refused", _("Cannot be used as it is")

    @classmethod
    def effective(cls) -> "list[RowChange]":
        """Those that change something."""
        return [cls.NEW, cls.CHANGED, cls.GONE]


class RowOutcome(models.TextChoices):
    """How well a row of a list could be read."""

    UNDERSTOOD = "understood", _("Understood")
    REPAIRED = "repaired", _("Repaired")
    REFUSED = "refused", _("Refused")


def _author() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )


class Import(Row):
    """One reading of one published list: first a proposal, then applied, perhaps undone."""

    # The list's own name: with the short name of a row, it makes a group known again next time.
    source = models.CharField(max_length=120, db_index=True)
    # Where this reading came from: an address, or the name of a file.
    origin = models.CharField(max_length=500, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="imports")
    # What was mended before any row could be read.
    notes = models.JSONField(default=list)
    read_at = models.DateTimeField()
    read_by = _author()
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = _author()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = _author()

    class Meta:
        ordering = ["-read_at"]

    def __str__(self) -> str:
        return f"{self.source} {self.read_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("import", args=[self.pk])


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Sets of rows of lists."""

    def waiting(self) -> Self:
        """Those that would change something and that nobody has said yes to."""
        return self.filter(approved_at=None, change__in=RowChange.effective())

    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)


class ImportRow(Row):
    """One row of a list: what was understood, what was repaired and how, and what it would change."""

    reading = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    index = models.PositiveIntegerField()
    slug = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=255, blank=True)
    # Empty for a group that is no longer in the list.
    outcome = models.CharField(max_length=10, choices=RowOutcome.choices, blank=True)
    change = models.CharField(max_length=8, choices=RowChange.choices)
    notes = models.JSONField(default=list)
    # What the group would say, field by field: {"field": [now, proposed]}.
    difference = models.JSONField(default=dict)
    proposed = models.JSONField(default=dict)
    group = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["index", "slug"]

    def __str__(self) -> str:
        return f"{self.index} {self.name}"


def digest_of(secret: str) -> str:
    """What is kept of a secret; long and random, it needs no slow hash."""
    return sha256(secret.encode()).hexdigest()


class CalendarLinkQuerySet(LastingQuerySet["CalendarLink"]):
    """Sets of calendar links."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)


class CalendarLink(Lasting):
    """A secret address that shows one person's meetings to their calendar until they revoke it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_links"
    )
    # Only a digest is kept: whoever steals the database cannot read anyone's calendar.
    digest = models.CharField(max_length=64, unique=True)
    is_discreet = models.BooleanField(_("say only “Appointment”"), default=True)
    last_read_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(
        null=True, blank=True
    )

    objects = CalendarLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar link of {self.from_at:%Y-%m-%d}"
