"""The closed sets of finder."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """A way to come to a meeting; a hybrid group has two."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    PHONE = "phone", _("By phone")


class Part(models.TextChoices):
    """A part of the day, as the grid of free times asks for it."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


class IAm(models.TextChoices):
    """What somebody may tell us of themselves, for one search."""

    WOMEN = "women", _("A woman")
    MEN = "men", _("A man")
    LGBTQ = "lgbtq", _("LGBTQ+")


class Only(models.TextChoices):
    """A wish for a group that is limited to some people."""

    WOMEN = "women", _("Women only")
    MEN = "men", _("Men only")
    LGBTQ = "lgbtq", _("LGBTQ+ people only")


# What the engine calls the wish for such a group: a need like any other, for a rule that shuts out
# nobody who has not said otherwise.
LGBTQ_ONLY = "lgbtq_only"


class Felt(models.TextChoices):
    """How a visit felt, in one tap."""

    RIGHT = "right", _("It felt right")
    UNSURE = "unsure", _("Not sure yet")
    NOT_FOR_ME = "not_for_me", _("Not for me")
    UNSAID = "unsaid", _("Rather not say")
