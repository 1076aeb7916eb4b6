"""Somebody asked a site to find a place for them."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from hearthside.finder.models import Wish
from hearthside.groups.models import Group, Site
from hearthside.kit.models import Lasting, LastingQuerySet, Row
from hearthside.placing.enums import Ended, Verdict


class RequestQuerySet(LastingQuerySet["Request"]):
    """Sets of requests."""

    def open(self) -> Self:
        return self.filter(until_at=None)

    def of(self, person: object) -> Self:
        return self.filter(person=person)

    def at(self, site: Site) -> Self:
        return self.filter(site=site)


class Request(Lasting):
    """Waiting since `from_at`; over at `until_at`. What they look for stands in their wish;
    a request that is over outlives it, so that no group is offered again that they said no to.

    `told_at` is when a letter last said where they stand; `still_at` when they last said, after they
    had found a group by themselves, that they wait all the same.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="requests"
    )
    wish = models.ForeignKey(
        Wish, on_delete=models.SET_NULL, related_name="requests", null=True, blank=True
    )
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="requests")
    ended = models.CharField(max_length=12, choices=Ended.choices, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    still_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["from_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "site"],
                condition=models.Q(until_at=None),
                name="one_open_request_per_site",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_at:%Y-%m-%d}"

    def is_open(self) -> bool:
        return self.until_at is None

    @property
    def sought(self) -> Wish:
        """What somebody who waits looks for; forgetting it ends the waiting first."""
        assert self.wish is not None
        return self.wish

    def weeks(self, *, now: datetime) -> int:
        """Whole weeks of waiting so far."""
        return (now - self.from_at).days // 7


class TogetherQuerySet(models.QuerySet["Together"]):
    """Sets of pairs, and of words that one of a pair has yet to type in."""

    def agreed(self) -> Self:
        return self.exclude(agreed_at=None)

    def of(self, person: object) -> Self:
        """On whichever side."""
        return self.filter(models.Q(asked_by=person) | models.Q(other=person))


class Together(Row):
    """Two people would like to come to the same group; it counts once both have said so.

    Pairs that share somebody are one company, of four people at most.
    """

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    # Said to the other outside; whoever types it in is the other.
    code = models.CharField(max_length=40, unique=True)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects = TogetherQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by"],
                condition=models.Q(other=None),
                name="one_open_code_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(other=None) | ~models.Q(other=models.F("asked_by")),
                name="a_pair_is_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(other=None, agreed_at=None)
                | models.Q(other__isnull=False, agreed_at__isnull=False),
                name="a_pair_agreed_once_both_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"


class Decision(Row):
    """A coordinator's word on one person and one group; it holds for every run until taken back."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="decisions")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "group"], name="one_decision_per_person_and_group"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(verdict=Verdict.PIN),
                name="a_person_is_pinned_to_one_group",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_verdict_display())
