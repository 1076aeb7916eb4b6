"""The closed sets of safety, in words that people understand."""

from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearthside.safety.helplines import Channel, DeafBy, Kind
from hearthside.safety.ledger import Outcome, State

KIND_NAMES: Final[dict[Kind, str | Promise]] = {
    Kind.EMERGENCY: _("Emergency"),
    Kind.SUICIDE_CRISIS: _("Thoughts of suicide, or a crisis"),
    Kind.URGENT_MENTAL_HEALTH: _("Urgent help with mental health"),
    Kind.LISTENING: _("Someone who listens"),
    Kind.DOMESTIC_ABUSE: _("Someone at home hurts or scares me"),
    Kind.SEXUAL_ASSAULT: _("Rape and sexual assault"),
    Kind.CRIME_VICTIMS: _("After a crime"),
    Kind.SUBSTANCE: _("Alcohol, drugs or gambling"),
    Kind.CHILDREN: _("Children and young people"),
    Kind.PROTECTION: _("Worried about a child, or an adult at risk"),
    Kind.LGBTQ: _("LGBTQ+ people"),
}


CHANNEL_NAMES: Final[dict[Channel, str | Promise]] = {
    Channel.CALL: _("Call"),
    Channel.TEXT: _("Text message"),
    Channel.WHATSAPP: _("WhatsApp"),
    Channel.CHAT: _("Chat"),
    Channel.DEAF: _("For people who cannot hear or speak on the phone"),
}

DEAF_NAMES: Final[dict[DeafBy, str | Promise]] = {
    DeafBy.RELAY: _("Through a relay service"),
    DeafBy.TEXT: _("By text message"),
    DeafBy.SIGN: _("By video, in sign language"),
}

OUTCOME_NAMES: Final[dict[Outcome, str | Promise]] = {
    Outcome.RIGHT: _("It is right"),
    Outcome.WRONG: _("It is wrong"),
    Outcome.UNREACHED: _("Nobody answered"),
}

STATE_NAMES: Final[dict[State, str | Promise]] = {
    State.VERIFIED: _("Verified"),
    State.SECOND: _("Waits for a second person"),
    State.DUE: _("Not verified"),
    State.WRONG: _("Somebody says it is wrong"),
    State.UNREACHED: _("Two people reached nobody"),
}


class How(models.TextChoices):
    """How somebody checked a line. What is made up counts in a demonstration only."""

    DIALLED = "dialled", _("Tried it")
    READ = "read", _("Read it on the official page")
    MADE_UP = "made_up", _("Made up for the demonstration")


class SubjectKind(models.TextChoices):
    """What a concern can be about."""

    MESSAGE = "message", _("A message")
    PERSON = "person", _("A person")
    MEETING = "meeting", _("A meeting")
    GROUP = "group", _("A group")
    SOFTWARE = "software", _("This site, or something else")


class Lane(models.TextChoices):
    """How soon somebody must look."""

    NOW = "now", _("Somebody may be in danger now")
    TELL = "tell", _("Something is not right")


class ConcernState(models.TextChoices):
    """How far a concern has come; whoever raised it sees it. It only ever moves down this list."""

    RECEIVED = "received", _("Received")
    SEEN = "seen", _("Seen by a person")
    CLOSED = "closed", _("Closed, with an answer")
    APPEALED = "appealed", _("Looked at again")
    SETTLED = "settled", _("Looked at twice, with an answer")


class Done(models.TextChoices):
    """What could be done, in words that whoever raised it reads first."""

    CHANGED = "changed", _("We changed something, so that it stops")
    SPOKE = "spoke", _("We spoke with the people it is about")
    HELP = "help", _("We found help")
    WATCH = "watch", _("We keep an eye on it")
    PASSED = "passed", _("Others now deal with it")
    NOTHING = "nothing", _("We could not do anything, and say why")


class StepKind(models.TextChoices):
    """What happened to a concern."""

    RAISED = "raised", _("Received")
    UNANSWERED = "unanswered", _("Nobody has answered yet")
    SEEN = "seen", _("Seen by a person")
    SAID = "said", _("Somebody wrote to you")
    ADDED = "added", _("You wrote")
    CLOSED = "closed", _("Answered")
    APPEALED = "appealed", _("You asked for a second look")
    SETTLED = "settled", _("Answered after a second look")


class MeasureKind(models.TextChoices):
    """What those responsible can decide about somebody, from the softest on."""

    RESTRICT = "restrict", _("Listening only")
    HOLD = "hold", _("A break from meetings")
    SUSPEND = "suspend", _("A break from all groups")


class MeasureReason(models.TextChoices):
    """Why; the person reads it."""

    UNKIND = "unkind", _("Words that hurt others")
    TOLD = "told", _("Telling outside what was said inside")
    CONTACT = "contact", _("Getting in touch with somebody who did not want it")
    RULES = "rules", _("Not keeping to the ground rules")
    DANGER = "danger", _("Somebody may not be safe")
    OTHER = "other", _("Something else")


class Verdict(models.TextChoices):
    """What came of an appeal."""

    KEPT = "kept", _("It stays as it is")
    LIFTED = "lifted", _("It ends now")


class BlockKind(models.TextChoices):
    """How somebody keeps their distance from another person."""

    BLOCK = "block", _("Blocked")
    MUTE = "mute", _("Muted")


class LookOutcome(models.TextChoices):
    """What came of a look that flags asked for."""

    NOTHING = "nothing", _("Nothing was wrong")
    TALKED = "talked", _("I talked with them")
    DECIDED = "decided", _("Something was decided")
    PASSED = "passed", _("I passed it on to safety")


class CaseAct(models.TextChoices):
    """What somebody did with a case; each is written down in its log."""

    OPENED = "opened", _("Opened the case")
    LOOKED = "looked", _("Looked at it")
    REFUSED = "refused", _("Was not let in")
    NOTED = "noted", _("Wrote a note")
    PLANNED = "planned", _("Set the next step")
    LET_IN = "let_in", _("Let somebody in")
    LET_OUT = "let_out", _("Ended somebody's access")
    TOOK_UP = "took_up", _("Let themselves in, with a reason")
    ASKED = "asked", _("Asked for a second name")
    SIGNED = "signed", _("Signed as the second person")
    TOLD = "told", _("Showed the log to the person it is about")


class CaseRequestKind(models.TextChoices):
    """What needs two people."""

    CLOSE = "close", _("Close the case")
    EXTEND = "extend", _("Keep it a year longer")


class CheckInOutcome(models.TextChoices):
    """What came of a check-in."""

    DONE = "done", _("We were in touch")
    NOT_REACHED = "missed", _("Not reached")
    STOPPED = "stopped", _("They would rather not")
