"""A language's rules: classes of words, patterns, and what takes a signal back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from peerkit.crisis.patterns import Classes, Pattern, Shortlist, words_of
from peerkit.crisis.repairing import Repairs
from peerkit.crisis.values import Act, Tier, Who

GUARDS: Final = ("past", "recent", "asking", "talk", "joke")


@dataclass(frozen=True)
class Rule:
    """What raises a signal. `ignores` names guards that do not count; `says_no` where a negation is part of it."""

    id: str
    act: Act
    level: Tier
    who: Who
    patterns: tuple[Pattern, ...]
    ignores: frozenset[str]
    says_no: bool
    whole: bool


@dataclass(frozen=True)
class Pack:
    """The rules of one language, ready to read messages."""

    language: str
    version: str
    splits: bool
    rules: Mapping[Pattern, Rule]
    says: Shortlist
    says_whole: Shortlist
    harmless: Shortlist
    guards: Mapping[str, tuple[Pattern, ...]]
    breaks: frozenset[str]
    negators: frozenset[str]
    stops: frozenset[str]
    no_negators: tuple[Pattern, ...]
    repairs: Repairs

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Pack":
        """Return a pack from what a file holds. Raises PatternIsWrong, KeyError, ValueError."""
        classes = Classes(plain["classes"])

        def compiled(patterns: Iterable[str]) -> tuple[Pattern, ...]:
            return tuple(Pattern.of(one, classes) for one in patterns)

        rules = tuple(_rule(one, compiled(one["says"])) for one in plain["rules"])
        return cls(
            language=plain["language"],
            version=plain["version"],
            splits=plain["splits"],
            rules={one: rule for rule in rules for one in rule.patterns},
            says=Shortlist(one for rule in rules if not rule.whole for one in rule.patterns),
            says_whole=Shortlist(one for rule in rules if rule.whole for one in rule.patterns),
            harmless=Shortlist(compiled(plain["harmless"])),
            guards={name: compiled(plain["guards"].get(name, ())) for name in GUARDS},
            breaks=frozenset(plain["breaks"]),
            negators=frozenset(plain["negators"]),
            stops=frozenset(plain.get("stops", ())),
            no_negators=compiled(plain["no_negators"]),
            repairs=_repairs(plain),
        )


def _rule(plain: Mapping[str, Any], patterns: tuple[Pattern, ...]) -> Rule:
    return Rule(
        id=plain["id"],
        act=Act(plain["act"]),
        level=Tier(plain["level"]),
        who=Who(plain.get("who", "me")),
        patterns=patterns,
        ignores=frozenset(plain.get("ignores", ())),
        says_no=plain.get("says_no", False),
        whole=plain.get("whole", False),
    )


def _repairs(plain: Mapping[str, Any]) -> Repairs:
    patterns: list[str] = [
        *plain["classes"].values(),
        *(says for rule in plain["rules"] for says in rule["says"]),
    ]
    for some in (plain["harmless"], *plain["guards"].values()):
        patterns += some
    known = {word for pattern in patterns for word in words_of(pattern)}
    return Repairs(
        known=frozenset(known | set(plain["sensitive"]) | set(plain["negators"])),
        sensitive=frozenset(plain["sensitive"]),
        slips=dict(plain["slips"]),
        ordinary=frozenset(plain["ordinary"]),
    )
