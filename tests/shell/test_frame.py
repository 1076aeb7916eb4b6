"""What stands around every page: help now, the way out, the skip link, the language, no script inside."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from pytest_django import Settings

from hearthside.groups.enums import RoleKind
from tests import world

pytestmark = pytest.mark.django_db


def plain_paths(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address of the site that needs nothing filled in, but the operator's own screens."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from plain_paths(pattern.url_patterns, path)
        elif not re.search(r"[<(\\^$]", path) and not path.startswith(f"/{site.ADMIN_PATH}/"):
            yield path


PATHS = sorted(set(plain_paths(get_resolver().url_patterns)))


def page_at(client: Client, path: str) -> str:
    """The page, or "" where the address answers with something that is not a page for this reader."""
    answer = client.get(path)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return ""
    return answer.content.decode()


def check_frame(page: str) -> None:
    assert 'href="/help-now/"' in page
    assert re.search(r'<leave-quickly[^>]*>\s*<a href="https://', page)
    assert '<a class="skip-link" href="#main">' in page
    assert page.count('<main id="main"') == 1
    assert re.search(r'<html lang="[a-z]{2}" dir="ltr">', page)
    assert page.count("<h1") == 1
    assert re.search(r"<title>\s*[^\s<]", page)
    assert re.search(r'name="language" value="es" lang="es"', page)


def test_the_pages_for_everyone_are_among_those_checked() -> None:
    assert {"/", "/help-now/", "/privacy/", "/how-it-works/", "/accessibility/"} <= set(PATHS)


def test_members_have_pages_of_their_own_to_check(client: Client) -> None:
    client.force_login(world.person())
    assert all(page_at(client, path) for path in ("/", "/me/", "/my-meetings/", "/me/data/"))


@pytest.mark.parametrize("path", PATHS)
def test_help_and_a_way_out_stand_on_every_page_for_visitors(client: Client, path: str) -> None:
    page = page_at(client, path)
    if page:
        check_frame(page)


@pytest.mark.parametrize("path", PATHS)
def test_help_and_a_way_out_stand_on_every_page_for_members(client: Client, path: str) -> None:
    client.force_login(world.person())
    page = page_at(client, path)
    if page:
        check_frame(page)


@pytest.mark.parametrize(
    "path", ["/", "/help-now/", "/privacy/", "/how-it-works/", "/accessibility/"]
)
def test_public_pages_answer_visitors_in_their_language(client: Client, path: str) -> None:
    page = client.get(path, headers={"accept-language": "es-ES"}).content.decode()
    assert '<html lang="es"' in page


def test_the_language_can_be_switched_without_javascript(client: Client) -> None:
    answer = client.post("/language/", {"language": "es", "next": "/privacy/"})
    assert answer["Location"] == "/privacy/"
    assert '<html lang="es"' in client.get("/privacy/").content.decode()


@pytest.mark.parametrize("path", ["/", "/privacy/", "/how-it-works/", "/help-now/", "/find/"])
def test_looking_around_leaves_no_cookie_behind(client: Client, path: str) -> None:
    assert not client.get(path).cookies


def test_words_typed_on_the_first_page_do_not_stay_in_an_address(client: Client) -> None:
    form = re.findall(r'<form class="ask"[^>]*>', client.get("/").content.decode())
    assert len(form) == 1
    assert 'method="post"' in form[0]


def test_what_members_read_is_kept_in_no_cache(client: Client) -> None:
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
    client.force_login(world.person())
    assert "no-store" in client.get("/").headers["Cache-Control"]


def test_a_members_tab_does_not_name_the_programme(client: Client) -> None:
    world.programme(name="Stoma friends of Leeds")
    assert "Stoma friends" in re.findall("<title>.*</title>", client.get("/").content.decode())[0]
    client.force_login(world.person())
    assert "Stoma" not in re.findall("<title>.*</title>", client.get("/").content.decode())[0]


def test_a_missing_page_still_has_help_and_a_way_out(client: Client) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    check_frame(answer.content.decode())


def test_a_form_that_was_open_too_long_is_explained_and_loses_nothing() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "robin"})
    page = answer.content.decode()
    assert answer.status_code == 403
    check_frame(page)
    assert 'name="typed-keep"' in page
    assert "Nothing was sent" in page


def test_when_everything_is_broken_help_is_still_named() -> None:
    page = render_to_string("500.html")
    assert 'href="/help-now/"' in page
    assert 'rel="noreferrer"' in page


def test_a_member_sees_what_comes_next(client: Client) -> None:
    group = world.group("Night shift blues")
    person = world.person()
    world.seat(world.meeting(group, starts_at=timezone.now() + timedelta(days=1)), person)
    client.force_login(person)
    page = client.get("/").content.decode()
    assert "Night shift blues" in page
    assert "Your seat is kept" in page


def test_a_coordinator_finds_the_way_to_their_sites_and_a_member_is_not_shown_it(
    client: Client, settings: Settings
) -> None:
    site = world.site()
    client.force_login(world.person())
    assert 'href="/sites/"' not in client.get("/").content.decode()
    coordinator = world.role(RoleKind.COORDINATOR, site=site)
    client.force_login(coordinator)
    # In a demonstration nobody is asked for a second factor first.
    settings.DEMO = True
    assert 'href="/sites/"' in client.get("/").content.decode()
