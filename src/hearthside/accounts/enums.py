"""The closed sets of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What a person may agree to, each on its own."""

    TERMS = "terms", _("Using this service")
    HEALTH = (
        "health",
        _("Keeping which groups I join, which may say something about my health or life"),
    )
    REMINDERS = "reminders", _("E-mails about meetings I book")
