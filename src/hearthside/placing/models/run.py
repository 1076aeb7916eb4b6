"""One run of the placement for a site: a proposal that changes nothing until people accept it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Experience, Group, Site
from hearthside.kit.models import Row
from hearthside.placing.enums import Stand
from hearthside.placing.models.request import Request


class Load(Row):
    """The most people that one facilitator looks after, over all their groups."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="load"
    )
    people_max = models.PositiveSmallIntegerField(_("most people"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.people_max)


class Run(Row):
    """Asked for by a coordinator, worked on in the background, then looked at as a list of proposals.

    `settings` are what the coordinator chose (floor, seconds, whether groups may open); `progress` is
    the engine's latest word while it works; `result` the sums that the page shows when it is done.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="runs")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    stand = models.CharField(max_length=8, choices=Stand.choices, default=Stand.WAITING)
    settings = models.JSONField(default=dict)
    progress = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    begun_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            # A run takes a core and much memory for a minute: every other waits for its turn.
            models.UniqueConstraint(
                fields=["stand"],
                condition=models.Q(stand=Stand.RUNNING),
                name="one_run_is_worked_on_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class Opening(Row):
    """A group that does not exist yet: so many who wait have this in common and this hour free."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="openings")
    experience = models.ForeignKey(Experience, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12)
    way = models.CharField(max_length=12)
    place = models.CharField(max_length=120, blank=True)
    weekday = models.PositiveSmallIntegerField()
    minute = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)
    people = models.PositiveSmallIntegerField()
    # Set when the coordinator has made a draft group of it.
    group = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.weekday} {self.minute}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Sets of proposals."""

    def accepted(self) -> Self:
        """Those that a coordinator has said yes to."""
        return self.exclude(accepted_at=None)

    def to_offer(self) -> Self:
        """Those of them that nobody has come to yet."""
        return self.accepted().filter(settled_at=None)


class Proposal(Row):
    """For one person: a group, a group that could open, or (neither) to wait on; and why, in codes.

    `accepted_at` is a coordinator's yes. It is carried out at `settled_at`: the person was invited, or
    `refused` says in a code why not.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposals")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="proposals")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True)
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, null=True, blank=True)
    fit = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    why_not = models.JSONField(default=list)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    refused = models.CharField(max_length=30, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "request"], name="one_proposal_per_person"),
            models.CheckConstraint(
                condition=models.Q(group=None) | models.Q(opening=None),
                name="a_proposal_leads_to_one_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.fit)
