"""Timetables: meetings made ahead, changed and ended without anybody losing a seat unheard."""

from datetime import UTC, datetime, timedelta

import pytest

from hearthside.groups.enums import Stage
from hearthside.meetings import actions
from hearthside.meetings.actions import planning
from hearthside.meetings.models import Meeting, Seat, Series
from hearthside.meetings.queries.schedule import preview, schedule_words
from peerkit.calendar import Recurrence
from tests import world
from tests.meetings.people import letters_to, ready
from tests.world import NOW

pytestmark = pytest.mark.django_db


def weekly(
    starts: str = "2026-11-24T19:00", rule: str = "FREQ=WEEKLY", **fields: object
) -> Recurrence:
    values = {
        "starts": datetime.fromisoformat(starts),
        "zone": "Europe/London",
        "minutes": 90,
        "rule": rule,
    }
    return Recurrence(**{**values, **fields})  # type: ignore[arg-type]


def started(recurrence: Recurrence | None = None) -> Series:
    return actions.start_series(group=world.group(), recurrence=recurrence or weekly(), now=NOW)


def starts(series: Series) -> list[str]:
    return [f"{meeting.starts_at:%m-%d %H:%M}" for meeting in series.meetings.order_by("starts_at")]


def first_meeting(series: Series) -> Meeting:
    meeting = series.meetings.order_by("starts_at").first()
    assert meeting is not None
    return meeting


def test_a_weekly_group_has_its_next_quarter_of_a_year_planned() -> None:
    series = started()
    assert series.meetings.count() == 13
    assert starts(series)[:2] == ["11-24 19:00", "12-01 19:00"]
    assert first_meeting(series).seats_max == series.group.size_max


def test_seven_in_the_evening_stays_seven_when_the_clocks_change() -> None:
    series = started(weekly("2026-11-24T19:00", zone="America/New_York"))
    actions.plan(series=series, now=NOW, weeks=20)
    utc = [meeting.starts_at.hour for meeting in series.meetings.order_by("starts_at")]
    assert (utc[0], utc[-1]) == (0, 23)


def test_planning_again_makes_nothing_twice_and_leaves_moved_meetings_alone() -> None:
    series = started()
    meeting = first_meeting(series)
    actions.move(
        meeting=meeting, starts_at=meeting.starts_at + timedelta(days=1),
        ends_at=meeting.ends_at + timedelta(days=1), by=None, now=NOW,
    )  # fmt: skip
    before = starts(series)
    assert actions.plan(series=series, now=NOW) == 0
    assert starts(series) == before


def test_each_day_the_plan_reaches_one_day_further() -> None:
    series = started()
    assert actions.plan_running(now=NOW + timedelta(days=1)) == 0
    assert actions.plan_running(now=NOW + timedelta(days=2)) == 1
    assert series.meetings.count() == 14


def test_groups_at_rest_and_ended_timetables_are_not_planned() -> None:
    resting, ended = started(), started()
    resting.group.stage = Stage.PAUSED
    resting.group.save()
    actions.end_series(series=ended, by=None, now=NOW)
    assert actions.plan_running(now=NOW + timedelta(weeks=8)) == 0


def test_when_a_group_makes_room_those_in_line_get_chairs() -> None:
    series = started()
    meeting = first_meeting(series)
    actions.resize(meeting=meeting, seats_max=1, now=NOW)
    seats = [
        actions.take_seat(meeting=meeting, person=ready(series.group), now=NOW) for _ in range(2)
    ]
    assert [planning.fit_chairs(now=NOW) for _ in range(2)] == [1, 0]
    seats[1].refresh_from_db()
    assert seats[1].number == 2


def test_when_the_time_of_day_changes_people_keep_their_seats_and_are_told() -> None:
    series = started()
    meeting = first_meeting(series)
    person = ready(series.group)
    actions.take_seat(meeting=meeting, person=person, now=NOW)
    actions.change_series(series=series, recurrence=weekly("2026-11-24T18:00"), by=None, now=NOW)
    meeting.refresh_from_db()
    assert starts(series)[:2] == ["11-24 18:00", "12-01 18:00"]
    assert series.meetings.count() == 13
    assert meeting.starts_at.hour == 18
    assert meeting.revision == 1
    assert letters_to(person) == ["booked", "moved"]
    assert Seat.objects.held().filter(meeting=meeting, person=person).exists()


def test_when_the_weekday_changes_each_meeting_moves_within_its_week() -> None:
    series = started()
    keys = set(series.meetings.values_list("pk", flat=True))
    actions.change_series(series=series, recurrence=weekly("2026-11-26T19:00"), by=None, now=NOW)
    assert starts(series)[:2] == ["11-26 19:00", "12-03 19:00"]
    assert set(series.meetings.values_list("pk", flat=True)) == keys


def test_weeks_that_fall_away_are_cancelled_for_those_with_a_seat_and_removed_otherwise() -> None:
    series = started()
    person = ready(series.group)
    second = series.meetings.order_by("starts_at")[1]
    actions.take_seat(meeting=second, person=person, now=NOW)
    fortnightly = weekly("2026-11-24T19:00", rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    actions.change_series(series=series, recurrence=fortnightly, by=None, now=NOW)
    assert Meeting.objects.standing().filter(series=series).count() == 7
    assert letters_to(person) == ["booked", "cancelled"]
    assert starts(series)[:3] == ["11-24 19:00", "12-01 19:00", "12-08 19:00"]


def test_the_same_timetable_again_changes_and_tells_nothing() -> None:
    series = started()
    person = ready(series.group)
    actions.take_seat(meeting=first_meeting(series), person=person, now=NOW)
    before = starts(series)
    actions.change_series(series=series, recurrence=weekly(), by=None, now=NOW)
    assert starts(series) == before
    assert letters_to(person) == ["booked"]


def test_meetings_of_the_past_stay_when_a_timetable_changes_or_ends() -> None:
    series = started()
    later = NOW + timedelta(days=9)
    actions.change_series(series=series, recurrence=weekly("2026-12-03T10:00"), by=None, now=later)
    assert starts(series)[:3] == ["11-24 19:00", "12-01 19:00", "12-03 10:00"]
    actions.end_series(series=series, by=None, now=later)
    assert starts(series) == ["11-24 19:00", "12-01 19:00"]


def test_ending_a_timetable_tells_those_with_a_seat() -> None:
    series = started()
    person = ready(series.group)
    actions.take_seat(meeting=first_meeting(series), person=person, now=NOW)
    actions.end_series(series=series, by=None, now=NOW)
    assert letters_to(person) == ["booked", "cancelled"]
    assert series.meetings.count() == 1


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "Every Tuesday at 7 p.m."),
        ("FREQ=WEEKLY", "Every Tuesday at 7 p.m."),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every second Tuesday at 7 p.m."),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "Every 3 weeks on Tuesday at 7 p.m."),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "Every Tuesday and Thursday at 7 p.m."),
        ("FREQ=MONTHLY;BYDAY=4TU", "Fourth Tuesday of the month at 7 p.m."),
        ("FREQ=MONTHLY;BYDAY=-1TU", "Last Tuesday of the month at 7 p.m."),
        (
            "FREQ=WEEKLY;BYDAY=TU;COUNT=8",
            "Every Tuesday at 7 p.m.; a course of 8 meetings from Tuesday 24 November 2026",
        ),
        ("", "Once, on Tuesday 24 November 2026 at 7 p.m."),
        ("FREQ=MONTHLY;BYMONTHDAY=24", "By its own timetable, at 7 p.m."),
    ],
)
def test_a_timetable_says_itself_in_words(rule: str, words: str) -> None:
    series = Series(starts_local="2026-11-24T19:00", zone="Europe/London", minutes=60, rule=rule)
    assert schedule_words(series) == words


def test_the_preview_says_where_the_clocks_change() -> None:
    before = datetime(2027, 3, 15, tzinfo=UTC)
    dates = preview(weekly("2027-03-16T19:00"), now=before)
    assert [each.is_shifted for each in dates] == [False, False, True, False, False]
    assert [each.starts_at.hour for each in dates] == [19, 19, 18, 18, 18]
