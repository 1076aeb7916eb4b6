"""The closed sets of groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online room")
    PHONE = "phone", _("By phone")
    HYBRID = "hybrid", _("In person and online")
    LINK = "link", _("Online, on another service")


class Access(models.TextChoices):
    """Access needs that a group meets."""

    STEP_FREE = "step_free", _("Step-free")
    CAPTIONS = "captions", _("Live captions")
    TEXT_ONLY = "text_only", _("Text only, no camera or microphone")
    CAMERA_OPTIONAL = "camera_optional", _("Camera optional")
    EASY_READ = "easy_read", _("Easy-read papers")
    SIGN_LANGUAGE = "sign_language", _("Sign language")


class Comfort(models.TextChoices):
    """What a group is like to be in, for people who would rather have it so; never a condition."""

    SECULAR = "secular", _("No religion")
    FAITH = "faith", _("Faith is part of it")
    SMALL = "small", _("A small circle, about eight people")
    QUIET = "quiet", _("You need not speak")
    BRING_SOMEONE = "bring_someone", _("You may bring someone")
    CHILDREN_WELCOME = "children_welcome", _("Children may come along")


class Openness(models.TextChoices):
    """Who may come to a first meeting without asking."""

    OPEN = "open", _("Open: anyone it is for may come")
    CLOSED = "closed", _("Closed: ask the facilitator first")


class Course(models.TextChoices):
    """Whether people come and go, or start and end together."""

    DROP_IN = "drop_in", _("Come when you can")
    FIXED = "fixed", _("A course with a start and an end")


class GenderRule(models.TextChoices):
    """A hard rule about gender; most groups have none."""

    ANY = "any", _("Everyone")
    WOMEN = "women", _("Women only")
    MEN = "men", _("Men only")
    LGBTQ = "lgbtq", _("LGBTQ+ people")


class Stage(models.TextChoices):
    """Where a group stands: only open ones can be found."""

    DRAFT = "draft", _("Being set up")
    OPEN = "open", _("Open")
    PAUSED = "paused", _("Taking a break")
    ENDED = "ended", _("Ended")


class Standing(models.TextChoices):
    """How far someone has come into a group."""

    ASKED = "asked", _("Asked to join")
    VISITING = "visiting", _("Visiting")
    MEMBER = "member", _("Member")


class RoleKind(models.TextChoices):
    """What someone may do for others."""

    FACILITATOR = "facilitator", _("Facilitator")
    GREETER = "greeter", _("Greeter")
    COORDINATOR = "coordinator", _("Coordinator")
    SAFETY_LEAD = "safety_lead", _("Safety lead")
    EVALUATOR = "evaluator", _("Evaluator")
    OPERATOR = "operator", _("Operator")


class ObservedPoint(models.TextChoices):
    """What somebody who sits in on a session looks for; each is met, or not yet."""

    OPENED = "opened", _("Opened well: the ground rules, and what cannot stay private")
    SHARED_TIME = "shared_time", _("Shared the time: everyone had a turn, and everyone could pass")
    HELD_DISTRESS = "held_distress", _("Stayed calm with distress: slowed down, did not fix")
    KEPT_LIMITS = "kept_limits", _("Kept to the role: no diagnosis, no advice on medicine")
    ENDED = "ended", _("Ended on time, and said what comes next")


class VettingOutcome(models.TextChoices):
    """What came of the checks that a programme makes; never what was in them."""

    CLEAR = "clear", _("Done: nothing stands against it")
    NOT_NEEDED = "not_needed", _("Not asked for in this role")
    NOT_CLEAR = "not_clear", _("Done: cannot lead for now")


class SignedFor(models.TextChoices):
    """What a sign-off rests on."""

    HERE = "here", _("Trained here")
    ELSEWHERE = "elsewhere", _("Trained elsewhere")


class Contact(models.TextChoices):
    """Which contact somebody who leads allows between meetings."""

    NONE = "none", _("Not between meetings")
    HOURS = "hours", _("At the hours below")
    ANY = "any", _("At any time")
