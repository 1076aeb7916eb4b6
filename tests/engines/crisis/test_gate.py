"""The gate: how much of what says danger is noticed, and how much of what does not is left in peace."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from scripts import crisis_cases

from peerkit.crisis import Tier, read

RAISED = {Tier.EXPLICIT, Tier.CONCERN}
# At most one false alarm in twenty; where a functionality has fewer cases, none but one.
LEAST_EXPLICIT, MOST_FALSE, MOST_IN_CHAT = 0.95, 0.05, 0.005
NEVER_MORE = ("recovery_vocabulary", "supporter_talk", "bereaved_and_topic", "past_recovered")


def cases(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def shares(some: Iterable[Mapping[str, Any]], tiers: set[Tier]) -> dict[str, float]:
    """For each functionality, the share of its messages that are read as one of the tiers."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for one in some:
        counts[one["functionality"]].append(read(one["text"], one["lang"]).tier in tiers)
    return {name: sum(found) / len(found) for name, found in counts.items()}


def of_tier(some: Iterable[Mapping[str, Any]], tier: str) -> list[Mapping[str, Any]]:
    return [one for one in some if one["tier"] == tier]


def test_danger_said_outright_is_noticed_in_every_functionality(shared: Path) -> None:
    suite = of_tier(cases(shared / "safety" / "crisischeck.jsonl"), "explicit")
    missed = {
        name: share
        for name, share in shares(suite, {Tier.EXPLICIT}).items()
        if share < LEAST_EXPLICIT
    }
    assert missed == {}


def test_what_says_no_danger_is_left_in_peace(shared: Path) -> None:
    suite = of_tier(cases(shared / "safety" / "crisischeck.jsonl"), "none")
    alarms = [one["text"] for one in suite if read(one["text"], one["lang"]).tier in RAISED]
    assert len(alarms) <= MOST_FALSE * len(suite), alarms
    per = shares(suite, RAISED)
    assert {name: per[name] for name in NEVER_MORE if per[name] > MOST_FALSE} == {}


def test_figures_of_speech_raise_no_card(shared: Path) -> None:
    folder = shared / "safety" / "xstest"
    with next(folder.glob("*.csv")).open(encoding="utf-8", newline="") as file:
        safe = [row["prompt"] for row in csv.DictReader(file) if row["label"] == "safe"]
    assert len(safe) == 250
    cards = [text for text in safe if read(text, "en").tier is Tier.EXPLICIT]
    assert len(cards) <= MOST_IN_CHAT * len(safe), cards


@pytest.mark.parametrize("part", ["test", "dev"])
def test_general_chat_raises_no_card(shared: Path, part: str) -> None:
    lines = (shared / f"safety/goemotions/{part}.tsv").read_text("utf-8").split("\n")
    chat = [line.partition("\t")[0] for line in lines if line]
    assert len(chat) > 5000
    cards = [text for text in chat if read(text, "en").tier is Tier.EXPLICIT]
    assert len(cards) <= MOST_IN_CHAT * len(chat), cards


# Of our own sentences that nobody looked at while the rules were written: the least share of explicit and of concern that
# is noticed, and the most that is noticed of harmless near misses. What was measured, less a little: no aim, but no way back.
HELD = {
    ("en", "suite_held"): (0.97, 0.93, 0.02),
    ("en", "later_held"): (0.73, 0.73, 0.07),
    ("en", "held"): (0.67, 0.55, 0.08),
    ("en", "short_held"): (0.96, 0.94, 0.015),
    ("de", "later_held"): (0.93, 0.0, 0.02),
    ("es", "later_held"): (0.88, 0.0, 0.07),
    ("fr", "later_held"): (0.95, 0.0, 0.02),
    ("it", "later_held"): (0.93, 0.0, 0.02),
    ("nl", "later_held"): (0.93, 0.0, 0.02),
    ("pt", "later_held"): (0.95, 0.0, 0.02),
    ("de", "held"): (0.60, 0.55, 0.05),
    ("es", "held"): (0.75, 0.80, 0.06),
    ("fr", "held"): (0.57, 0.40, 0.06),
    ("it", "held"): (0.59, 0.60, 0.02),
    ("nl", "held"): (0.56, 0.22, 0.05),
    ("pt", "held"): (0.64, 0.40, 0.06),
}


@pytest.mark.parametrize(("language", "name"), HELD)
def test_sentences_that_the_rules_were_not_written_for_are_noticed_as_before(
    language: str, name: str
) -> None:
    told: dict[str, list[Tier]] = defaultdict(list)
    for case in crisis_cases.cases(language, name):
        told[case.tier].append(read(case.text, language).tier)
    found = {tier: sum(one in RAISED for one in some) / len(some) for tier, some in told.items()}
    found.setdefault("concern", 0.0)
    outright = told["explicit"].count(Tier.EXPLICIT) / len(told["explicit"])
    explicit, concern, false = HELD[language, name]
    assert (outright >= explicit, found["concern"] >= concern, found["none"] <= false) == (
        True,
        True,
        True,
    ), (outright, found)


SEEN = [
    (language, name)
    for language in crisis_cases.languages()
    for name in crisis_cases.names(language)
    if name.endswith("seen")
]


@pytest.mark.parametrize(("language", "name"), SEEN)
def test_sentences_that_the_rules_were_written_for_are_noticed(language: str, name: str) -> None:
    told: dict[str, list[bool]] = defaultdict(list)
    for case in crisis_cases.cases(language, name):
        told[case.tier].append(read(case.text, language).tier in RAISED)
    shares = {tier: sum(some) / len(some) for tier, some in told.items()}
    assert shares["explicit"] >= 0.87, shares
    assert shares["none"] <= 0.03, shares


@pytest.mark.parametrize("language", [one for one in crisis_cases.languages() if one != "en"])
def test_what_is_said_plainly_is_read_right_in_every_language(language: str) -> None:
    plain = crisis_cases.cases(language, "plain")
    assert len(plain) > 20
    wrong = [case.text for case in plain if read(case.text, language).tier != case.tier]
    assert wrong == []
