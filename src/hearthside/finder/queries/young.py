"""Somebody who says that they are younger than this programme's groups take: a kind no, and who is there for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hearthside.finder.search import Search
from hearthside.groups.ages import ADULT_FROM
from hearthside.groups.queries.under_eighteen import youngest
from hearthside.safety.helplines import Kind
from hearthside.safety.queries.lines import Section, lines_for, sections
from peerkit.matching import Match


@dataclass(frozen=True)
class TooYoung:
    """From which age the groups here are, and the lines for children and young people in one country."""

    least: int
    sections: Sequence[Section]

    @property
    def is_for_adults(self) -> bool:
        return self.least >= ADULT_FROM


def is_too_young(search: Search) -> bool:
    """Whether no group here takes somebody of that age; no query for whoever is grown up or says nothing."""
    age = search.age
    return age is not None and age < ADULT_FROM and age < youngest()


def too_young(*, country: str, now: datetime) -> TooYoung:
    """What is said to somebody that no group here takes."""
    lines = [each for each in lines_for(country, now=now) if each.line.kind is Kind.CHILDREN]
    return TooYoung(youngest(), sections(lines))


def crosses(match: Match, age: int | None) -> bool:
    """The group takes children and the asker is grown up, or the other way round.

    Threat: what nearly fits is shown too, and leads a child to a group of adults.
    """
    bands = [miss.params for miss in match.misses if miss.code == "age"]
    if age is None or not bands:
        return False
    from_age = bands[0].get("from", 0)
    is_for_young = isinstance(from_age, int) and from_age < ADULT_FROM
    return is_for_young != (age < ADULT_FROM)
