"""When a group meets: the engine counts the same times as the calendar does, whatever was moved or called off."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthside.finder.queries.reading.times import AHEAD, Booked, Plan, times_of
from hearthside.meetings.queries.rhythms import Timetable, times
from peerkit.calendar import first_start
from peerkit.matching import Index, Offer, Seeker, Start
from peerkit.matching.finding.clock import first_week, occurrences

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rule(kind: str, day: int) -> str:
    return {
        "weekly": f"FREQ=WEEKLY;BYDAY={DAYS[day]}",
        "fortnightly": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={DAYS[day]}",
        "third week": f"FREQ=WEEKLY;INTERVAL=3;BYDAY={DAYS[day]}",
        "twice a week": f"FREQ=WEEKLY;BYDAY={DAYS[day]},{DAYS[(day + 3) % 7]}",
        "second of the month": f"FREQ=MONTHLY;BYDAY=2{DAYS[day]}",
        "last of the month": f"FREQ=MONTHLY;BYDAY=-1{DAYS[day]}",
        "fifth of the month": f"FREQ=MONTHLY;BYDAY=5{DAYS[day]}",
        "a course": f"FREQ=WEEKLY;COUNT=9;BYDAY={DAYS[day]}",
        "every other month": f"FREQ=MONTHLY;INTERVAL=2;BYDAY=1{DAYS[day]}",
        "by date": "FREQ=MONTHLY;BYMONTHDAY=13",
    }[kind]


KINDS = st.sampled_from(
    [
        "weekly", "fortnightly", "third week", "twice a week", "second of the month",
        "last of the month", "fifth of the month", "a course", "every other month", "by date",
    ]
)  # fmt: skip
ZONES = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])


def first_day(text: str, begin: datetime) -> datetime:
    """The first day from `begin` on that the rule names."""
    found = first_start(text, earliest=begin)
    assert found is not None
    return found


def counted(plan: Plan) -> list[datetime]:
    """Every coming time that the engine would count."""
    found = times_of(plan, now=NOW)
    starts = [start.at for start in found.upcoming]
    for rhythm in found.rhythms:
        starts += [at for at in occurrences(rhythm, first_week(NOW)) if NOW <= at < NOW + AHEAD]
    return sorted(starts)


@given(
    KINDS, st.integers(0, 6), st.integers(0, 23), ZONES, st.integers(-400, 40)
)  # begun long ago, or not yet
def test_the_engine_counts_the_times_that_the_calendar_gives(
    kind: str, day: int, hour: int, zone: str, begun: int
) -> None:
    text = rule(kind, day)
    begin = (NOW + timedelta(days=begun)).replace(tzinfo=None, hour=hour, minute=30)
    starts = first_day(text, begin)
    table = Timetable(f"{starts:%Y-%m-%dT%H:%M}", zone, 60, text)
    assert counted(Plan([table])) == list(times(table, from_at=NOW, until_at=NOW + AHEAD))


WEEKLY = Timetable("2025-11-04T19:00", "Europe/London", 90, "FREQ=WEEKLY;BYDAY=TU")
COMING = times(WEEKLY, from_at=NOW, until_at=NOW + AHEAD)


def test_a_cancelled_meeting_is_not_counted_and_a_moved_one_counts_where_it_went() -> None:
    moved = Start(COMING[1] + timedelta(days=1), 90, "Europe/London")
    plan = Plan([WEEKLY], off={COMING[0], COMING[1]}, moved=[moved])
    assert counted(plan) == [moved.at, *COMING[2:]]


def test_an_hour_on_the_clock_stays_when_clocks_change() -> None:
    hours = {at.hour for at in counted(Plan([WEEKLY]))}
    assert hours == {18, 19}


def test_a_full_meeting_is_passed_over_while_a_later_one_has_seats() -> None:
    found = times_of(Plan([WEEKLY], booked=[Booked(COMING[0], 0), Booked(COMING[1], 4)]), now=NOW)
    assert found.upcoming[0].at == COMING[1]
    assert found.seats_free == 4


def test_a_group_whose_planned_meetings_are_all_full_is_full() -> None:
    found = times_of(Plan([WEEKLY], booked=[Booked(at, 0) for at in COMING]), now=NOW)
    assert found.seats_free == 0
    assert len(found.upcoming) == len(COMING)


@pytest.mark.parametrize("text", ["FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;COUNT=30;BYDAY=TU"])
def test_a_rhythm_and_single_times_lead_to_the_same_answer(text: str) -> None:
    found = times_of(Plan([WEEKLY._replace(rule=text, starts_local="2026-02-03T19:00")]), now=NOW)
    offer = Offer("one", rhythms=found.rhythms, upcoming=found.upcoming)
    (match,) = Index([offer], now=NOW).rank(Seeker(), now=NOW).matches
    assert match.meeting is not None
    assert match.meeting.at == COMING[0]
