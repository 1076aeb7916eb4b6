"""What two people's word about a crisis line is worth: laws over every order and number of words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from hearthside.safety import helplines
from hearthside.safety.ledger import (
    VALID_FOR,
    Checked,
    Outcome,
    Standing,
    State,
    Verdict,
    Version,
    priority,
    shown,
    standing,
)

NOW: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RIGHT, WRONG, UNREACHED = Outcome.RIGHT, Outcome.WRONG, Outcome.UNREACHED

VERDICTS: Final = st.lists(
    st.builds(
        Verdict,
        who=st.sampled_from(["one", "two", "three"]),
        outcome=st.sampled_from(Outcome),
        at=st.integers(0, 400).map(lambda days: NOW - timedelta(days=days)),
    ),
    max_size=8,
)


def said(who: str, outcome: Outcome, days: float) -> Verdict:
    return Verdict(who, outcome, NOW - timedelta(days=days))


@given(VERDICTS)
def test_one_person_alone_never_verifies_a_line(verdicts: list[Verdict]) -> None:
    own = [each for each in verdicts if each.who == "one"]
    assert not standing(own, now=NOW).is_verified


@given(VERDICTS, st.randoms(use_true_random=False))
def test_the_order_in_which_words_are_read_does_not_matter(
    verdicts: list[Verdict], chance: object
) -> None:
    mixed = list(verdicts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert standing(mixed, now=NOW) == standing(verdicts, now=NOW)


@given(VERDICTS)
def test_a_verified_line_has_two_people_who_found_it_right_within_half_a_year(
    verdicts: list[Verdict],
) -> None:
    found = standing(verdicts, now=NOW)
    if not found.is_verified:
        assert found.until is None
        return
    people = {each.who for each in verdicts if each.outcome is RIGHT and NOW - each.at < VALID_FOR}
    assert len(people) >= 2
    assert found.until is not None
    assert NOW < found.until <= NOW + VALID_FOR


@given(VERDICTS)
def test_a_line_is_verified_until_the_day_it_says_and_not_a_moment_longer(
    verdicts: list[Verdict],
) -> None:
    until = standing(verdicts, now=NOW).until
    if until is not None:
        assert standing(verdicts, now=until - timedelta(seconds=1)).is_verified
        assert not standing(verdicts, now=until).is_verified


@given(VERDICTS)
def test_one_word_that_it_is_wrong_outweighs_everything_said_before(
    verdicts: list[Verdict],
) -> None:
    earlier = [each for each in verdicts if each.at < NOW]
    found = standing([*earlier, Verdict("four", WRONG, NOW)], now=NOW)
    assert found == Standing(State.WRONG)


@given(VERDICTS)
def test_two_people_who_find_it_right_after_all_that_verify_it_again(
    verdicts: list[Verdict],
) -> None:
    later = NOW + timedelta(hours=1)
    again = [Verdict("four", RIGHT, later), Verdict("five", RIGHT, later)]
    assert standing([*verdicts, *again], now=later).is_verified


def test_the_older_of_the_two_newest_words_counts() -> None:
    verdicts = [said("one", RIGHT, 100), said("one", RIGHT, 10), said("two", RIGHT, 50)]
    assert standing(verdicts, now=NOW).until == NOW - timedelta(days=50) + VALID_FOR


def test_two_people_in_a_row_who_reach_nobody_take_the_promise_away_and_one_does_not() -> None:
    right = [said("one", RIGHT, 9), said("two", RIGHT, 8)]
    assert standing([*right, said("one", UNREACHED, 2)], now=NOW).is_verified
    both = [*right, said("one", UNREACHED, 2), said("three", UNREACHED, 1)]
    assert standing(both, now=NOW).state is State.UNREACHED
    assert standing([*both, said("two", RIGHT, 0)], now=NOW).state is State.VERIFIED


def test_one_right_word_waits_for_a_second_person() -> None:
    assert standing([said("one", RIGHT, 1)], now=NOW).state is State.SECOND


SAMARITANS, OTHER = helplines.for_country("GB").lines[:2]


def test_what_one_person_wrote_is_seen_by_nobody_until_another_looked_at_it() -> None:
    assert shown([Version(SAMARITANS, True), Version(OTHER, False)]) == SAMARITANS
    assert shown([Version(SAMARITANS, True), Version(OTHER, True)]) == OTHER
    assert shown([Version(OTHER, False)]) is None


def test_a_line_that_two_people_took_away_is_gone_and_can_come_back() -> None:
    gone = replace(SAMARITANS, is_offered=False)
    assert shown([Version(SAMARITANS, True), Version(gone, False)]) == SAMARITANS
    assert shown([Version(SAMARITANS, True), Version(gone, True)]) is None
    back = [Version(SAMARITANS, True), Version(gone, True), Version(SAMARITANS, True)]
    assert shown(back) == SAMARITANS


@given(st.lists(st.booleans(), min_size=30, max_size=30), st.sampled_from(helplines.countries()))
def test_the_first_two_are_verified_only_if_each_of_them_is(are: list[bool], code: str) -> None:
    states = [Standing(State.VERIFIED if is_ else State.DUE) for is_ in are]
    lines = [
        Checked(line, state)
        for line, state in zip(helplines.for_country(code).every, states, strict=False)
    ]
    both = priority(lines)
    assert both.is_whole
    assert both.emergency is not None
    assert both.talk is not None
    assert both.is_verified == (both.emergency.is_verified and both.talk.is_verified)
    emergencies = [each for each in lines if each.line.kind == "emergency"]
    calls = [each.is_verified for each in emergencies if each.line.channel == "call"]
    assert both.emergency.is_verified == any(calls)
