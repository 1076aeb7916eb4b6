"""Every code that the engine may say has words, and they say what it means."""

import re
from typing import Any

import pytest

from hearthside.finder import wording
from peerkit import matching
from peerkit.matching import Reason
from tests.world import NOW

WHEN = {"at": NOW, "minutes": 90, "zone": "Europe/London"}
REASONS: dict[str, tuple[dict[str, Any], str]] = {
    "experience_same": ({"wanted": "alcohol", "offered": "alcohol"}, "ALCOHOL"),
    "experience_narrower": ({"wanted": "grief", "offered": "widowed"}, "a part of “GRIEF”"),
    "experience_broader": ({"wanted": "widowed", "offered": "grief"}, "includes “WIDOWED”"),
    "experience_related": ({"wanted": "caring", "offered": "burnout"}, "close to “CARING”"),
    "time": (WHEN, "when you are free"),
    "soon": (WHEN, "soon"),
    "language": ({"language": "es"}, "español"),
    "format": ({"formats": ("in_person", "online")}, "in person and online"),
    "near": ({"km": 2.4}, "2.4 km (1.5 miles)"),
    "access": ({"needs": ("step_free", "captions")}, "Step-free and Live captions"),
    "only": ({"rule": "women"}, "women only"),
    "seats": ({"free": 1}, "1 seat is free"),
    "newcomers": ({}, "first time"),
    "comfort": ({"met": ("quiet", "small")}, "You need not speak and A small circle"),
    "others": (
        {"experience": "alcohol", "at_least": 3},
        "3 or more people there live with “ALCOHOL”",
    ),
    "returns": ({"of_ten": 8}, "About 8 of 10"),
    "tried_right": ({}, "felt right"),
}
MISSES: dict[str, tuple[dict[str, Any], str]] = {
    "experience": ({}, "something else"),
    "not_wanted": ({"term": "alcohol"}, "ALCOHOL"),
    "time": ({**WHEN, "minutes_off": 30}, "30 minutes outside"),
    "no_meeting": ({}, "No meeting"),
    "language": ({"offered": ("pl",)}, "polski"),
    "format": ({"offered": ("in_person",)}, "in person"),
    "distance": ({"km": 14.2, "within": 10}, "14 km (8.8 miles) away; you asked for 10 km"),
    "place_unknown": ({}, "how far"),
    "access": ({"need": "captions"}, "Live captions"),
    "age": ({"from": 18, "until": 25}, "18 to 25"),
    "gender": ({"rule": "women"}, "women only"),
    "only": ({"rule": "women"}, "not for women only"),
    "not_open": ({}, "not taking"),
    "full": ({}, "waiting list"),
}
NOTES: dict[str, tuple[dict[str, Any], str]] = {
    "age_rule": ({"from": 60}, "60 or older"),
    "gender_rule": ({"rule": "lgbtq"}, "LGBTQ+"),
    "time_from": (WHEN, "from Monday 23 November on"),
    "time_until": (WHEN, "From Monday 23 November on"),
    "tried_unsure": ({}, "not sure"),
    "tried_not_for_me": ({}, "not for you"),
}


def codes(heading: str) -> set[str]:
    """The codes of one table in the engine's own description."""
    table = (
        (matching.__doc__ or "").partition(heading)[2].partition("\n\n|")[2].partition("\n\n")[0]
    )
    return set(re.findall(r"^\| `(\w+)`", "|" + table, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("heading", "table", "samples"),
    [
        ("Reasons", wording.REASONS, REASONS),
        ("Misses", wording.MISSES, MISSES),
        ("Notes", wording.NOTES, NOTES),
    ],
)
def test_every_code_of_the_engine_has_words_and_no_other(
    heading: str, table: dict[str, Any], samples: dict[str, Any]
) -> None:
    assert codes(heading)
    assert set(table) == codes(heading) == set(samples)


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_says_what_it_means(code: str) -> None:
    params, expected = REASONS[code]
    assert expected in wording.reason_words(Reason(code, params), str.upper)


@pytest.mark.parametrize("code", MISSES)
def test_what_does_not_fit_says_what_would_have_to_change(code: str) -> None:
    params, expected = MISSES[code]
    assert expected in wording.miss_words(Reason(code, params), str.upper)


@pytest.mark.parametrize("code", NOTES)
def test_a_note_says_what_to_know(code: str) -> None:
    params, expected = NOTES[code]
    assert expected in wording.note_words(Reason(code, params), str.upper)


def test_that_a_group_is_for_adults_is_not_said_on_every_card() -> None:
    assert not wording.is_worth_a_note(Reason("age_rule", {"from": 18}))
    assert wording.is_worth_a_note(Reason("age_rule", {"from": 18, "until": 25}))
