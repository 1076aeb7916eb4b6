"""New groups from those who wait: all of each are free every week, alike, and can meet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerkit.matching.placing.opening import Proposal, Proposals, propose_groups
from peerkit.matching.placing.values import Pair
from peerkit.matching.placing.waiting import Waiting
from peerkit.matching.values import Around, Free

# Clocks change in Europe on 29 March and in America on 8 March: both within the weeks looked at.
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ZONES = ["Europe/London", "America/New_York", "Europe/Warsaw", "Asia/Kathmandu", "Australia/Sydney"]
EVENING = (Free(1, 18 * 60, 22 * 60),)


@st.composite
def waitings(draw: st.DrawFn) -> list[Waiting]:
    free = st.builds(
        lambda day, start, long: Free(day, start, min(start + long, 1440)),
        st.integers(0, 6),
        st.integers(0, 1300),
        st.integers(60, 1440),
    )
    return [
        Waiting(
            f"w{at:02}",
            draw(st.sampled_from(["grief", "burnout"])),
            tuple(draw(st.sets(st.sampled_from(["en", "es"]), min_size=1))),
            tuple(draw(st.lists(free, max_size=5))),
            draw(st.sampled_from(ZONES)),
            draw(st.frozensets(st.sampled_from(["online", "in_person"]))),
            draw(st.sampled_from([None, Around(51.5, -0.1, 20), Around(51.6, -0.2, 5)])),
            draw(st.sampled_from([None, 15, 40])),
            draw(st.sampled_from(["", "", "women"])),
            is_new=draw(st.booleans()),
        )
        for at in range(draw(st.integers(0, 24)))
    ]


def is_free(one: Waiting, at: datetime, minutes: int) -> bool:
    """Whether all of a meeting, looked at every five minutes, is in somebody's free time, on the clock of their wall."""
    for minute in (*range(0, minutes, 5), minutes - 1):
        there = (at + timedelta(minutes=minute)).astimezone(ZoneInfo(one.zone))
        wall = there.hour * 60 + there.minute
        spans = [it for it in one.free if it.weekday == there.weekday()]
        if not any(it.from_minute <= wall < it.until_minute for it in spans):
            return False
    return True


def meetings(group: Proposal, weeks: int) -> list[datetime]:
    """Every meeting of the next weeks, as an instant."""
    zone = ZoneInfo(group.zone)
    first = NOW.astimezone(zone).date()
    days = (first + timedelta(days=day) for day in range(weeks * 7))
    hour, minute = divmod(group.start_minute, 60)
    starts = (
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)
        for day in days
        if day.weekday() == group.weekday
    )
    return [at for at in starts if at >= NOW]


@given(waitings())
@settings(max_examples=40)
def test_everybody_in_a_new_group_is_free_in_every_week_and_alike(people: list[Waiting]) -> None:
    found = propose_groups(people, now=NOW, people_min=2, people_max=4)
    by_id = {one.id: one for one in people}
    for group in found.groups:
        assert 2 <= len(group.members) <= 4
        for one in (by_id[name] for name in group.members):
            assert one.experience == group.experience
            assert group.language in one.languages
            assert one.only == group.only
            assert one.is_young == group.is_young
            assert ("in_person" if group.around else "online") in one.formats
            assert all(is_free(one, at, 60) for at in meetings(group, 12))
    placed = [name for group in found.groups for name in group.members]
    assert len(placed) == len(set(placed)) == found.helped
    assert sorted([*placed, *found.too_few_alike, *found.no_common_hour]) == sorted(by_id)


def test_an_hour_that_a_clock_repeats_is_no_free_hour_for_who_is_free_once() -> None:
    # On 5 April Sydney's clock goes from 03:00 back to 02:00, in the middle of a meeting at 02:30.
    sydney = replace(crowd(1)[0], id="s", free=(Free(6, 121, 210),), zone="Australia/Sydney")
    london = replace(crowd(1)[0], id="l", free=(Free(5, 0, 1110),))
    found = propose_groups([sydney, london], now=NOW, people_min=2, people_max=4)
    assert not found.groups
    roomy = replace(sydney, free=(Free(6, 60, 240),))
    assert propose_groups([roomy, london], now=NOW, people_min=2, people_max=4).groups


@given(waitings(), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_those_who_wait_never_matters(people: list[Waiting], chance: Random) -> None:
    turned = list(people)
    chance.shuffle(turned)
    asked = {"now": NOW, "people_min": 2, "people_max": 4}
    assert propose_groups(turned, **asked) == propose_groups(people, **asked)  # type: ignore[arg-type]


def crowd(count: int, **fields: object) -> list[Waiting]:
    one = Waiting("", "grief", ("en",), EVENING, "Europe/London")
    return [replace(one, id=f"w{at:02}", **fields) for at in range(count)]  # type: ignore[arg-type]


def offered(people: list[Waiting], **asked: object) -> Proposals:
    return propose_groups(people, now=NOW, **asked)  # type: ignore[arg-type]


def test_seventeen_alike_make_a_group_of_twelve_and_one_of_five() -> None:
    found = offered(crowd(17))
    assert [len(group.members) for group in found.groups] == [12, 5]
    first = found.groups[0]
    assert (first.weekday, first.start_minute, first.zone) == (1, 18 * 60, "Europe/London")
    assert first.could_come == 17


def test_those_left_hear_whether_too_few_are_alike_or_no_hour_is_common() -> None:
    mornings = [replace(one, id=f"x{one.id}", free=(Free(3, 540, 720),)) for one in crowd(3)]
    others = [replace(one, id=f"y{one.id}", experience="loss") for one in crowd(2)]
    found = offered([*crowd(6), *mornings, *others])
    assert found.no_common_hour == ("xw00", "xw01", "xw02")
    assert found.too_few_alike == ("yw00", "yw01")


def test_an_hour_that_a_change_of_clocks_would_break_is_not_offered() -> None:
    london = crowd(3)
    new_york = [
        replace(one, id=f"n{one.id}", zone="America/New_York", free=(Free(1, 13 * 60, 14 * 60),))
        for one in crowd(2)
    ]
    # For three weeks in March the two cities are four hours apart, not five.
    assert offered([*london, *new_york]).groups == ()
    patient = [replace(one, free=(Free(1, 13 * 60, 16 * 60),)) for one in new_york]
    assert len(offered([*london, *patient]).groups) == 1


def test_two_who_are_kept_apart_are_never_in_one_new_group() -> None:
    for pair in (Pair("w00", "w01"), Pair("w01", "w00")):
        group = offered(crowd(6), apart=(pair,)).groups[0]
        assert not {"w00", "w01"} <= set(group.members)


def test_newcomers_keep_their_share_in_a_new_group() -> None:
    people = [replace(one, is_new=at >= 2) for at, one in enumerate(crowd(12))]
    assert len(offered(people, newcomers=(3, 4)).groups[0].members) == 8
    assert offered(crowd(12), newcomers=(3, 4)).groups == ()


def test_who_can_only_come_in_person_meets_where_all_can_reach() -> None:
    here, far = Around(51.5, -0.1, 10), Around(55.9, -3.2, 10)
    people = [
        *crowd(5, formats=frozenset(["in_person"]), around=here),
        *(
            replace(one, id=f"f{one.id}")
            for one in crowd(4, formats=frozenset(["in_person"]), around=far)
        ),
    ]
    found = offered(people)
    assert len(found.groups) == 1
    assert found.groups[0].around == Around(51.5, -0.1, 0.0)
    assert len(found.too_few_alike) == 4


def test_numbers_that_make_no_group_are_refused() -> None:
    with pytest.raises(ValueError, match="A group of 9 to 3 people cannot be"):
        offered([], people_min=9, people_max=3)
    with pytest.raises(ValueError, match="twice under one id"):
        offered([*crowd(1), *crowd(1)])
