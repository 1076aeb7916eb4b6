"""The programme (one per installation) and its sites."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Row


class Programme(Row):
    """The organisation whose installation this is: exactly one row."""

    name = models.CharField(_("name"), max_length=120)
    welcome = models.TextField(_("what we say first"), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    contact_email = models.EmailField(_("how people reach us"), blank=True)
    visits = models.PositiveSmallIntegerField(_("visits before becoming a member"), default=3)
    # From this moment only trained and signed facilitators lead; none means that anyone named may.
    training_from = models.DateTimeField(_("only trained people lead from"), null=True, blank=True)
    training_years = models.PositiveSmallIntegerField(_("years until renewal"), default=2)
    load_groups = models.PositiveSmallIntegerField(_("groups to lead at most"), default=3)
    load_meetings = models.PositiveSmallIntegerField(_("meetings a week at most"), default=3)
    is_only = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_only"], name="one_programme_per_installation"),
            models.CheckConstraint(
                condition=models.Q(is_only=True), name="the_programme_is_the_only_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Site(Row):
    """A locality of the programme: a town, a hospital, a campus, or "online"."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address on this site"), max_length=64, unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    contact_email = models.EmailField(_("how people reach us"), blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
