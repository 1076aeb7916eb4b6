"""Real published lists: nearly every row becomes a group, with the clock a person would have read."""

import json
from datetime import time
from pathlib import Path

import pytest

from peerkit.formats.meeting_guide import Feed, Format, Listing, Outcome, decode

# Where each list's rooms are, roughly: enough to stand in for a gazetteer.
EAST = "America/New_York"
LISTS = {
    "eda": 185,
    "al-anon": 360,
    "edmonton": 315,
    "aasfmarin": 658,
    "sussexaa": 123,
}
ZONES = {
    "al-anon": {EAST},
    "edmonton": {"America/Edmonton"},
    "aasfmarin": {"America/Los_Angeles"},
    "sussexaa": {EAST},
}


def roughly(latitude: float, longitude: float, country: str) -> str | None:
    if country in {"GB", "ZA"}:
        return {"GB": "Europe/London", "ZA": "Africa/Johannesburg"}[country]
    if longitude > -30:
        return None
    bands = ((-86.5, EAST), (-102.0, "America/Chicago"), (-114.5, "America/Denver"))
    return next((zone for west, zone in bands if longitude > west), "America/Los_Angeles")


def rows_of(shared: Path, name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads((shared / "meetings" / f"{name}.json").read_bytes())
    return rows


def feed_of(shared: Path, name: str) -> Feed:
    return decode((shared / "meetings" / f"{name}.json").read_bytes(), zone_at=roughly)


def named(feed: Feed, start: str) -> Listing:
    return next(row.listing for row in feed.rows if row.listing and row.name.startswith(start))


@pytest.mark.parametrize(("name", "rows"), LISTS.items())
def test_at_least_97_percent_of_every_published_list_is_findable(
    shared: Path, name: str, rows: int
) -> None:
    feed = feed_of(shared, name)
    assert len(feed.rows) == rows
    refused = [row for row in feed.rows if row.outcome is Outcome.REFUSED]
    assert len(refused) <= 0.03 * rows
    assert all(row.notes for row in refused)


@pytest.mark.parametrize("name", LISTS)
def test_days_and_times_are_those_of_the_list(shared: Path, name: str) -> None:
    feed = feed_of(shared, name)
    for raw, row in zip(rows_of(shared, name), feed.rows, strict=True):
        if row.listing and not any(note.code == "time-restated" for note in row.notes):
            day = raw["day"][0] if isinstance(raw["day"], list) else raw["day"]
            assert isinstance(day, int)
            assert row.listing.days == ((day + 6) % 7,)
            assert row.listing.time is not None
            assert raw["time"] in {
                f"{row.listing.time:%H:%M}",
                f"{row.listing.time:%I:%M %p}".lstrip("0"),
            }


@pytest.mark.parametrize(("name", "zones"), ZONES.items())
def test_local_lists_keep_one_clock(shared: Path, name: str, zones: set[str]) -> None:
    assert {row.listing.zone for row in feed_of(shared, name).rows if row.listing} == zones


def test_an_international_list_is_read_by_its_publisher_s_clock_where_it_was_written_so(
    shared: Path,
) -> None:
    feed = feed_of(shared, "eda")
    expected = {
        "London Daily Readings": (time(2), EAST),
        "EDA Literature - 1:30pm": (time(13, 30), EAST),
        "Tbilisi - 6:30am": (time(6, 30), EAST),
        "Soho EDA": (time(19), "Europe/London"),
        "EDA JHB Circle": (time(10, 30), "Africa/Johannesburg"),
        "New Freedom": (time(10, 30), "America/Phoenix"),
        "Finding Balance in EDA - Chicago": (time(20, 15), "America/Chicago"),
        "Leigh on Sea": (time(14), EAST),
    }
    found = {start: named(feed, start) for start in expected}
    assert {start: (group.time, group.zone) for start, group in found.items()} == expected


def test_meetings_that_are_not_weekly_are_told_apart(shared: Path) -> None:
    feed = feed_of(shared, "eda")
    assert named(feed, "Medford, WI").weeks == (2,)
    assert named(feed, "Auburn, AL").weeks == (2, 4)
    assert named(feed, "Grand Rapids (MI) EDA every other").is_irregular
    assert not named(feed, "Soho EDA").weeks


@pytest.mark.parametrize("name", LISTS)
def test_no_password_stays_in_public_notes(shared: Path, name: str) -> None:
    raws = rows_of(shared, name)
    secrets = {"Password: 123456", "passcode: 123456", "Passcode: EDA", "pwd=217778"}
    given = " ".join(str(raw.get("notes")) for raw in raws)
    feed = feed_of(shared, name)
    public = " ".join(
        f"{row.listing.notes} {row.listing.group_notes}" for row in feed.rows if row.listing
    )
    assert name in {"aasfmarin", "sussexaa"} or any(secret in given for secret in secrets)
    assert not any(secret in public for secret in secrets)


def test_a_closed_room_with_a_link_meets_online(shared: Path) -> None:
    for row in feed_of(shared, "al-anon").rows:
        if row.listing and "TC" in row.listing.types and row.listing.conference_url:
            assert row.listing.format is Format.ONLINE
            assert not row.listing.temporarily_closed
