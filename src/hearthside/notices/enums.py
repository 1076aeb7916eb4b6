"""The closed sets of notices."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Kinds of letters, each of which a person can turn off on its own."""

    BOOKED = "booked", _("You booked a seat")
    SEATED = "seated", _("A seat became free for you")
    TOMORROW = "tomorrow", _("Your meeting is tomorrow")
    SOON = "soon", _("Your meeting starts soon")
    MISSED = "missed", _("We missed you")
    MOVED = "moved", _("A meeting moved")
    CANCELLED = "cancelled", _("A meeting is cancelled")
    DUTY = "duty", _("Meetings you lead or greet at")
    ASKED = "asked", _("Asking to join a group")
    REPORT = "report", _("Concerns: yours, and those that you look at")
    CALL = "call", _("You are on duty, and somebody needs you")
    PLACE = "place", _("A place in a group for you")
    WAITING = "waiting", _("Where you stand while you wait")
    MEASURE = "measure", _("Decisions about your place, and answers")
    LINES = "lines", _("Crisis lines that have to be checked")
    CASE = "case", _("Safety cases you are named in, and answers")
    CARE = "care", _("Somebody who asks how you are, or counts on you")


# Threat: whoever looks into somebody's mail reads under a plain letter that they told us of a person, or that
# there is a record. The name of these kinds stands on the reader's own pages, and in no letter.
UNNAMED: Final = frozenset({Kind.REPORT, Kind.MEASURE, Kind.CASE, Kind.CARE})
