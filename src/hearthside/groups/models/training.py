"""Training of facilitators: modules worked through, sessions observed, vetting, and the sign-off that lets them lead."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.enums import ObservedPoint, SignedFor, VettingOutcome
from hearthside.groups.models.group import Group
from hearthside.kit.models import Lasting, LastingQuerySet, Row


class ModuleWork(Row):
    """One person's way through one version of a module.

    Only what was answered right is kept: a wrong answer is forgotten as soon as its why was shown.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="module_works"
    )
    module = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    right = models.JSONField(default=list, blank=True)
    begun_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "module", "version"], name="one_way_through_a_module"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module} {self.version}"


class Observation(Row):
    """Somebody who may lead sat in on a session and wrote what they saw, point by point."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="observations"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    group = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    held_on = models.DateField(_("day of the session"))
    met = models.JSONField(default=list, blank=True)
    words = models.TextField(_("in your words"), max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(by=models.F("person")), name="nobody_observes_themselves"
            )
        ]

    def __str__(self) -> str:
        return f"observed {self.held_on}"

    def is_met(self) -> bool:
        return set(ObservedPoint.values) <= set(self.met)

    def points(self) -> list[tuple[str, bool]]:
        """Each point in words, and whether it was met."""
        return [(str(point.label), point.value in self.met) for point in ObservedPoint]


class Vetting(Row):
    """What came of the checks, and when. Threat: papers about somebody's past lie around; none are ever kept here."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="vettings"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=VettingOutcome.choices)
    decided_on = models.DateField(_("day"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return str(self.get_outcome_display())

    def lets_lead(self) -> bool:
        return self.outcome != VettingOutcome.NOT_CLEAR


class SignOffQuerySet(LastingQuerySet["SignOff"]):
    """Sets of sign-offs."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)


class SignOff(Lasting):
    """A coordinator's word that somebody may lead, until its renewal date. The rows before it stay as the record."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_offs"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    basis = models.CharField(max_length=10, choices=SignedFor.choices, default=SignedFor.HERE)
    course = models.CharField(_("which course"), max_length=160, blank=True)
    course_on = models.DateField(_("finished on"), null=True, blank=True)
    # Only where nobody else could sign: what was missing is kept, for whoever coordinates later.
    is_own = models.BooleanField(default=False)
    lacked = models.JSONField(default=list, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    lapse_told_at = models.DateTimeField(null=True, blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["-from_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_at__isnull=False), name="every_sign_off_is_renewed"
            ),
            models.CheckConstraint(
                condition=models.Q(is_own=True) | ~models.Q(by=models.F("person")),
                name="nobody_signs_for_themselves_unseen",
            ),
            models.CheckConstraint(
                condition=models.Q(basis=SignedFor.HERE)
                | (~models.Q(course="") & models.Q(course_on__isnull=False)),
                name="a_course_elsewhere_has_a_name_and_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()} {self.from_at:%Y-%m-%d}"

    def holds(self, *, now: datetime) -> bool:
        return self.from_at <= now and (self.until_at is None or now < self.until_at)
