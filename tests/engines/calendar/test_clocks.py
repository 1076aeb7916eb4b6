"""What clocks did and will do in seven places, worked out by hand from the IANA tables."""

# ruff: noqa: DTZ001 - local times without a zone are what is tested

from datetime import UTC, datetime, timedelta

import pytest

from peerkit.calendar import Recurrence, occurrences, utc_of


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        # The two examples of RFC 5545, section 3.3.5: a skipped time, a time that comes twice.
        ("America/New_York", datetime(2007, 3, 11, 2, 30), datetime(2007, 3, 11, 7, 30)),
        ("America/New_York", datetime(2007, 11, 4, 1, 30), datetime(2007, 11, 4, 5, 30)),
        ("Europe/London", datetime(2025, 3, 30, 1, 30), datetime(2025, 3, 30, 1, 30)),
        ("Europe/London", datetime(2025, 10, 26, 1, 30), datetime(2025, 10, 26, 0, 30)),
        ("Europe/London", datetime(2025, 10, 26, 2, 0), datetime(2025, 10, 26, 2, 0)),
        # Half an hour of summer time, and so half an hour skipped and repeated.
        ("Australia/Lord_Howe", datetime(2025, 10, 5, 2, 15), datetime(2025, 10, 4, 15, 45)),
        ("Australia/Lord_Howe", datetime(2025, 4, 6, 1, 45), datetime(2025, 4, 5, 14, 45)),
        ("Australia/Lord_Howe", datetime(2025, 4, 6, 2, 0), datetime(2025, 4, 5, 15, 30)),
        # Samoa left out a Friday: what was planned for it falls on the Saturday.
        ("Pacific/Apia", datetime(2011, 12, 30, 19, 0), datetime(2011, 12, 31, 5, 0)),
        ("Pacific/Apia", datetime(2011, 12, 31, 19, 0), datetime(2011, 12, 31, 5, 0)),
        ("Asia/Kathmandu", datetime(2026, 7, 1, 18, 0), datetime(2026, 7, 1, 12, 15)),
        # São Paulo's summer time skipped midnight, and ended in 2019.
        ("America/Sao_Paulo", datetime(2018, 11, 4, 0, 30), datetime(2018, 11, 4, 3, 30)),
        ("America/Sao_Paulo", datetime(2019, 1, 8, 19, 0), datetime(2019, 1, 8, 21, 0)),
        ("America/Sao_Paulo", datetime(2026, 1, 6, 19, 0), datetime(2026, 1, 6, 22, 0)),
    ],
)
def test_a_local_time_is_the_instant_the_rfc_says(
    zone: str, local: datetime, expected: datetime
) -> None:
    assert utc_of(local, zone) == expected.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "first", "hours"),
    [
        ("Europe/London", datetime(2025, 3, 18, 19), [19, 19, 18, 18]),
        ("America/New_York", datetime(2025, 10, 21, 19), [23, 23, 0, 0]),
        ("Africa/Casablanca", datetime(2025, 2, 11, 19), [18, 18, 19, 19, 19, 19, 19, 19, 18]),
        ("Asia/Kathmandu", datetime(2025, 3, 18, 18, 45), [13, 13, 13, 13]),
    ],
)
def test_a_weekly_meeting_keeps_its_hour_on_the_groups_clocks(
    zone: str, first: datetime, hours: list[int]
) -> None:
    weekly = Recurrence(first, zone, 90, "FREQ=WEEKLY;BYDAY=TU")
    from_at = utc_of(first, zone)
    until_at = from_at + timedelta(weeks=len(hours))
    found = occurrences(weekly, from_at=from_at, until_at=until_at, most=len(hours))
    assert [each.starts_at.hour for each in found] == hours
    assert {each.local.time() for each in found} == {first.time()}


def test_a_meeting_over_the_hour_that_comes_twice_lasts_as_long_as_promised() -> None:
    night = Recurrence(datetime(2025, 10, 26, 0, 30), "Europe/London", 120)
    (meeting,) = occurrences(
        night,
        from_at=datetime(2025, 10, 25, tzinfo=UTC),
        until_at=datetime(2025, 10, 27, tzinfo=UTC),
    )
    assert meeting.starts_at == datetime(2025, 10, 25, 23, 30, tzinfo=UTC)
    assert meeting.ends_at == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


def test_a_skipped_time_is_held_an_hour_later_and_not_left_out() -> None:
    nightly = Recurrence(datetime(2025, 3, 8, 2, 30), "America/New_York", 30, "FREQ=DAILY;COUNT=3")
    found = occurrences(
        nightly,
        from_at=datetime(2025, 3, 8, tzinfo=UTC),
        until_at=datetime(2025, 3, 12, tzinfo=UTC),
    )
    assert [each.local.day for each in found] == [8, 9, 10]
    assert [each.starts_at.strftime("%d %H:%M") for each in found] == [
        "08 07:30",
        "09 07:30",
        "10 06:30",
    ]


def test_samoas_two_evenings_at_one_instant_are_both_found_from_that_instant_on() -> None:
    nightly = Recurrence(datetime(2011, 12, 28, 19), "Pacific/Apia", 60, "FREQ=DAILY")
    skipped_at = datetime(2011, 12, 31, 5, tzinfo=UTC)
    found = occurrences(nightly, from_at=skipped_at, until_at=skipped_at + timedelta(days=2))
    assert [each.local.day for each in found] == [30, 31, 1]
    assert found[0].starts_at == found[1].starts_at == skipped_at
