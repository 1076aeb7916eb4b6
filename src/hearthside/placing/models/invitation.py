"""A place in a group that somebody was offered."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from hearthside.groups.models import Group
from hearthside.kit.models import Row
from hearthside.placing.enums import Answer, Because
from hearthside.placing.models.request import Request
from hearthside.placing.models.run import Proposal


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Sets of invitations."""

    def standing(self, *, now: datetime) -> Self:
        """Those that still wait for an answer: each keeps one place free in its group."""
        return self.filter(answer="", withdrawn_at=None, expires_at__gt=now)

    def lapsed(self, *, now: datetime) -> Self:
        """Those that nobody answered in time and that still wait to be put away."""
        return self.filter(answer="", withdrawn_at=None, expires_at__lte=now)

    def declined(self) -> Self:
        return self.filter(answer=Answer.DECLINED)

    def of(self, person: object) -> Self:
        return self.filter(request__person=person)


class Invitation(Row):
    """Nobody is placed without saying yes. Until `expires_at` the place is kept for them.

    One that ran out was withdrawn at the moment when it did; `reasons` are codes, as the run gave them.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="invitations")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reasons = models.JSONField(default=list)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Said for the next proposal, and emptied with it.
    because = models.CharField(max_length=12, choices=Because.choices, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "group"],
                condition=models.Q(answer="", withdrawn_at=None),
                name="a_place_is_offered_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"

    def stands(self, *, now: datetime) -> bool:
        return not self.answer and self.withdrawn_at is None and now < self.expires_at

    def has_lapsed(self, *, now: datetime) -> bool:
        """Nobody answered in time; one that was taken back before that did not lapse."""
        over_at = self.withdrawn_at or now
        return not self.answer and over_at >= self.expires_at

    def is_accepted(self) -> bool:
        return self.answer == Answer.ACCEPTED

    def is_declined(self) -> bool:
        return self.answer == Answer.DECLINED
