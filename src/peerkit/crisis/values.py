"""What is said of a message: signals on four axes, each with the words that raised it, and a tier."""

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """Whom a signal is about."""

    ME = "me"
    OTHER = "other"


class When(StrEnum):
    """Whether it is so now, or was long ago."""

    NOW = "now"
    PAST = "past"


class Polarity(StrEnum):
    """Whether it is said, denied, or asked of somebody else."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    ASKED = "asked"


class Act(StrEnum):
    """What it is about."""

    PASSIVE = "passive"
    ACTIVE = "active"
    PLAN = "plan"
    ATTEMPT = "attempt"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    HARM_TO_OTHERS = "harm_to_others"
    MEDICAL = "medical"
    REALITY = "reality"
    # What the linear model says: it cannot tell.
    UNCLEAR = "unclear"


class Tier(StrEnum):
    """How clearly a message says that somebody is in danger; derived from its signals."""

    NONE = "none"
    CONCERN = "concern"
    EXPLICIT = "explicit"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing noticed. `quote` is text of the message, `start` and `end` its place in code points."""

    act: Act
    who: Who
    when: When
    polarity: Polarity
    level: Tier
    quote: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was noticed in one message. `is_on` is False where there is no tested pack for its language."""

    tier: Tier
    signals: tuple[Signal, ...]
    is_on: bool = True


def tier_of(signals: tuple[Signal, ...]) -> Tier:
    """Return the highest level of what is said of now; what is denied, asked or past raises nothing."""
    counted = {
        one.level for one in signals if one.when is When.NOW and one.polarity is Polarity.AFFIRMED
    }
    return next((one for one in (Tier.EXPLICIT, Tier.CONCERN) if one in counted), Tier.NONE)
