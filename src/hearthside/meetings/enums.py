"""The closed sets of meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mark(models.TextChoices):
    """What the roster says about one person at one meeting."""

    CAME = "came", _("Came")
    LATE = "late", _("Came late")
    LEFT = "left", _("Left early")
    MISSED = "missed", _("Did not come")


class DutyKind(models.TextChoices):
    """What someone has promised to do at one meeting."""

    LEAD = "lead", _("Leads")
    GREET = "greet", _("Greets")
