"""The closed sets of rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a room is for."""

    MEETING = "meeting", _("Meeting")
    SIDE = "side", _("Private word")


class Phase(models.TextChoices):
    """How far a meeting in a room has come."""

    WAITING = "waiting", _("Not begun")
    OPEN = "open", _("Open")
    CLOSING = "closing", _("Coming to an end")
    CLOSED = "closed", _("Closed")


class Part(models.TextChoices):
    """What somebody is in a room. Who leads, and who keeps it safe, is said by the room itself."""

    FACILITATOR = "facilitator", _("Facilitator")
    GREETER = "greeter", _("Greeter")
    MEMBER = "member", _("Member")


class Stance(models.TextChoices):
    """How somebody comes to this meeting, chosen anew each time."""

    SPEAK = "speak", _("I may want to speak")
    LISTEN = "listen", _("I would rather listen")
    TIME = "time", _("I would like some time today")


class Exclusion(models.TextChoices):
    """Why somebody who has a seat may not be in the room."""

    HELD = "held", _("Asked to wait outside")
    REMOVED = "removed", _("Removed for this meeting")
    # Never in a row: a decision of safety, over more than one meeting.
    MEASURE = "measure", _("On a break from meetings")


class Step(models.TextChoices):
    """The parts of a meeting, in their order."""

    WELCOME = "welcome", _("Welcome")
    GROUND_RULES = "rules", _("Ground rules")
    CHECK_IN = "check_in", _("Check-in round")
    TOPIC = "topic", _("Topic")
    CLOSE = "close", _("Closing round")


class EnvelopeKind(models.IntegerChoices):
    """What the header of an envelope tells about what is sealed inside; see docs/engines/wire.md."""

    SAY = 1, _("Something said")
    SOFT = 2, _("A reaction, an edit or a take-back")
    COMMIT = 3, _("A change of keys")
    FOUNDED = 4, _("The first keys")
