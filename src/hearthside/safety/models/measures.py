"""Measures: what those responsible decide about one person for a while, and the person's one appeal."""

from datetime import datetime, timedelta
from typing import Final, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import LastingQuerySet, Row
from hearthside.safety.enums import MeasureKind, MeasureReason, Verdict

# How long one person alone may decide; a day more needs the name of a second one.
ALONE: Final = {
    MeasureKind.RESTRICT: timedelta(days=30),
    MeasureKind.HOLD: timedelta(days=14),
    MeasureKind.SUSPEND: timedelta(hours=72),
}
# How long it may last at most; then somebody has to look at it anew.
LONGEST: Final = {
    MeasureKind.RESTRICT: timedelta(days=90),
    MeasureKind.HOLD: timedelta(days=90),
    MeasureKind.SUSPEND: timedelta(days=365),
}
# What keeps somebody out of meetings and rooms; a restriction lets them in to listen.
CLOSING: Final = (MeasureKind.HOLD, MeasureKind.SUSPEND)


class MeasureQuerySet(LastingQuerySet["Measure"]):
    """Sets of measures."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)

    def over(self, group: UUID) -> Self:
        """Those that count in this group: its own, and those over everything."""
        return self.filter(models.Q(group=group) | models.Q(group=None))

    def closing(self) -> Self:
        return self.filter(kind__in=CLOSING)

    def unsigned(self) -> Self:
        return self.filter(signed_at=None)

    def waiting_for_a_second(self, *, now: datetime) -> Self:
        """Those that were asked for longer than one alone may say, while there is still time to sign."""
        return self.unsigned().filter(
            ended_at=None, sign_until_at__gt=now, until_at__lt=models.F("wanted_until_at")
        )


class Measure(Row):
    """One decision about one person in one group, or (a suspension) in all of them.

    `until_at` is when it ends by itself, whatever anybody forgets: for as long as nobody else has signed,
    never later than one person alone may say (`ALONE`). `wanted_until_at` is what the author asked for,
    and counts once a second person has signed before `sign_until_at`.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="measures"
    )
    kind = models.CharField(_("what"), max_length=8, choices=MeasureKind.choices)
    # The key of a group, which is on a floor above; none: everywhere.
    group = models.UUIDField(null=True, blank=True, db_index=True)
    reason = models.CharField(_("why"), max_length=12, choices=MeasureReason.choices)
    # What the person reads, in kind words.
    told = models.TextField(_("what they read"))
    # For those who decide after the author. It may name others, so the person does not read it.
    note = models.TextField(_("note for colleagues"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"), db_index=True)
    wanted_until_at = models.DateTimeField()
    sign_until_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["-from_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=MeasureKind.SUSPEND, group=None)
                | models.Q(kind__in=[MeasureKind.RESTRICT, MeasureKind.HOLD], group__isnull=False),
                name="a_suspension_is_everywhere_and_nothing_else_is",
            ),
            models.CheckConstraint(
                condition=models.Q(until_at__gte=models.F("from_at"))
                & models.Q(until_at__lte=models.F("wanted_until_at")),
                name="a_measure_ends_and_not_later_than_was_asked",
            ),
            # Threat: one person signs their own decision. (An account that is gone is nobody's name.)
            models.CheckConstraint(
                condition=~models.Q(signed_by=models.F("by")) | models.Q(signed_by=None),
                name="the_second_signature_is_somebody_elses",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("by")) | models.Q(by=None),
                name="nobody_decides_about_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} until {self.until_at:%Y-%m-%d}"

    def is_in_force(self, *, now: datetime) -> bool:
        return self.from_at <= now < self.until_at

    def waits_for_a_second(self, *, now: datetime) -> bool:
        is_shorter = self.until_at < self.wanted_until_at
        return (
            is_shorter
            and self.signed_at is None
            and self.ended_at is None
            and now < self.sign_until_at
        )

    def decided(self) -> set[UUID]:
        """The keys of those who wrote or signed it: neither of them judges an appeal against it."""
        return {key for key in (self.by_id, self.signed_by_id) if key is not None}


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Sets of appeals."""

    def open(self) -> Self:
        return self.filter(answered_at=None)


class Appeal(Row):
    """The person says, once, that a measure is wrong; somebody who did not decide it answers."""

    measure = models.OneToOneField(Measure, on_delete=models.CASCADE, related_name="appeal")
    words = models.TextField(_("what the person says"))
    at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, verdict="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(verdict="")),
                name="an_answered_appeal_says_what_came_of_it",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict or 'open'}"
