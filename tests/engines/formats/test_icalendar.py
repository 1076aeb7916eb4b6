"""A feed, read back by an independent library, holds exactly the meetings that were put in."""

# ruff: noqa: DTZ001 - local times without a zone are what is tested

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from peerkit.calendar import Recurrence, occurrences, utc_of
from peerkit.formats.icalendar import CalendarEntry, EntryError, encode
from peerkit.formats.vtimezone import vtimezone
from tests.engines.calendar.independent import starts_in
from tests.engines.calendar.timetables import recurrences, zones

CHANGED_AT = datetime(2025, 5, 1, 12, tzinfo=UTC)
FROM_AT, UNTIL_AT = datetime(2025, 6, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)
WEEKLY = CalendarEntry(
    uid="grief-circle@example.org",
    summary="Grief circle",
    starts=datetime(2025, 6, 3, 19),
    zone="Europe/London",
    minutes=90,
    updated_at=CHANGED_AT,
    rule="FREQ=WEEKLY;BYDAY=TU",
)


def feed(*entries: CalendarEntry) -> bytes:
    return encode(entries, name="Our groups", prodid="-//Example//Feeds//EN")


def read(*entries: CalendarEntry) -> Calendar:
    return Calendar.from_ical(feed(*entries))


def only_event(entry: CalendarEntry) -> Component:
    (event,) = read(entry).walk("VEVENT")
    return event


def entry_for(recurrence: Recurrence) -> CalendarEntry:
    return replace(
        WEEKLY,
        starts=recurrence.starts,
        zone=recurrence.zone,
        minutes=recurrence.minutes,
        rule=recurrence.rule,
        exceptions=recurrence.exceptions,
    )


@given(recurrences())
def test_a_feed_expands_to_the_meetings_of_its_series(recurrence: Recurrence) -> None:
    entry = entry_for(recurrence)
    found = starts_in(read(entry), from_at=FROM_AT, until_at=UNTIL_AT)
    meetings = occurrences(recurrence, from_at=FROM_AT, until_at=UNTIL_AT)
    assert found == [each.starts_at for each in meetings]
    assert f"DURATION:PT{recurrence.minutes}M\r\n".encode() in feed(entry)


@given(zones, st.integers(0, 23), st.datetimes(datetime(2025, 6, 4), datetime(2027, 1, 1)))
@example("America/Nuuk", 0, datetime(2026, 3, 28, 23, 59, 59))
@example("America/Nuuk", 23, datetime(2026, 3, 28, 23, 59, 59))
def test_a_last_day_in_any_form_is_written_in_utc(zone: str, hour: int, last: datetime) -> None:
    starts = WEEKLY.starts.replace(hour=hour)
    dated = Recurrence(starts, zone, 90, f"FREQ=DAILY;UNTIL={last:%Y%m%d}")
    timed = Recurrence(starts, zone, 90, f"FREQ=DAILY;UNTIL={last:%Y%m%dT%H%M%S}")
    for series in (dated, timed):
        check_until_is_written_in_utc(series, last)


def check_until_is_written_in_utc(series: Recurrence, last: datetime) -> None:
    entry = entry_for(series)
    assert re.search(rb"UNTIL=\d{8}T\d{6}Z", feed(entry))
    from_at, until_at = (last.replace(tzinfo=UTC) + timedelta(days=days) for days in (-4, 4))
    found = starts_in(read(entry), from_at=from_at, until_at=until_at)
    meetings = occurrences(series, from_at=from_at, until_at=until_at)
    assert found == [each.starts_at for each in meetings]


@given(zones, st.integers(1990, 2026), st.datetimes(datetime(2026, 1, 2), datetime(2037, 12, 30)))
def test_a_zone_as_written_tells_the_time_as_the_iana_tables_do(
    zone: str, first_year: int, moment: datetime
) -> None:
    # Written under another name, so that a reader must go by the definition alone.
    component = vtimezone(zone, first_year=first_year).copy(recursive=True)
    component["TZID"] = "Elsewhere"
    written = tzical(StringIO(component.to_ical().decode())).get("Elsewhere")
    for hours in range(0, 24 * 40, 7):
        local = moment.replace(second=0, microsecond=0) + timedelta(hours=hours)
        expected = ZoneInfo(zone).utcoffset(local)
        if ZoneInfo(zone).utcoffset(local.replace(fold=1)) == expected:
            assert written is not None
            assert written.utcoffset(local) == expected


@pytest.mark.parametrize(
    ("zone", "lines"),
    [
        (
            "America/New_York",
            ["DTSTART:20250309T020000", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"],
        ),
        ("Europe/London", ["DTSTART:20250330T010000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"]),
        ("Australia/Lord_Howe", ["TZOFFSETTO:+1030", "TZOFFSETFROM:+1030"]),
        ("Africa/Casablanca", ["DTSTART:20250223T030000", "RDATE:20260215T030000,20270207T030000"]),
        ("Asia/Kathmandu", ["TZOFFSETFROM:+0545"]),
    ],
)
def test_a_zone_is_written_as_the_standard_asks(zone: str, lines: list[str]) -> None:
    text = vtimezone(zone, first_year=2025).to_ical().decode()
    for line in lines:
        assert f"\r\n{line}" in text
    assert len(text) < 1000


def test_a_change_of_clocks_without_a_lasting_rule_is_listed_year_by_year() -> None:
    # Israel's Friday before the last Sunday looks like the fourth Friday from 2031 to 2037.
    text = vtimezone("Asia/Jerusalem", first_year=2025).to_ical().decode()
    assert "4FR" not in text
    assert "20350323T020000" in text.replace("\r\n ", "")


def test_every_zone_a_feed_names_is_defined_in_it_once() -> None:
    there = replace(WEEKLY, uid="there@example.org", zone="America/New_York")
    anywhere = replace(WEEKLY, uid="anywhere@example.org", zone="UTC")
    calendar = read(WEEKLY, there, anywhere, replace(WEEKLY, uid="second@example.org"))
    defined = [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")]
    assert defined == ["America/New_York", "Europe/London"]
    assert b"DTSTART:20250603T190000Z" in feed(anywhere)


def test_a_zone_is_defined_back_to_the_oldest_meeting_that_names_it() -> None:
    old = replace(WEEKLY, uid="old@example.org", starts=datetime(1999, 6, 1, 19))
    assert b"DTSTART:19990101T000000" in feed(WEEKLY, old)


def test_a_moved_meeting_is_found_at_its_new_time_only() -> None:
    moved = replace(
        WEEKLY,
        rule="",
        recurrence_id=datetime(2025, 6, 10, 19),
        starts=datetime(2025, 6, 12, 18, 30),
        sequence=1,
    )
    until_at = datetime(2025, 6, 18, tzinfo=UTC)
    found = starts_in(read(WEEKLY, moved), from_at=FROM_AT, until_at=until_at)
    expected = (datetime(2025, 6, 3, 19), datetime(2025, 6, 12, 18, 30), datetime(2025, 6, 17, 19))
    assert found == [utc_of(local, "Europe/London") for local in expected]
    assert b"RECURRENCE-ID;TZID=Europe/London:20250610T190000\r\n" in feed(moved)


def test_a_cancelled_meeting_stays_in_the_feed_and_says_so() -> None:
    cancelled = replace(
        WEEKLY,
        rule="",
        recurrence_id=datetime(2025, 6, 10, 19),
        starts=datetime(2025, 6, 10, 19),
        sequence=1,
        cancelled=True,
        alarm_minutes=30,
    )
    until_at = datetime(2025, 6, 18, tzinfo=UTC)
    found = starts_in(read(WEEKLY, cancelled), from_at=FROM_AT, until_at=until_at)
    assert [each.day for each in found] == [3, 17]
    event = only_event(cancelled)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert not event.walk("VALARM")


def test_a_feed_names_itself_and_says_when_to_come_back() -> None:
    calendar = read(WEEKLY)
    assert (calendar["VERSION"], calendar["PRODID"]) == ("2.0", "-//Example//Feeds//EN")
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Our groups"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in feed(WEEKLY)


def test_a_feed_without_meetings_is_still_a_feed() -> None:
    assert not read().walk("VEVENT")


def test_the_same_entries_give_the_same_bytes() -> None:
    assert feed(WEEKLY) == feed(replace(WEEKLY))


def test_an_entry_carries_its_words_place_link_and_alarm() -> None:
    entry = replace(
        WEEKLY,
        description="Door code: ask.\r\nTea from 18:45",
        location="Community Centre; room 2, upstairs",
        url="https://example.org/groups/grief?x=1,2",
        alarm_minutes=60,
    )
    event = only_event(entry)
    assert event["DESCRIPTION"] == "Door code: ask.\nTea from 18:45"
    assert event["LOCATION"] == "Community Centre; room 2, upstairs"
    assert event["URL"] == "https://example.org/groups/grief?x=1,2"
    written = feed(entry).split(b"\r\n")
    assert {b"DTSTAMP:20250501T120000Z", b"LAST-MODIFIED:20250501T120000Z"} <= set(written)
    assert {b"BEGIN:VALARM", b"ACTION:DISPLAY", b"TRIGGER:-PT1H"} <= set(written)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_can_break_out_of_its_line(text: str) -> None:
    entry = replace(WEEKLY, summary=text, description=text, location=text)
    lines = feed(entry).split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(byte < 32 and byte != 9 for line in lines for byte in line)
    event = only_event(entry)
    assert set(event) == set(only_event(replace(WEEKLY, description="a", location="a"))) - {
        name for name in ("DESCRIPTION", "LOCATION") if not text
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Olympus"},
        {"zone": ""},
        {"rule": "FREQ=NOW"},
        {"rule": "every Tuesday"},
        {"starts": CHANGED_AT},
        {"exceptions": (CHANGED_AT,)},
        {"recurrence_id": datetime(2025, 6, 10, 19)},
        {"updated_at": datetime(2025, 5, 1, 12)},
        {"uid": ""},
        {"uid": "a\r\nATTENDEE:b"},
        {"url": "https://example.org/\r\nATTENDEE:b"},
        {"minutes": 0},
    ],
)
def test_an_entry_no_calendar_can_hold_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(EntryError):
        replace(WEEKLY, **wrong)
