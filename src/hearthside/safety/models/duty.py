"""The rota of the people on duty, and the calls that reach them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Lasting, LastingQuerySet, Row
from hearthside.safety.models.concerns import Concern


class DutyRules(Row):
    """How the programme calls people: one row, or the defaults."""

    minutes_to_answer = models.PositiveSmallIntegerField(
        _("minutes until the next person is called"),
        default=10,
        validators=[MinValueValidator(2), MaxValueValidator(120)],
    )
    is_only = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name_plural = "duty rules"
        constraints = [
            models.UniqueConstraint(fields=["is_only"], name="one_row_of_duty_rules"),
            models.CheckConstraint(
                condition=models.Q(is_only=True), name="the_duty_rules_are_the_only_ones"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_to_answer}"


class ShiftQuerySet(LastingQuerySet["Shift"]):
    """Sets of shifts."""


class Shift(Lasting):
    """One person is on duty every week at the same hours of one zone; past midnight if it ends earlier than it begins."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty_shifts"
    )
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)])
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    zone = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "weekday", "begins", "ends", "zone"],
                condition=models.Q(until_at=None),
                name="a_shift_is_written_once",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="a_week_has_seven_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins:%H:%M}"

    @property
    def day_name(self) -> str:
        return str(WEEKDAYS[self.weekday])


class Swap(Row):
    """One day of a shift that its person cannot do: free, until somebody else takes it."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="swaps")
    # The day, in the shift's zone, on which it begins.
    date = models.DateField()
    freed_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shift", "date"], name="a_day_is_freed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date}"


class Page(Row):
    """One person is called for one concern. `sent_at` is empty where no letter can be sent to them.

    `escalated_at` is when their time was over, and the next person was called.
    """

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="pages")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    called_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["called_at"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "person"], name="one_call_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.called_at:%Y-%m-%d %H:%M}"
