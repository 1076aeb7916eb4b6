"""The linear model beside the rules: it makes a concern of what they did not notice, and speaks nowhere else."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts import crisis_cases

from peerkit import crisis
from peerkit.crisis import Act, Tier
from peerkit.crisis.linear import LONGEST, Linear, WeightsAreWrong, hashes, packed
from peerkit.crisis.second_look import RULE
from peerkit.crisis.store import FOLDER, model_of
from tests.engines.crisis.said import TEXTS

WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=20), max_size=LONGEST
)
HELD = [case for name in ("held", "short_held") for case in crisis_cases.cases("en", name)]


def test_it_finds_more_of_what_the_rules_were_not_written_for() -> None:
    explicit = [case.text for case in HELD if case.tier == "explicit"]
    rules = sum(crisis.read(text, "en", rules_only=True).tier is not Tier.NONE for text in explicit)
    both = sum(crisis.read(text, "en").tier is not Tier.NONE for text in explicit)
    assert both >= rules + 10


def test_it_takes_few_harmless_near_misses_for_a_concern() -> None:
    harmless = [case.text for case in HELD if case.tier == "none"]
    rules = sum(crisis.read(text, "en", rules_only=True).tier is not Tier.NONE for text in harmless)
    both = sum(crisis.read(text, "en").tier is not Tier.NONE for text in harmless)
    assert both - rules <= 0.02 * len(harmless)


@given(TEXTS)
def test_it_never_says_more_than_a_concern_and_only_where_the_rules_are_silent(text: str) -> None:
    rules, both = crisis.read(text, "en", rules_only=True), crisis.read(text, "en")
    if rules.signals:
        assert both == rules
    else:
        assert both.tier is not Tier.EXPLICIT
        assert all((one.rule, one.act) == (RULE, Act.UNCLEAR) for one in both.signals)
        assert all(text[one.start : one.end] == one.quote for one in both.signals)


def test_it_speaks_in_english_only_and_not_where_rules_alone_are_wanted() -> None:
    spoken = [case.text for case in HELD if crisis.read(case.text, "en").tier is Tier.CONCERN]
    by_model = [text for text in spoken if crisis.read(text, "en").signals[0].rule == RULE]
    assert by_model
    assert all(not crisis.read(text, "en", rules_only=True).signals for text in by_model)
    assert [one for one in crisis.languages() if model_of(one)] == ["en"]


def test_its_file_is_as_small_as_promised() -> None:
    assert (FOLDER / "en.weights.bin").stat().st_size <= 140_000


@given(WORDS)
def test_its_chances_are_chances(words: list[str]) -> None:
    model = model_of("en")
    assert model
    chances = model.chances(words)
    assert 0 <= chances.concern <= 1
    assert 0 <= chances.explicit <= 1
    whole, _ = hashes(words)
    assert len(whole) == max(1, 2 * len(words) - 1)


def test_what_is_packed_is_read_again() -> None:
    model = Linear.of(packed([0.5, 0.25], [1.0, -1.0], [1, -2, 3, -4]))
    assert (model.places, model.scales, model.biases) == (2, (0.5, 0.25), (1.0, -1.0))
    assert list(model.weights) == [1, -2, 3, -4]


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"HSCL",
        packed([1, 1], [0, 0], [0] * 8)[:-1],
        b"LCSH" + packed([1, 1], [0, 0], [0] * 8)[4:],
        b"HSCL" + struct.pack("<H", 2) + packed([1, 1], [0, 0], [0] * 8)[6:],
    ],
)
def test_a_file_of_another_kind_is_refused(file: bytes) -> None:
    with pytest.raises(WeightsAreWrong):
        Linear.of(file)
