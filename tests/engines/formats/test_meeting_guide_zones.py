"""Whose clock a time is by: the hardest part of a real list, and the part that sends people to an empty room."""

import json
from datetime import time

import pytest

from peerkit.formats.meeting_guide import Row, decode
from tests.engines.formats.meeting_rows import codes, meeting, read

TOWNS = {
    (51.5, -0.1): "Europe/London",
    (40.0, -75.2): "America/New_York",
    (41.9, -87.7): "America/Chicago",
    (33.4, -111.9): "America/Phoenix",
    (34.1, -118.2): "America/Los_Angeles",
    (-26.2, 28.0): "Africa/Johannesburg",
    (36.0, -83.9): "America/New_York",
    (42.3, -83.0): "America/Detroit",
    (37.1, -95.7): "America/Chicago",
}
LONDON, PHILADELPHIA, CHICAGO, PHOENIX, ANGELES, JOBURG, KNOXVILLE, DETROIT, MIDDLE = TOWNS


def town(latitude: float, longitude: float, country: str) -> str | None:
    assert len(country) in {0, 2}
    return TOWNS.get((latitude, longitude))


def zoneless(
    name: str, clock: str, point: tuple[float, float] | None = None, **changes: object
) -> dict[str, object]:
    latitude, longitude = point or (None, None)
    address = changes.pop("formatted_address", "Springfield, Earth")
    return meeting(
        name=name, slug=None, time=clock, end_time=None, timezone=None, latitude=latitude, longitude=longitude,
        formatted_address=address, **changes,
    )  # fmt: skip


def online(
    name: str, clock: str, point: tuple[float, float] | None = None, **changes: object
) -> dict[str, object]:
    return zoneless(
        name,
        clock,
        point,
        conference_url="https://zoom.us/j/123456789",
        approximate="yes",
        **changes,
    )


def room(
    name: str, clock: str, point: tuple[float, float] | None = None, **changes: object
) -> dict[str, object]:
    return zoneless(
        name, clock, point, **{"formatted_address": "1 High Street, Springfield, Earth", **changes}
    )


def last(*rows: dict[str, object], default_zone: str | None = None) -> Row:
    return decode(json.dumps(rows).encode(), zone_at=town, default_zone=default_zone).rows[-1]


def clock_of(found: Row) -> tuple[time | None, str]:
    assert found.listing is not None, found.notes
    return found.listing.time, found.listing.zone


EASTERN_PUBLISHER = [
    online(f"Circle {hour} - {hour}am Eastern", f"{hour:02}:00", LONDON) for hour in range(5, 10)
]


@pytest.mark.parametrize(
    ("named", "zone", "said"),
    [
        ("Europe/Dublin", "Europe/Dublin", set()),
        ("europe/dublin", "Europe/Dublin", {"zone-rewritten"}),
        ("GMT Standard Time", "Europe/London", {"zone-rewritten"}),
        ("Eastern Standard Time", "America/New_York", {"zone-rewritten"}),
        ("EST", "America/New_York", {"zone-rewritten"}),
    ],
)
def test_a_zone_the_row_names_is_believed(named: str, zone: str, said: set[str]) -> None:
    found = read(meeting(timezone=named)).rows[0]
    assert found.listing is not None
    assert (found.listing.zone, codes(found)) == (zone, said)


def test_a_zone_that_does_not_exist_is_said_and_another_way_is_found() -> None:
    found = read(meeting(timezone="Mars/Olympus")).rows[0]
    assert found.listing is not None
    assert (found.listing.zone, codes(found)) == (
        "Europe/Dublin",
        {"zone-unknown", "zone-from-address"},
    )


def test_words_that_match_the_time_beat_the_map_for_an_online_meeting() -> None:
    found = last(online("Daily Readings - 2am Eastern - Online", "02:00", LONDON))
    assert clock_of(found) == (time(2), "America/New_York")
    assert codes(found) == {"slug-derived", "zone-from-text"}


def test_the_map_beats_the_words_for_a_meeting_in_a_room_and_says_that_they_differ() -> None:
    found = last(room("Knoxville - 6:30pm Central", "18:30", KNOXVILLE))
    assert clock_of(found) == (time(18, 30), "America/New_York")
    assert "zone-conflict" in codes(found)


def test_two_clocks_of_one_moment_prove_the_place() -> None:
    assert clock_of(last(online("Circle - 4:30am Eastern", "10:30", JOBURG))) == (
        time(10, 30),
        "Africa/Johannesburg",
    )
    assert clock_of(last(online("Freedom - 1:30 pm Eastern", "10:30", PHOENIX))) == (
        time(10, 30),
        "America/Phoenix",
    )


def test_the_clock_said_first_that_matches_is_used() -> None:
    found = last(online("Sea Point - 11am Eastern (5pm GMT+2 SAST)", "11:00", PHILADELPHIA))
    assert clock_of(found) == (time(11), "America/New_York")


def test_a_publisher_who_states_online_times_in_one_zone_means_it_for_the_others_too() -> None:
    found = last(*EASTERN_PUBLISHER, online("Literature", "13:30", ANGELES))
    assert clock_of(found) == (time(13, 30), "America/New_York")
    assert codes(found) == {"slug-derived", "zone-from-publisher"}


def test_a_publisher_s_clock_is_not_assumed_for_rooms() -> None:
    assert clock_of(last(*EASTERN_PUBLISHER, room("Literature", "13:30", ANGELES))) == (
        time(13, 30),
        "America/Los_Angeles",
    )


def test_without_statements_against_the_map_the_map_is_used() -> None:
    local = [
        online(f"Circle {hour} - {hour}am Eastern", f"{hour:02}:00", PHILADELPHIA)
        for hour in range(5, 10)
    ]
    assert clock_of(last(*local, online("Literature", "13:30", ANGELES))) == (
        time(13, 30),
        "America/Los_Angeles",
    )


def test_a_local_time_in_the_notes_proves_the_publisher_s_clock() -> None:
    found = last(
        *EASTERN_PUBLISHER,
        online("Joburg", "06:30", JOBURG, notes="We gather at 12:30pm South Africa time"),
    )
    assert clock_of(found) == (time(6, 30), "America/New_York")


def test_a_room_entered_by_the_publisher_s_clock_is_put_back_to_its_own() -> None:
    found = last(*EASTERN_PUBLISHER, room("Chicago - 11:15pm Central", "00:15", CHICAGO, day=2))
    assert clock_of(found) == (time(23, 15), "America/Chicago")
    assert found.listing is not None
    assert found.listing.days == (0,)
    assert "time-restated" in codes(found)


def test_words_that_fit_nothing_are_told_and_not_believed() -> None:
    found = last(online("Circle - 6pm Eastern", "20:30", ANGELES))
    assert clock_of(found) == (time(20, 30), "America/Los_Angeles")
    assert "time-conflict" in codes(found)


@pytest.mark.parametrize(
    ("words", "clock", "zone"),
    [
        ("7pm London Time", "19:00", "Europe/London"),
        ("7:30pm Central European Time", "19:30", "Europe/Berlin"),
        ("3pm South African Time", "15:00", "Africa/Johannesburg"),
        ("at 10:30 am Arizona time", "10:30", "America/Phoenix"),
        ("noon Pacific", "12:00", "America/Los_Angeles"),
        ("Sundays 3:30-4:30pm EST", "15:30", "America/New_York"),
        ("11-1pm ET", "11:00", "America/New_York"),
        ("5:30 PT", "17:30", "America/Los_Angeles"),
        ("19:00 GMT+2", "19:00", "Etc/GMT-2"),
        ("8pm (GMT)", "20:00", "UTC"),
        ("6 pm (Mountain)", "18:00", "America/Denver"),
        ("2pm, Eastern Standard Time", "14:00", "America/New_York"),
    ],
)
def test_times_said_with_a_zone_are_read(words: str, clock: str, zone: str) -> None:
    assert clock_of(last(online(f"Circle - {words}", clock)))[1] == zone


@pytest.mark.parametrize(
    "words", ["Group 5 Pacific Avenue", "Central Hall 9", "One Day at a Time", "12 Mountain Road"]
)
def test_other_words_say_nothing_about_the_clock(words: str) -> None:
    assert last(online(words, "19:00")).listing is None


def test_a_zone_said_alone_is_enough_for_an_online_meeting() -> None:
    assert clock_of(last(online("Circle (EST)", "19:00", ANGELES)))[1] == "America/New_York"


def test_the_same_clock_is_named_by_the_place() -> None:
    assert clock_of(last(online("Circle - 7pm Eastern", "19:00", DETROIT)))[1] == "America/Detroit"
    assert clock_of(last(online("Circle - 7pm GMT", "19:00", LONDON)))[1] == "Europe/London"


@pytest.mark.parametrize(
    ("address", "zone", "said"),
    [
        (
            "8318 104 St, Edmonton, Alberta, T6E 4E8, Canada",
            "America/Edmonton",
            "zone-from-address",
        ),
        ("1 High St, Lewes, DE 19958, USA", "America/New_York", "zone-from-address"),
        ("1 High St, Berlin, Germany", "Europe/Berlin", "zone-from-address"),
        ("1 High St, Auckland, New Zealand", "Pacific/Auckland", "zone-from-address"),
        ("1 High St, Dallas, TX 75201, USA", "America/Chicago", "zone-from-most-of-address"),
    ],
)
def test_an_address_without_coordinates_is_enough_where_one_clock_holds(
    address: str, zone: str, said: str
) -> None:
    found = last(room("Circle", "19:00", formatted_address=address))
    assert found.listing is not None
    assert found.listing.zone == zone
    assert said in codes(found)


def test_words_beat_an_address_that_holds_for_most_of_a_state_only() -> None:
    cranbrook = "1200 Kootenay St N, Cranbrook, BC V1C 5X1, Canada"
    found = last(room("Cranbrook - 6:30 pm Mountain", "18:30", formatted_address=cranbrook))
    assert clock_of(found) == (time(18, 30), "America/Denver")


def test_the_middle_of_a_large_country_says_nothing() -> None:
    assert (
        last(online("Circle", "19:00", MIDDLE, formatted_address="United States")).listing is None
    )


def test_most_of_the_list_decides_for_a_row_that_says_nothing() -> None:
    rows = [room(f"Circle {hour}", f"{hour}:00", LONDON) for hour in range(10, 13)]
    found = last(*rows, room("Silent", "19:00"))
    assert clock_of(found)[1] == "Europe/London"
    assert "zone-from-majority" in codes(found)


def test_the_zone_chosen_for_the_list_comes_last() -> None:
    found = last(room("Silent", "19:00"), default_zone="Europe/Madrid")
    assert clock_of(found)[1] == "Europe/Madrid"
    assert "zone-from-default" in codes(found)


def test_a_place_that_gives_no_real_zone_is_not_believed() -> None:
    data = json.dumps([room("Silent", "19:00", LONDON)]).encode()
    assert decode(data, zone_at=lambda *_: "Mars/Olympus").rows[0].listing is None
