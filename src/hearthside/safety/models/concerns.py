"""What somebody is worried about: raised, seen, answered, and looked at again if they ask."""

from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Row
from hearthside.safety.enums import ConcernState, Done, Lane, StepKind, SubjectKind

WORDS_MAX: Final = 2000
OPEN: Final = (ConcernState.RECEIVED, ConcernState.SEEN, ConcernState.APPEALED)
ANSWERED: Final = (ConcernState.CLOSED, ConcernState.SETTLED)


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Sets of concerns."""

    def open(self) -> Self:
        """Somebody still has to do something."""
        return self.filter(state__in=OPEN)

    def answered(self) -> Self:
        return self.filter(state__in=ANSWERED)

    def with_people(self) -> Self:
        """With everybody who decides who may read it: four queries, however many they are."""
        return self.select_related("raised_by").prefetch_related(
            "parties", "pages__person", "steps__by"
        )


class Concern(Row):
    """One concern of one person. What it is about is written down as they knew it at that moment."""

    lane = models.CharField(max_length=4, choices=Lane.choices)
    kind = models.CharField(max_length=8, choices=SubjectKind.choices)
    key = models.UUIDField(null=True, blank=True)
    label = models.CharField(max_length=200, blank=True)
    # Of the group it belongs to, a floor above: so its key only.
    group = models.UUIDField(null=True, blank=True)
    words = models.TextField(max_length=WORDS_MAX, blank=True)
    # None: somebody without an account, who has a private link; or an account that is gone.
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="concerns"
    )
    is_by_visitor = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    # Made with the form, so that a second tap on the same form is no second concern.
    once = models.UUIDField(unique=True)
    state = models.CharField(
        max_length=8, choices=ConcernState.choices, default=ConcernState.RECEIVED
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    done = models.CharField(_("what could be done"), max_length=8, choices=Done.choices, blank=True)
    # How many people were on duty when it was raised, without those it must not reach.
    on_duty = models.PositiveSmallIntegerField(default=0)
    # So many calls came in that nobody was called for this one; it stands on the list all the same.
    is_call_held_back = models.BooleanField(default=False)
    # Of a call that nobody has answered: when the next person is called.
    next_call_at = models.DateTimeField(null=True, blank=True, db_index=True)
    erase_on = models.DateField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(kind=SubjectKind.MESSAGE),
                name="a_report_raises_one_concern",
            ),
            # Time alone never makes a concern go away: only what was answered is erased.
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, erase_on__isnull=False)
                | Q(state__in=OPEN, erase_on=None),
                name="only_an_answered_concern_is_erased",
            ),
            models.CheckConstraint(
                condition=~Q(done="") | Q(state__in=(ConcernState.RECEIVED, ConcernState.SEEN)),
                name="a_closed_concern_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=False) | Q(state=ConcernState.RECEIVED),
                name="nobody_answers_what_nobody_saw",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.raised_at:%Y-%m-%d}"

    @property
    def is_call(self) -> bool:
        return self.lane == Lane.NOW

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def name(self) -> str:
        """What it is about, in words for a page."""
        return self.label or str(self.get_kind_display())


class ConcernParty(Row):
    """Somebody whom a concern is about, or who leads what it is about: they are never given it.

    Threat: whoever is reported learns by whom, or judges themselves. The row goes with their account.
    """

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "concern parties"
        constraints = [
            models.UniqueConstraint(fields=["concern", "person"], name="a_party_is_named_once")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ConcernStep(Row):
    """One thing that happened to a concern, by whom and when: written once, never changed."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    words = models.TextField(max_length=WORDS_MAX, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "kind"],
                condition=~Q(kind__in=(StepKind.SAID, StepKind.ADDED)),
                name="a_step_is_taken_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}"
