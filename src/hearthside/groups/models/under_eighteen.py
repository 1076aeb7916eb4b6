"""The programme admits people under 18: since when, who answers for their safety, who decided it."""

from typing import Self

from django.conf import settings
from django.db import models

from hearthside.kit.models import Lasting, LastingQuerySet


class UnderEighteenQuerySet(LastingQuerySet["UnderEighteen"]):
    """Sets of such stretches of time."""

    def answered(self) -> Self:
        """The one that is open, if whoever answers for it is still here."""
        return self.filter(until_at=None, lead__is_active=True)


class UnderEighteen(Lasting):
    """One stretch of time in which people under 18 are admitted. None that is open: adults only.

    Groups for young people stay hidden while none is open, so that they never go on with nobody named.
    """

    # The safety lead who answers for children; nobody once their account is gone, and then it has ended.
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    is_only = models.BooleanField(default=True, editable=False)

    objects = UnderEighteenQuerySet.as_manager()

    class Meta:
        ordering = ["-from_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_only"],
                condition=models.Q(until_at=None),
                name="people_under_18_are_admitted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_at:%Y-%m-%d}"
