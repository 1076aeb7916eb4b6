"""The pool: people who said that they can step in where a meeting has nobody to lead it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Site
from hearthside.kit.models import Row


class Reserve(Row):
    """One person's word: where, when and how often they may be asked to step in."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reserve"
    )
    since = models.DateTimeField()
    # No site: none in person. Online groups need no way to go.
    sites = models.ManyToManyField(Site, blank=True, related_name="+", verbose_name=_("sites"))
    is_online = models.BooleanField(_("groups that meet online or by phone"), default=True)
    is_own_only = models.BooleanField(_("only groups that I belong to"), default=False)
    # Numbers of weekdays, Monday is 0; hours of the person's own clock.
    weekdays = models.JSONField(_("days"), default=list)
    from_hour = models.PositiveSmallIntegerField(
        _("from"), default=8, validators=[MaxValueValidator(23)]
    )
    until_hour = models.PositiveSmallIntegerField(
        _("until"), default=22, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    zone = models.CharField(max_length=64, default="UTC")
    most_a_month = models.PositiveSmallIntegerField(
        _("at most so often a month"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    is_short_notice = models.BooleanField(_("short notice is fine"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_hour__gt=models.F("from_hour")),
                name="hours_to_step_in_are_not_upside_down",
                violation_error_message=_("The second hour must be later than the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.most_a_month}"
