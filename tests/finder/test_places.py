"""The bundled gazetteer: towns are found as people type them, and clocks as maps show them."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthside.finder import places


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Leeds", "Leeds, England, GB"),
        ("leeds uk", "Leeds, England, GB"),
        ("LEEDS, United Kingdom", "Leeds, England, GB"),
        ("Springfield, MA", "Springfield, Massachusetts, US"),
        ("springfield massachusetts", "Springfield, Massachusetts, US"),
        ("london ontario", "London, Ontario, CA"),
        ("Sydney NSW", "Sydney, New South Wales, AU"),
        ("sao paulo", "S\u00e3o Paulo, BR"),
        ("M\u00fcnchen", "Munich, DE"),
        ("new york", "New York City, New York, US"),
        ("birmngham", "Birmingham, England, GB"),
        ("manchestr uk", "Manchester, England, GB"),
        ("Ciudad de M\u00e9xico", "Mexico City, MX"),
    ],
)
def test_a_town_is_found_as_people_type_it(typed: str, label: str) -> None:
    assert places.find(typed)[0].label == label


def test_the_most_populous_comes_first_and_a_country_narrows() -> None:
    found = places.find("Newcastle", most=10)
    assert [place.population for place in found] == sorted(
        (place.population for place in found), reverse=True
    )
    assert {place.country for place in places.find("Newcastle", country="GB")} == {"GB"}
    assert places.find("Leeds", country="united states")[0].region == "Alabama"


@pytest.mark.parametrize("typed", ["", "   ", "Nowhereville xyz", ",,,", "99,999"])
def test_what_is_no_place_gives_none(typed: str) -> None:
    assert places.find(typed) == ()


def test_an_unknown_country_gives_none() -> None:
    assert places.find("Leeds", country="Narnia") == ()


def test_coordinates_are_a_place_too() -> None:
    (point,) = places.find("51.5,-0.12")
    assert (point.latitude, point.longitude, point.zone) == (51.5, -0.12, "Europe/London")


@pytest.mark.parametrize(
    ("latitude", "longitude", "country", "zone"),
    [
        (51.5, -0.12, "", "Europe/London"),
        (37.9, -122.5, "US", "America/Los_Angeles"),
        (53.5, -113.5, "Canada", "America/Edmonton"),
        (54.98, -7.4, "GB", "Europe/London"),
        (54.98, -7.4, "Ireland", "Europe/Dublin"),
        (49.0, -122.75, "CA", "America/Vancouver"),
        (-16.8, -179.99, "", "Pacific/Fiji"),
        (51.5, -0.12, "Narnia", "Europe/London"),
        (0.0, -150.0, "", None),
        (91.0, 0.0, "", None),
    ],
)
def test_the_clock_is_that_of_the_nearest_town(
    latitude: float, longitude: float, country: str, zone: str | None
) -> None:
    assert places.zone_at(latitude, longitude, country) == zone


@given(st.text(max_size=30))
def test_any_text_is_looked_up_without_failing(text: str) -> None:
    assert len(places.find(text, most=3)) <= 3


def test_places_load_without_django() -> None:
    asked = "import sys; from hearthside.finder import places; places.find('Leeds'); "
    asked += "sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
