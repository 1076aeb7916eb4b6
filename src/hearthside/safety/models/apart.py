"""People who must not meet."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Lasting, LastingQuerySet


class KeepApartQuerySet(LastingQuerySet["KeepApart"]):
    """Sets of pairs."""

    def of(self, person: object) -> Self:
        """Pairs that the person is one of, on whichever side."""
        return self.filter(models.Q(one=person) | models.Q(other=person))

    def avoided_by(self, person: object, *, now: datetime) -> set[UUID]:
        """The keys of everybody whom the person must not meet: it bars both ways."""
        pairs = self.of(person).in_force(now=now).values_list("one", "other")
        return {key for pair in pairs for key in pair} - {getattr(person, "pk", person)}


class KeepApart(Lasting):
    """Two people who must not sit in one group, for a while or for good; neither is ever told.

    Only somebody responsible for safety writes such a row. Threat: if anyone could, they would name
    somebody, look which groups close to them, and know where that person sits on a Tuesday evening.
    """

    one = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    because = models.CharField(_("why, in a few words without names"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = KeepApartQuerySet.as_manager()

    class Meta:
        constraints = [
            # The smaller key first, so that one pair is one row.
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="two_people_in_order"
            ),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=models.Q(until_at=None),
                name="two_people_are_kept_apart_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_at:%Y-%m-%d}"
