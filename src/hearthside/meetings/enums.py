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
    COVER = "cover", _("Covers: steps in if whoever leads cannot")
    SAFETY = "safety", _("Keeps the room safe")
    GREET = "greet", _("Greets")


class DutyWay(models.TextChoices):
    """How somebody came to be asked."""

    TEAM = "team", _("Of the team")
    POOL = "pool", _("Steps in from elsewhere")


class RungKind(models.TextChoices):
    """The rungs of the search for somebody who leads, or keeps a room safe; `rungs.Rung` in the database."""

    COVER = "cover", _("Cover was asked to lead")
    POOL = "pool", _("People who can step in were asked")
    LATE = "late", _("Everybody was asked once more, shortly before")
    LED = "led", _("Somebody led it")
    GUESTS = "guests", _("Members were offered a seat in another group")
    TOLD = "told", _("Members were told that it is not held")
    SAFETY = "safety", _("People who can step in were asked to keep the room safe")
    ALONE = "alone", _("Whoever leads was told that nobody keeps the room safe")


class CallFrom(models.TextChoices):
    """Whom somebody who leads asks to call them."""

    COORDINATOR = "coordinator", _("My coordinator")
    SAFETY_LEAD = "safety_lead", _("The safety lead")
