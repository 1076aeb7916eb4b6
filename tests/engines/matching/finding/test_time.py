"""When groups meet on a person's clock: every week, every other, once a month, and when clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit import matching
from peerkit.matching import Free, Index, Match, Offer, Rhythm, Seeker, Start, week_number
from tests.engines.matching.finding.town import FREE, NOW, RHYTHMS, ZONES

MOMENTS = st.integers(0, 364 * 24 * 60).map(lambda one: NOW + timedelta(minutes=one))


def _days(rhythm: Rhythm, now: datetime) -> list[date]:
    """Walk the calendar day by day, from the words of the rule alone."""
    days = [now.date() + timedelta(days=ahead) for ahead in range(-2, 144)]
    found = []
    for day in days:
        if day.weekday() != rhythm.weekday:
            continue
        week = week_number(day)
        if rhythm.weeks:
            is_on = week >= rhythm.since and bool(rhythm.weeks >> (week - rhythm.since) & 1)
        else:
            month = [one for one in range(1, 32) if _is_same(day, one, rhythm.weekday)]
            nth = rhythm.nth
            is_nth = not nth or (
                day.day == month[-1] if nth < 0 else day.day in month[nth - 1 : nth]
            )
            is_on = is_nth and week % rhythm.every == rhythm.phase % rhythm.every
        if is_on:
            found.append(day)
    return found


def _is_same(day: date, number: int, weekday: int) -> bool:
    try:
        return day.replace(day=number).weekday() == weekday
    except ValueError:
        return False


def _is_free(seeker: Seeker, at: datetime, minutes: int) -> bool:
    """Walk the meeting minute by minute on the wall clock at its start."""
    local = at.astimezone(ZoneInfo(seeker.zone)).replace(tzinfo=None)
    walk = (local + timedelta(minutes=minute) for minute in range(minutes))
    return all(
        any(
            free.weekday == one.weekday()
            and free.from_minute <= one.hour * 60 + one.minute < free.until_minute
            for free in seeker.free
        )
        for one in walk
    )


@given(st.lists(FREE, min_size=1, max_size=3), st.sampled_from(ZONES), RHYTHMS, MOMENTS)
def test_the_share_of_meetings_is_what_a_walk_minute_by_minute_finds(
    free: list[Free], zone: str, rhythm: Rhythm, now: datetime
) -> None:
    seeker = Seeker(free=tuple(free), zone=zone)
    hour = timedelta(minutes=rhythm.minute)
    midnight = datetime.min.time()
    starts = [
        (datetime.combine(day, midnight, ZoneInfo(rhythm.zone)) + hour).astimezone(UTC)
        for day in _days(rhythm, now)
    ]
    coming = [at for at in starts if now <= at < now + timedelta(weeks=20)]
    fitting = [at for at in coming if _is_free(seeker, at, rhythm.minutes)]
    match = _match(seeker, Offer("one", rhythms=(rhythm,)), now)
    told = {one.code: one.params for one in (*match.reasons, *match.misses)}
    if fitting:
        assert told["time"]["at"] == fitting[0]
        assert (told["time"]["fitting"], told["time"]["coming"]) == (len(fitting), len(coming))
    else:
        assert ("time" if coming else "no_meeting") in told
        assert match.misses


@given(st.lists(FREE, max_size=3), st.integers(0, 6), st.sampled_from([0, 720, 1140]))
def test_weekly_fortnightly_and_monthly_groups_at_one_hour_fit_alike(
    free: list[Free], weekday: int, minute: int
) -> None:
    seeker = Seeker(free=tuple(free))
    weekly = Rhythm(weekday, minute)
    kinds = (weekly, weekly._replace(every=2), weekly._replace(every=2, phase=1),
             weekly._replace(nth=2), weekly._replace(nth=-1))  # fmt: skip
    matches = [_match(seeker, Offer("one", rhythms=(kind,))) for kind in kinds]
    worth = [[one.points for one in match.reasons if one.code == "time"] for match in matches]
    assert all(one == worth[0] for one in worth)
    assert all(bool(one.misses) == bool(matches[0].misses) for one in matches)


def test_a_group_that_stops_fitting_when_clocks_change_says_from_when() -> None:
    # New York changes on 8 March, London on 29 March: for three weeks it is an hour earlier in London.
    seeker = Seeker(free=(Free(1, 1140, 1200),), zone="Europe/London")
    group = Offer("one", rhythms=(Rhythm(1, 840, 60, "America/New_York"),))
    match = _match(seeker, group)
    notes = {one.code: one.params for one in match.notes}
    assert notes["time_until"]["at"] == datetime(2026, 3, 10, 18, tzinfo=UTC)
    told = next(one.params for one in match.reasons if one.code == "time")
    assert told["at"] == datetime(2026, 3, 3, 19, tzinfo=UTC)
    assert (told["fitting"], told["coming"]) == (17, 20)


def test_a_group_that_fits_only_once_clocks_have_changed_says_from_when() -> None:
    seeker = Seeker(free=(Free(1, 1080, 1140),), zone="Europe/London")
    match = _match(seeker, Offer("one", rhythms=(Rhythm(1, 840, 60, "America/New_York"),)))
    notes = {one.code: one.params["at"] for one in match.notes}
    assert notes == {
        "time_from": datetime(2026, 3, 10, 18, tzinfo=UTC),
        "time_until": datetime(2026, 3, 31, 18, tzinfo=UTC),
    }


def test_two_hours_of_one_group_are_not_taken_for_a_change_of_clocks() -> None:
    seeker = Seeker(free=(Free(1, 1140, 1200),))
    both = (Rhythm(1, 1140), Rhythm(4, 600))
    assert not _match(seeker, Offer("one", rhythms=both)).notes
    dated = tuple(Start(NOW + timedelta(days=2 + one, hours=7)) for one in range(4))
    assert not _match(seeker, Offer("one", upcoming=dated)).notes


def test_meetings_beyond_twenty_weeks_do_not_count_yet() -> None:
    late = Offer("one", upcoming=(Start(NOW + timedelta(weeks=20)),))
    assert [one.code for one in _match(Seeker(), late).misses] == ["no_meeting"]
    soon = replace(late, upcoming=(Start(NOW + timedelta(weeks=20, minutes=-1)),))
    assert not _match(Seeker(), soon).misses


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        (Rhythm(7, 0), "No hour of a week"),
        (Rhythm(0, 1440), "No hour of a week"),
        (Rhythm(0, 0, 0), "1 minute to a day"),
        (Rhythm(0, 0, zone="Mars/Olympus"), "no time zone called “Mars/Olympus”"),
        (Rhythm(0, 0, every=0), "No rule for weeks"),
    ],
)
def test_a_rhythm_that_cannot_be_is_refused_in_plain_words(rhythm: Rhythm, said: str) -> None:
    offer = Offer("one", rhythms=(rhythm,))
    with pytest.raises(ValueError, match=said):
        matching.rank(Seeker(), [offer], now=NOW)
    with pytest.raises(ValueError, match=said):
        Index([offer], now=NOW)


def _match(seeker: Seeker, offer: Offer, now: datetime = NOW) -> Match:
    plain = matching.rank(seeker, [offer], now=now)
    assert Index([offer]).rank(seeker, now=now) == plain
    return (*plain.matches, *plain.nearest)[0]
