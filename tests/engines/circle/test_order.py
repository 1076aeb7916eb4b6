"""The order of a round, worked out a second time from what people will answer."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from peerkit.circle import Accept, Circle, Hold, NeedAMinute, Pass, PassOn, tick
from tests.engines.circle.table import NOW, begun, later, tapped

SILENCE, MINUTE, PASS, SPEAK = "silence", "minute", "pass", "speak"
answers = st.lists(st.sampled_from([SILENCE, MINUTE, PASS, SPEAK]), min_size=5, max_size=5)
plans = st.lists(answers, max_size=8).map(lambda rows: {f"p{n}": row for n, row in enumerate(rows)})


def expected(plan: dict[str, list[str]]) -> list[str]:
    """Passes over those left: each putting-off comes back behind, each kind of it once a person."""
    offers: list[str] = []
    left = [(key, tuple(row), frozenset[str]()) for key, row in plan.items()]
    while left:
        (key, (answer, *rest), used), *left = left
        offers.append(key)
        if answer in (SILENCE, MINUTE) and answer not in used:
            left.append((key, tuple(rest), used | {answer}))
    return offers


def lived(plan: dict[str, list[str]]) -> tuple[list[str], Circle]:
    """The offers as the circle makes them."""
    rows = {key: list(row) for key, row in plan.items()}
    circle, now, offers = begun(*plan), NOW, []
    while circle.piece.hold is Hold.OFFERED:
        key = circle.piece.seat
        offers.append(key)
        answer = rows[key].pop(0)
        if answer == SILENCE:
            now = later((now - NOW).total_seconds() + 45)
            circle = tick(circle, now)
        elif answer == SPEAK:
            circle = tapped(tapped(circle, Accept, key, now=now), PassOn, key, now=now)
        else:
            kind = Pass if answer == PASS else NeedAMinute
            circle = tapped(circle, kind, key, now=now)
    return offers, circle


@given(plans)
def test_offers_come_in_the_order_that_the_answers_make(plan: dict[str, list[str]]) -> None:
    offers, circle = lived(plan)
    assert offers == expected(plan)
    assert not circle.is_open


@given(plans)
def test_every_change_of_turn_makes_the_taps_before_it_late(plan: dict[str, list[str]]) -> None:
    turns = []
    circle = begun(*plan)
    while circle.piece.hold is Hold.OFFERED:
        turns.append(circle.turn)
        circle = tapped(circle, Pass, circle.piece.seat)
    assert len(turns) == len(plan)
    assert all(one < next_one for one, next_one in pairwise(turns))
