"""The crisis page and the line under every page: the right country, or no number at all."""

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from tests import world

from hearthside.safety import country, helplines
from hearthside.safety.queries.lines import lines_for, nearest, sections

pytestmark = pytest.mark.django_db


def country_for(*, language: str = "", cookie: str = "") -> str:
    request = RequestFactory().get("/", headers={"accept-language": language})
    if cookie:
        request.COOKIES[country.COOKIE] = cookie
    return country.country_of(request)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es-ES,es;q=0.9", "ES"),
        ("en-GB", "GB"),
        ("de,de-AT;q=0.8", "AT"),
        ("zh-Hant-TW,pt-BR;q=0.5", "BR"),
        ("en", ""),
        ("en-US,en;q=0.9", ""),
        ("xx-ZZ", ""),
        ("", ""),
        (";;,,--", ""),
    ],
)
def test_the_region_of_the_browsers_language_says_where_a_visitor_is(
    language: str, expected: str
) -> None:
    assert country_for(language=language) == expected


def test_the_programmes_country_counts_where_nothing_else_says() -> None:
    world.programme(country="IE")
    assert country_for(language="en-US") == "IE"
    assert country_for(language="es-ES") == "ES"


def test_a_choice_in_this_browser_comes_before_everything_else() -> None:
    world.programme(country="IE")
    assert country_for(language="es-ES", cookie="FR") == "FR"


def test_whoever_says_that_they_are_elsewhere_is_shown_no_number() -> None:
    world.programme(country="IE")
    assert country_for(language="es-ES", cookie=country.ELSEWHERE) == ""


def test_a_forged_choice_is_passed_over() -> None:
    assert country_for(language="es-ES", cookie="<b>") == "ES"


def test_a_persons_own_setting_comes_before_their_browser(client: Client) -> None:
    client.force_login(world.person(country="PT"))
    page = client.get("/help-now/", headers={"accept-language": "es-ES"}).content.decode()
    assert '<option value="PT" selected>' in page


@pytest.mark.parametrize("code", helplines.countries())
def test_every_country_has_a_page_with_its_numbers_to_press(client: Client, code: str) -> None:
    page = client.get("/help-now/", {"country": code}).content.decode()
    everyone = helplines.for_country(code).every
    assert all(f'href="{line.link}"' in page for line in everyone)
    assert all(line.number in page for line in everyone)
    # Nobody has checked any of them in this programme.
    assert page.count('class="call call-unchecked"') == len(everyone)


@pytest.mark.parametrize("code", helplines.countries())
def test_every_country_has_a_name_and_a_line_for_the_foot_of_each_page(code: str) -> None:
    assert country.name_of(code) != code
    near = nearest(code, now=timezone.now())
    assert near.emergency is not None
    assert near.talk is not None
    assert near.talk.channel == "call"


@pytest.mark.parametrize("code", helplines.countries())
def test_no_line_is_lost_between_the_list_and_the_page(code: str) -> None:
    found = sections(lines_for(code, now=timezone.now()))
    shown = [way.line for part in found for service in part.services for way in service.ways]
    assert sorted(map(repr, shown)) == sorted(map(repr, helplines.for_country(code).lines))


def test_the_choice_is_kept_for_the_other_pages_and_for_this_one(client: Client) -> None:
    page = client.get("/help-now/", {"country": "fr"}).content.decode()
    assert "In danger (France)" in page
    assert "In danger (France)" in client.get("/privacy/").content.decode()


def test_another_country_shows_no_number_at_all(client: Client) -> None:
    world.programme(country="GB")
    page = client.get("/help-now/", {"country": ""}).content.decode()
    assert 'href="tel:' not in page
    assert "findahelpline.com" in page
    assert 'href="tel:' not in client.get("/privacy/").content.decode()


def test_a_visitor_of_whom_nothing_is_known_gets_no_number(client: Client) -> None:
    page = client.get("/help-now/", headers={"accept-language": "en"}).content.decode()
    assert 'href="tel:' not in page
    assert "Where are you?" in page


def test_nobody_is_shown_american_numbers_by_default(client: Client) -> None:
    page = client.get("/", headers={"accept-language": "en-US,en;q=0.9"}).content.decode()
    assert "911" not in page
    assert "988" not in page


@pytest.mark.parametrize("code", helplines.countries())
def test_the_foot_of_each_page_says_so_of_numbers_that_nobody_checked(
    client: Client, code: str
) -> None:
    client.cookies["country"] = code
    foot = client.get("/how-it-works/").content.decode().split('class="crisis-line"')[1]
    foot = foot.split("</p>")[0]
    assert "(check these numbers)" in foot
    assert foot.count('href="tel:') == 2
