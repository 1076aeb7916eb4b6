"""The abstract shapes that rows of every app may take; no table of its own."""

import uuid
from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


class Row(models.Model):
    """A row with an unguessable key, so that an address never counts what exists."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class LastingQuerySet(models.QuerySet[M]):
    """Rows that begin and may end: half-open periods [from_at, until_at)."""

    def in_force(self, *, now: datetime) -> Self:
        return self.filter(models.Q(until_at=None) | models.Q(until_at__gt=now), from_at__lte=now)


class Lasting(Row):
    """A row that holds over a period; an open end means it still holds."""

    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True
