"""Laws of ranking, and a few cases a coordinator would check by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit import matching
from peerkit.matching import Around, Free, Offer, Seeker, Start, Wanted
from tests.engines.matching.finding.town import MANY, NOW, OFFERS, SEEKERS, TREE

GROUP = Offer("one", upcoming=(Start(NOW + timedelta(days=1)),))


@given(SEEKERS, MANY)
def test_a_score_is_the_sum_of_its_reasons(seeker: Seeker, offers: list[Offer]) -> None:
    ranking = _rank(seeker, offers)
    for match in (*ranking.matches, *ranking.nearest):
        assert 0 <= match.score <= 1
        assert bool(match.reasons) == (match.score > 0)
        assert match.score == pytest.approx(sum(one.points for one in match.reasons), abs=1e-8)
        assert all(one.points > 0 for one in match.reasons)
        assert all(one.points == 0 for one in (*match.misses, *match.notes))


@given(SEEKERS, MANY, st.randoms(use_true_random=False))
def test_the_order_groups_come_in_never_matters(
    seeker: Seeker, offers: list[Offer], random: Random
) -> None:
    shuffled = list(offers)
    random.shuffle(shuffled)
    assert _rank(seeker, offers) == _rank(seeker, shuffled)


@given(SEEKERS, MANY, OFFERS)
def test_one_more_group_never_reorders_the_others(
    seeker: Seeker, offers: list[Offer], more: Offer
) -> None:
    more = replace(more, id="another")
    before, after = _rank(seeker, offers), _rank(seeker, [*offers, more])
    assert before.matches == tuple(one for one in after.matches if one.offer_id != "another")
    assert before.nearest == tuple(one for one in after.nearest if one.offer_id != "another")


@given(SEEKERS, MANY)
def test_a_page_is_never_empty_and_never_shows_the_excluded(
    seeker: Seeker, offers: list[Offer]
) -> None:
    ranking = _rank(seeker, offers)
    shown = [match.offer_id for match in (*ranking.matches, *ranking.nearest)]
    assert sorted(shown) == sorted({offer.id for offer in offers} - seeker.excluded)
    assert not any(match.misses for match in ranking.matches)
    assert all(match.misses for match in ranking.nearest)


@given(SEEKERS, MANY, st.integers(0, 5))
def test_asking_for_fewer_near_groups_gives_the_same_first_ones(
    seeker: Seeker, offers: list[Offer], most: int
) -> None:
    some = matching.rank(seeker, offers, now=NOW, tree=TREE, nearest=most)
    assert some.nearest == _rank(seeker, offers).nearest[:most]


@given(SEEKERS, MANY)
def test_a_match_lies_wholly_within_the_free_hours(seeker: Seeker, offers: list[Offer]) -> None:
    for match in _rank(seeker, offers).matches:
        assert match.meeting is not None
        assert match.meeting.at >= NOW
        if seeker.free:
            assert _is_free(seeker, match.meeting)


@given(SEEKERS, MANY)
def test_a_condition_left_open_lets_in_as_many_as_it_kept_out(
    seeker: Seeker, offers: list[Offer]
) -> None:
    told = replace(seeker, around=None)
    before = _rank(told, offers)
    after = _rank(replace(told, languages=()), offers)
    kept_out = [
        match for match in before.nearest if [miss.code for miss in match.misses] == ["language"]
    ]
    assert len(after.matches) - len(before.matches) == len(kept_out)
    counted = {one.value: one.count for one in before.closed_by if one.code == "language"}
    assert sum(counted.values()) >= len(kept_out)


@given(SEEKERS, MANY)
def test_rules_about_age_and_gender_exclude_nobody_who_did_not_tell(
    seeker: Seeker, offers: list[Offer]
) -> None:
    ranking = _rank(replace(seeker, age=None, gender=None), offers)
    for match in (*ranking.matches, *ranking.nearest):
        assert {"age", "gender"}.isdisjoint(miss.code for miss in match.misses)
        offer = next(one for one in offers if one.id == match.offer_id)
        noted = {note.code for note in match.notes}
        assert ("gender_rule" in noted) == bool(offer.gender_rule)


def test_nearer_experiences_come_first() -> None:
    groups = {"same": "alcohol", "broad": "addiction", "near": "affected", "other": "grief"}
    offers = [replace(GROUP, id=key, experiences=frozenset([term])) for key, term in groups.items()]
    ranking = _rank(Seeker((Wanted("alcohol"),)), offers)
    assert [match.offer_id for match in ranking.matches] == ["same", "broad", "near"]
    assert [match.offer_id for match in ranking.nearest] == ["other"]
    assert ranking.nearest[0].misses[0].code == "experience"


def test_a_group_on_what_was_refused_is_not_a_match() -> None:
    offer = replace(GROUP, experiences=frozenset(["widowed", "alcohol"]))
    seeker = Seeker((Wanted("grief"),), not_wanted=frozenset(["addiction"]))
    assert _rank(seeker, [offer]).nearest[0].misses == (
        matching.Reason("not_wanted", {"term": "alcohol"}),
    )


def test_coming_online_as_well_opens_more_groups() -> None:
    offers = [replace(GROUP, id=str(one), formats=frozenset(["online"])) for one in range(7)]
    ranking = _rank(Seeker(formats=frozenset(["in_person"])), offers)
    assert ranking.closed_by == (matching.Closed("format", "online", 7),)


def test_free_time_is_half_open_and_may_pass_midnight() -> None:
    sunday_late = replace(GROUP, upcoming=(Start(datetime(2026, 3, 8, 23, 30, tzinfo=UTC), 60),))
    assert _rank(Seeker(free=(Free(6, 1410, 1440), Free(0, 0, 30))), [sunday_late]).matches
    ranking = _rank(Seeker(free=(Free(6, 1410, 1440), Free(0, 0, 29))), [sunday_late])
    assert ranking.nearest[0].misses[0].params["minutes_off"] == 1


def test_free_time_is_the_clock_on_the_persons_wall_in_summer_and_winter() -> None:
    seeker = Seeker(free=(Free(1, 1140, 1200),), zone="Europe/London")
    winter = Start(datetime(2026, 3, 24, 19, tzinfo=UTC), 60)
    summer = Start(datetime(2026, 3, 31, 18, tzinfo=UTC), 60)
    wrong = Start(datetime(2026, 3, 31, 19, tzinfo=UTC), 60)
    offers = [replace(GROUP, id=str(at), upcoming=(at,)) for at in (winter, summer, wrong)]
    assert {match.offer_id for match in _rank(seeker, offers).matches} == {str(winter), str(summer)}


def test_a_meeting_that_has_begun_is_not_the_next_one() -> None:
    begun = replace(GROUP, upcoming=(Start(NOW - timedelta(minutes=1)),))
    assert _rank(Seeker(), [begun]).nearest[0].misses[0].code == "no_meeting"


def test_a_far_group_counts_when_one_can_join_it_online() -> None:
    far = replace(GROUP, latitude=55.95, longitude=-3.19)
    hybrid = replace(far, id="hybrid", formats=frozenset(["online", "in_person"]))
    room = replace(far, id="room", formats=frozenset(["in_person"]))
    ranking = _rank(Seeker(around=Around(51.5, -0.12, 20)), [hybrid, room])
    assert [match.offer_id for match in ranking.matches] == ["hybrid"]
    # London to Edinburgh, about 534 km as the crow flies.
    assert ranking.nearest[0].misses[0].params["km"] == pytest.approx(534, abs=3)


def test_a_full_group_is_near_with_its_waiting_list() -> None:
    ranking = _rank(Seeker(), [replace(GROUP, seats_free=0)])
    assert [miss.code for miss in ranking.nearest[0].misses] == ["full"]


def _rank(seeker: Seeker, offers: list[Offer]) -> matching.Ranking:
    return matching.rank(seeker, offers, now=NOW, tree=TREE, nearest=1_000)


def _is_free(seeker: Seeker, start: Start) -> bool:
    """Walk the meeting minute by minute on the wall clock at its start."""
    local = start.at.astimezone(ZoneInfo(seeker.zone)).replace(tzinfo=None)
    walk = (local + timedelta(minutes=minute) for minute in range(start.minutes))
    return all(
        any(
            free.weekday == at.weekday()
            and free.from_minute <= at.hour * 60 + at.minute < free.until_minute
            for free in seeker.free
        )
        for at in walk
    )
