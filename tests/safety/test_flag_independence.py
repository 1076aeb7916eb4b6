"""The weight of voices: laws, and a brigade of twenty friends against two strangers."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearthside.safety.independence import MOST, Voice, are_tied, weight

law = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
START = datetime(2026, 1, 1, tzinfo=UTC)
KEYS = st.frozensets(st.sampled_from("abcdef"), max_size=2)


@st.composite
def voices(draw: st.DrawFn, *, most: int = 8) -> list[Voice]:
    size = draw(st.integers(0, most))
    return [draw(_voice(str(number))) for number in range(size)]


def _voice(name: str) -> st.SearchStrategy[Voice]:
    hours = st.integers(0, 60)
    return st.builds(
        lambda spoke, joined, groups, company: Voice(
            name, START + timedelta(hours=spoke), START - timedelta(days=joined), groups, company
        ),
        hours, hours, KEYS, KEYS,
    )  # fmt: skip


def stranger(name: str, day: int) -> Voice:
    """Somebody who has nothing in common with anybody."""
    return Voice(name, START + timedelta(days=day), START - timedelta(days=30 * (day + 1)))


def friend(name: str) -> Voice:
    """One of a circle that came together and speaks up on one evening."""
    return Voice(name, START, START - timedelta(days=2), company=frozenset("x"))


@law
@given(voices(), st.randoms())
def test_nobodys_order_matters(said: list[Voice], chance: object) -> None:
    mixed = list(said)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert weight(mixed) == weight(said)


@law
@given(voices(), _voice("new"))
def test_one_voice_more_never_weighs_less_and_adds_at_most_one(
    said: list[Voice], new: Voice
) -> None:
    before, after = weight(said), weight([*said, new])
    assert before <= after <= before + 1


@law
@given(voices(), st.lists(KEYS, max_size=12))
def test_friends_of_somebody_who_spoke_never_add_a_voice(
    said: list[Voice], friends: list[frozenset[str]]
) -> None:
    said = [*said, stranger("first", 400)]
    # Tied to the one, and to everybody whom that one is tied to.
    joined = [
        Voice(f"friend {number}", said[-1].spoke_at, said[-1].joined_at, groups)
        for number, groups in enumerate(friends)
    ]
    assert all(are_tied(one, said[-1]) for one in joined)
    assert int(weight([*said, *joined])) == int(weight(said))
    assert weight([*said, *joined]) <= weight(said) + 0.5


@law
@given(voices(most=7))
def test_the_whole_number_is_the_most_voices_of_which_no_two_are_tied(said: list[Voice]) -> None:
    best = max(
        size
        for size in range(MOST + 1)
        if any(
            not any(are_tied(*pair) for pair in combinations(chosen, 2))
            for chosen in combinations(said, size)
        )
    )
    assert int(weight(said)) == best


@law
@given(voices())
def test_a_tie_counts_both_ways(said: list[Voice]) -> None:
    for one, other in combinations(said, 2):
        assert are_tied(one, other) == are_tied(other, one)


@law
@given(st.integers(1, 200))
def test_a_brigade_however_large_weighs_less_than_two_strangers(size: int) -> None:
    brigade = [friend(str(number)) for number in range(size)]
    assert weight(brigade) <= 1.5 < weight([stranger("one", 1), stranger("other", 5)])


def test_a_friend_of_the_accused_who_joins_in_does_not_make_two_strangers_one() -> None:
    one = Voice("one", START, START - timedelta(days=100), groups=frozenset("a"))
    other = Voice("other", START + timedelta(days=5), START, groups=frozenset("b"))
    bridge = Voice("bridge", START, START - timedelta(days=300), groups=frozenset("ab"))
    assert are_tied(one, bridge)
    assert are_tied(bridge, other)
    assert weight([one, other, bridge]) >= weight([one, other]) == 2


def test_three_witnesses_of_one_evening_are_three() -> None:
    told = [
        Voice(str(day), START + timedelta(minutes=day), START - timedelta(days=day * 10))
        for day in (1, 2, 3)
    ]
    assert weight(told) == 3


def test_one_person_has_one_voice() -> None:
    with pytest.raises(ValueError, match="one voice"):
        weight([friend("a"), friend("a")])


def test_hundreds_of_voices_in_circles_are_counted_in_a_blink() -> None:
    told = [
        Voice(
            str(number), START, START - timedelta(days=number), groups=frozenset({str(number % 3)})
        )
        for number in range(300)
    ]
    began = perf_counter()
    assert int(weight(told)) == 3
    assert perf_counter() - began < 5
