"""Somebody whom no group fits: what is missing is named, for them and for their coordinator."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from hearthside.groups.models import Site
from hearthside.placing import reports
from hearthside.placing.queries import fitting, trials
from tests import world
from tests.placing import desk, people
from tests.placing.test_diffs import text, told
from tests.world import NOW

pytestmark = pytest.mark.django_db


def test_a_language_that_no_group_speaks_is_named_to_both(site: Site) -> None:
    desk.group(site)
    request = desk.waits(site, search={"languages": ("pl",)})
    said = told(site, desk.run_at(site))
    assert "What would fit is not held in polski." in said
    assert "A new group about “Alcohol”, held in polski." in said
    assert "No group here fits all that they ask for" not in said
    browser = world.browser(request.person)
    page = text(browser.get(reverse("place_request", args=[request.pk])).content.decode())
    assert "The groups here that would fit are not held in polski." in page
    assert "A new group held in polski would help." in page


@pytest.mark.parametrize(
    ("search", "words", "own_words"),
    [
        ({"ways": ("in_person",)}, "does not meet in person", "do not meet in person"),
        ({"free": ((0, 360, 480),)}, "meets at other times", "meet when you are not free"),
        (
            {"access": ("step_free",)},
            "does not have what they need: ",
            "do not have what you need: ",
        ),
    ],
)
def test_a_way_a_time_or_an_access_need_is_named_to_both(
    site: Site, search: dict[str, Any], words: str, own_words: str
) -> None:
    desk.group(site, format="online")
    request = desk.waits(site, search=search)
    assert words in told(site, desk.run_at(site))
    browser = world.browser(request.person)
    page = text(browser.get(reverse("place_request", args=[request.pk])).content.decode())
    assert own_words in page


def test_a_group_too_far_away_is_said_to_be(site: Site) -> None:
    desk.group(site, format="in_person", latitude=51.5, longitude=-0.12)
    desk.waits(site, search={"place": "Leeds"}, latitude=53.8, longitude=-1.55)
    assert "What would fit is too far away for them." in told(site, desk.run_at(site))


def test_where_two_things_are_missing_at_once_both_are_named(site: Site) -> None:
    desk.group(site, format="online")
    desk.waits(site, search={"languages": ("pl",), "ways": ("in_person",)})
    said = told(site, desk.run_at(site))
    assert "What would fit is not held in polski." in said
    assert "What would fit does not meet in person." in said


def test_where_nothing_is_about_it_nothing_else_is_said_to_be_missing(site: Site) -> None:
    desk.group(site, format="online")
    desk.waits(site, "grief-parent", search={"ways": ("in_person",)})
    said = told(site, desk.run_at(site))
    assert "What would fit" not in said
    assert "No group here fits all that they ask for" in said


def test_many_are_told_the_same_as_few(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.group(site)
    desk.group(site, "Online", format="online")
    desk.waits(site, search={"languages": ("pl",)})
    desk.waits(site, search={"languages": ("pl",), "ways": ("in_person",)})
    desk.waits(site, "grief-parent")
    few = desk.case_at(site)
    monkeypatch.setattr(fitting, "MANY", 0)
    many = desk.case_at(site)
    assert few.lacks == many.lacks
    assert any(few.lacks.values())


def test_a_group_that_must_not_be_named_is_not_told_of_by_what_it_lacks(site: Site) -> None:
    group, foe = desk.group(site), people.agreeing()
    world.member(group, foe)
    request = desk.waits(site, search={"languages": ("pl",)})
    people.apart(request.person, foe)
    said = told(site, desk.run_at(site))
    assert "What would fit" not in said


def test_a_program_reads_what_is_missing_in_codes(site: Site) -> None:
    desk.group(site)
    desk.waits(site, search={"languages": ("pl",)}, weeks=1)
    outcome = trials.work_out(site, desk.QUICK, now=NOW + timedelta(minutes=1))
    assert reports.as_plain(outcome, site)["waits"][0]["lacks"] == ["language"]
