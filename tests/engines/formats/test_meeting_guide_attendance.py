"""Where and how people attend: formats, links, numbers, coordinates and addresses."""

import pytest

from peerkit.formats.meeting_guide import Format
from tests.engines.formats.meeting_rows import codes, listing, row

ROOM = {"formatted_address": "12 Harbour Street, Galway, Ireland"}
CITY = {"formatted_address": "Galway, Ireland", "approximate": "yes"}
LINK = {"conference_url": "https://zoom.us/j/123456789"}
PHONE = {"conference_phone": "+35315550100,,123#"}


@pytest.mark.parametrize(
    ("changes", "expected", "said"),
    [
        ({**ROOM}, Format.IN_PERSON, set()),
        ({**ROOM, **LINK}, Format.HYBRID, set()),
        ({**CITY, **LINK}, Format.ONLINE, set()),
        ({**CITY, **PHONE}, Format.PHONE, set()),
        ({**ROOM, **LINK, "types": ["TC"]}, Format.ONLINE, set()),
        ({**ROOM, **LINK, "attendance_option": "online"}, Format.ONLINE, set()),
        ({**ROOM, **LINK, "attendance_option": "in_person"}, Format.IN_PERSON, set()),
        ({**ROOM, "types": ["TC"]}, Format.IN_PERSON, {"temporarily-closed"}),
        ({**ROOM, "attendance_option": "inactive"}, Format.IN_PERSON, {"marked-inactive"}),
        ({**CITY}, Format.IN_PERSON, {"ask-for-address"}),
        ({**CITY, "types": ["ONL"]}, Format.ONLINE, {"ask-for-link"}),
        ({**CITY, "location": "Online"}, Format.ONLINE, {"ask-for-link"}),
    ],
)
def test_the_format_follows_from_place_and_link(
    changes: dict[str, object], expected: Format, said: set[str]
) -> None:
    found = row(**changes)
    assert found.listing is not None
    assert (found.listing.format, codes(found)) == (expected, said)


def test_a_closed_place_with_a_link_is_not_closed() -> None:
    assert listing(**ROOM, types=["TC"]).temporarily_closed
    assert not listing(**ROOM, **LINK, types=["TC"]).temporarily_closed


@pytest.mark.parametrize(
    ("link", "expected", "said"),
    [
        ("zoom.us/j/123456789", "https://zoom.us/j/123456789", "link-mended"),
        ("Zoom: https://zoom.us/j/123456789", "https://zoom.us/j/123456789", "link-mended"),
        ("https://zoom.us/j/123-456-7890", "https://zoom.us/j/1234567890", "link-mended"),
        ("https://zoom.us/", "", "link-front-page"),
        ("javascript:alert(1)", "", "link-unusable"),
        ("https://user@zoom.us/j/1", "", "link-unusable"),
        ("https://nowhere", "", "link-unusable"),
        ("ask the host", "", "link-unusable"),
    ],
)
def test_links_are_mended_or_left_out(link: str, expected: str, said: str) -> None:
    found = row(conference_url=link)
    assert found.listing is not None
    assert (found.listing.conference_url, codes(found)) == (expected, {said})


def test_a_link_only_in_the_notes_of_an_online_meeting_is_used() -> None:
    found = row(**CITY, types=["ONL"], notes="Join https://zoom.us/j/123456789")
    assert found.listing is not None
    assert found.listing.conference_url == "https://zoom.us/j/123456789"
    assert "https" not in found.listing.notes


@pytest.mark.parametrize(
    ("phone", "expected", "said"),
    [
        ("+13125550100,,123456#", "+13125550100,,123456#", set()),
        ("(312) 555-0100", "3125550100", {"phone-mended"}),
        ("+13125550100,,123#,,#,,aB9xQ#", "+13125550100,,123#", {"phone-mended"}),
        ("+11", "", {"phone-unusable"}),
        ("none", "", {"phone-unusable"}),
    ],
)
def test_phone_numbers_can_be_dialled(phone: str, expected: str, said: set[str]) -> None:
    found = row(**LINK, conference_phone=phone)
    assert found.listing is not None
    assert (found.listing.conference_phone, codes(found)) == (expected, said)


def test_the_contact_of_a_meeting_is_not_its_dial_in_number() -> None:
    found = row(
        **LINK,
        conference_phone="17165550100",
        phone="716-555-0100",
        contact_1_email="a@example.org",
    )
    assert found.listing is not None
    assert found.listing.conference_phone == ""
    assert found.listing.contact_phones == ("716-555-0100",)
    assert found.listing.contact_emails == ("a@example.org",)


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        ("53.27", "-9.05", (53.27, -9.05)),
        (53.27, -9.05, (53.27, -9.05)),
        (0, 0, (None, None)),
        (253, 9, (None, None)),
        ("north", "west", (None, None)),
        (53.27, None, (None, None)),
    ],
)
def test_coordinates_are_a_place_on_earth_or_left_out(
    latitude: object, longitude: object, expected: tuple[float | None, float | None]
) -> None:
    group = listing(latitude=latitude, longitude=longitude)
    assert (group.latitude, group.longitude) == expected


@pytest.mark.parametrize(
    ("formatted", "parts"),
    [
        ("121 W Foster St, Melrose, MA 02176, USA", ("121 W Foster St", "Melrose", "MA", "02176", "USA")),
        ("8318 104 St, Edmonton, Alberta, T6E 4E8, Canada", ("8318 104 St", "Edmonton", "Alberta", "T6E 4E8", "Canada")),
        ("Edmonton, Alberta, T5B 0S5, Canada", ("", "Edmonton", "Alberta", "T5B 0S5", "Canada")),
        ("125 Charing Cross Rd, London WC2H 0EW, UK", ("125 Charing Cross Rd", "London", "", "WC2H 0EW", "UK")),
        ("Pastoriestraat 147, 5612 EK Eindhoven, Netherlands", ("Pastoriestraat 147", "Eindhoven", "", "5612 EK", "Netherlands")),
        ("London, UK", ("", "London", "", "", "UK")),
        ("United States", ("", "", "", "", "United States")),
        ("Paris, Texas", ("", "Paris", "Texas", "", "")),
    ],
)  # fmt: skip
def test_addresses_are_taken_apart(formatted: str, parts: tuple[str, ...]) -> None:
    address = listing(formatted_address=formatted).address
    assert (
        address.line,
        address.city,
        address.state,
        address.postal_code,
        address.country,
    ) == parts
