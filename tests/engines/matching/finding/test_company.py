"""Who is there, what it is like, and what it was like before: told without revealing anybody."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit import matching
from peerkit.matching import Around, Free, Index, Offer, Ranking, Rhythm, Seeker, Wanted, Weights
from tests.engines.matching.finding.town import MANY, NOW, SEEKERS, TREE

GROUP = Offer("one", frozenset(["alcohol"]), rhythms=(Rhythm(1, 1140),))
ALCOHOL = Seeker((Wanted("alcohol"),))


@given(SEEKERS, st.dictionaries(st.sampled_from(["alcohol", "grief"]), st.integers(0, 2)))
def test_fewer_than_three_members_are_never_told_of(seeker: Seeker, few: dict[str, int]) -> None:
    about = replace(seeker, experiences=(Wanted("alcohol"), Wanted("grief")), excluded=frozenset())
    bare, small = replace(GROUP, makeup={}), replace(GROUP, makeup=few)
    # Three are told of: there is something to hide.
    assert "others" in str(_rank(about, [replace(GROUP, makeup={"alcohol": 3})]))
    assert _rank(about, [small]) == _rank(about, [bare])


@pytest.mark.parametrize(("many", "told"), [(3, 3), (4, 3), (5, 5), (9, 5), (10, 10), (400, 10)])
def test_how_many_live_with_the_same_is_told_in_steps_only(many: int, told: int) -> None:
    (match,) = _rank(ALCOHOL, [replace(GROUP, makeup={"alcohol": many})]).matches
    others = next(one for one in match.reasons if one.code == "others")
    assert others.params == {"experience": "alcohol", "at_least": told}


@given(SEEKERS, MANY)
def test_reasons_come_strongest_first(seeker: Seeker, offers: list[Offer]) -> None:
    ranking = _rank(seeker, offers)
    for match in (*ranking.matches, *ranking.nearest):
        points = [one.points for one in match.reasons]
        assert points == sorted(points, reverse=True)


def test_a_visit_that_felt_right_lifts_a_group_and_one_that_did_not_puts_it_behind() -> None:
    groups = [replace(GROUP, id=key) for key in "abcd"]
    tried = {"a": "not_for_me", "b": "unsure", "d": "right"}
    ranking = _rank(replace(ALCOHOL, tried=tried), groups)
    assert [match.offer_id for match in ranking.matches] == ["d", "b", "c", "a"]
    right, unsure, untried, left = ranking.matches
    assert "tried_right" in {one.code for one in right.reasons}
    assert [one.code for one in unsure.notes] == ["tried_unsure"]
    assert unsure.score == untried.score == left.score
    assert [one.code for one in left.notes] == ["tried_not_for_me"]
    assert (
        Index(groups, tree=TREE).rank(replace(ALCOHOL, tried=tried), now=NOW, most=3).matches
        == (ranking.matches[:3])
    )


def test_comfort_counts_and_excludes_nothing() -> None:
    wished = replace(ALCOHOL, comfort=frozenset(["listening", "secular"]))
    groups = [
        replace(GROUP, id="both", comfort=frozenset(["listening", "secular"])),
        replace(GROUP, id="half", comfort=frozenset(["listening", "faith"])),
        replace(GROUP, id="none"),
    ]
    ranking = _rank(wished, groups)
    assert [match.offer_id for match in ranking.matches] == ["both", "half", "none"]
    met = [one.params["met"] for one in ranking.matches[1].reasons if one.code == "comfort"]
    assert met == [("listening",)]


def test_visitors_who_came_again_are_told_of_roughly() -> None:
    (match,) = _rank(ALCOHOL, [replace(GROUP, returns=0.8321)]).matches
    assert [one.params for one in match.reasons if one.code == "returns"] == [{"of_ten": 8}]


def test_a_match_says_when_it_meets_next_and_how_many_seats_are_free() -> None:
    (match,) = _rank(ALCOHOL, [replace(GROUP, seats_free=4)]).matches
    assert match.seats_free == 4
    assert match.meeting is not None
    assert match.meeting.at > NOW


def test_a_weight_of_nothing_gives_no_reason() -> None:
    weights = Weights.of({"seats": 0.0, "experience": 0.0, "soon": 0.0})
    groups = [replace(GROUP, seats_free=4)]
    ranking = matching.rank(ALCOHOL, groups, now=NOW, tree=TREE, weights=weights)
    assert ranking.matches[0].reasons == ()
    assert ranking.matches[0].score == 0


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"time": 1.5}, "The weight “time” is from 0 to 1"),
        ({"time": float("nan")}, "The weight “time” is from 0 to 1"),
        ({"tyme": 0.5}, "no weight called “tyme”"),
        (dict.fromkeys(Weights().shares(), 0.0), "One weight at least"),
    ],
)
def test_weights_that_cannot_be_are_refused_in_plain_words(
    shares: dict[str, float], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Weights.of(shares)


def test_what_a_person_cannot_be_is_refused_in_plain_words() -> None:
    with pytest.raises(ValueError, match="An age is from 0 to 130"):
        Seeker(age=-1)
    with pytest.raises(ValueError, match="No point on Earth"):
        Around(float("nan"), 0, 10)
    with pytest.raises(ValueError, match="A distance is 0 km or more"):
        Around(51.5, 0, float("nan"))
    with pytest.raises(ValueError, match="right, unsure or not_for_me"):
        Seeker(tried={"one": "great"})
    with pytest.raises(ValueError, match="no time zone called “Nowhere”"):
        _rank(Seeker(free=(Free(0, 0, 60),), zone="Nowhere"), [GROUP])
    with pytest.raises(ValueError, match="No point on Earth"):
        replace(GROUP, latitude=float("nan"), longitude=0.0)


def _rank(seeker: Seeker, offers: list[Offer]) -> Ranking:
    return matching.rank(seeker, offers, now=NOW, tree=TREE, nearest=1_000)
