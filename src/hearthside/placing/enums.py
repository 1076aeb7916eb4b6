"""The closed sets of placing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ended(models.TextChoices):
    """Why somebody does not wait any more."""

    PLACED = "placed", _("Has a place")
    WITHDRAWN = "withdrawn", _("Does not wish to wait any more")


class Verdict(models.TextChoices):
    """What a coordinator has decided about one person and one group, whatever a run finds."""

    PIN = "pin", _("This group, please")
    FORBID = "forbid", _("Not this group")


class Answer(models.TextChoices):
    """What somebody said to a place they were offered."""

    ACCEPTED = "accepted", _("Yes")
    DECLINED = "declined", _("No, thank you")


class Because(models.TextChoices):
    """Why a place did not suit, in one tap and only if somebody likes to say."""

    TIME = "time", _("The time")
    DISTANCE = "distance", _("The way there")
    NOT_FOR_ME = "not_for_me", _("It is not for me")


class Stand(models.TextChoices):
    """Where a run stands."""

    WAITING = "waiting", _("About to begin")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be finished")
