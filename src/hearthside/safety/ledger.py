"""What two people's word about a crisis line is worth, for how long, and what is shown. Pure Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hearthside.safety.helplines import Channel, Helpline, Kind

VALID_FOR: Final = timedelta(days=180)
DUE_BEFORE: Final = timedelta(days=21)
PEOPLE_NEEDED: Final = 2
LINES_NEEDED: Final = 2
# The line named under every page: whoever a person in crisis can reach, in this order.
FIRST_TO_NAME: Final = (Kind.SUICIDE_CRISIS, Kind.LISTENING, Kind.URGENT_MENTAL_HEALTH)


class Outcome(StrEnum):
    """What somebody found who checked a line."""

    RIGHT = "right"
    WRONG = "wrong"
    UNREACHED = "unreached"


class State(StrEnum):
    """How far a line is checked; only the first is shown as a plain promise."""

    VERIFIED = "verified"
    SECOND = "second"
    DUE = "due"
    WRONG = "wrong"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One person's word about exactly these facts; `who` differs between any two people."""

    who: str
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What the verdicts on one line come to; `until` is set where two people vouch for it."""

    state: State
    until: datetime | None = None

    @property
    def is_verified(self) -> bool:
        return self.state is State.VERIFIED

    def is_due(self, *, now: datetime) -> bool:
        """Whether somebody has something to do, now or within three weeks."""
        return self.until is None or self.until - now <= DUE_BEFORE


@dataclass(frozen=True, slots=True)
class Checked:
    """A line and how far it is checked."""

    line: Helpline
    standing: Standing

    @property
    def is_verified(self) -> bool:
        return self.standing.is_verified


@dataclass(frozen=True, slots=True)
class PrioritySet:
    """The emergency number and one line to talk to: shown together, or not at all."""

    emergency: Checked | None
    talk: Checked | None

    @property
    def is_whole(self) -> bool:
        return self.emergency is not None and self.talk is not None

    @property
    def is_verified(self) -> bool:
        both = (self.emergency, self.talk)
        return all(one is not None and one.is_verified for one in both)


@dataclass(frozen=True, slots=True)
class Version:
    """The facts of one line as they stood at some time; `is_confirmed` if a second person looked at them."""

    line: Helpline
    is_confirmed: bool


def standing(verdicts: Iterable[Verdict], *, now: datetime) -> Standing:
    """What these verdicts on one and the same facts are worth at this moment.

    Two different people have to find the line right. Each word holds for 180 days, so that the line is verified
    until the older of the two newest runs out. "Wrong" outweighs everything said before it; two people
    in a row who reached nobody do, too.
    """
    said = [each for each in verdicts if each.at <= now]
    wrong_at = max((each.at for each in said if each.outcome is Outcome.WRONG), default=None)
    after = [each for each in said if wrong_at is None or each.at > wrong_at]
    rights = _newest_of_each(after, Outcome.RIGHT, since=now - VALID_FOR)
    silences = _newest_of_each(after, Outcome.UNREACHED, since=max([now - VALID_FOR, *rights[:1]]))
    if len(silences) >= PEOPLE_NEEDED:
        return Standing(State.UNREACHED)
    if len(rights) >= PEOPLE_NEEDED:
        return Standing(State.VERIFIED, until=rights[PEOPLE_NEEDED - 1] + VALID_FOR)
    if rights:
        return Standing(State.SECOND)
    return Standing(State.WRONG if wrong_at is not None else State.DUE)


def shown(versions: Sequence[Version]) -> Helpline | None:
    """What people see of one line, of its versions from the oldest to the newest; None for nothing.

    Threat: whoever takes over one coordinator's account sends people in crisis to a number of theirs. So
    what one person wrote is seen by nobody until another has looked at it; until then the facts
    before it stay, with the words "check this number".
    """
    confirmed = [version.line for version in versions if version.is_confirmed]
    newest = confirmed[-1] if confirmed else None
    return newest if newest is not None and newest.is_offered else None


def priority(lines: Sequence[Checked]) -> PrioritySet:
    """The emergency number and the line to call that most people in this country can count on."""
    calls = [each for each in lines if each.line.channel is Channel.CALL]
    emergency = [each for each in calls if each.line.kind is Kind.EMERGENCY]
    talk = [each for each in calls if each.line.kind in FIRST_TO_NAME]
    return PrioritySet(
        emergency=min(emergency, key=lambda each: not each.is_verified, default=None),
        talk=min(talk, key=_doubts, default=None),
    )


def verified_everywhere(lines: Iterable[Checked]) -> int:
    """How many lines are verified that serve the whole country."""
    return sum(each.is_verified and not each.line.area for each in lines)


def _newest_of_each(
    verdicts: Iterable[Verdict], outcome: Outcome, *, since: datetime
) -> list[datetime]:
    """When each person said so last, after a moment; the newest first."""
    newest: dict[str, datetime] = {}
    for each in verdicts:
        if each.outcome is outcome and each.at > since:
            newest[each.who] = max(each.at, newest.get(each.who, each.at))
    return sorted(newest.values(), reverse=True)


def _doubts(each: Checked) -> tuple[bool, bool, bool, int, bool]:
    line = each.line
    return (
        bool(line.area),
        not each.is_verified,
        not line.sourced,
        FIRST_TO_NAME.index(line.kind),
        not line.is_always_open,
    )
