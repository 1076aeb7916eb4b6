"""Belonging to a group lightly: going without a word, coming back, and reading in another language."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Programme
from tests import world
from tests.finder import town
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE
from tests.meetings.people import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_member_leaves_in_one_step_nobody_sees_it_and_the_way_back_is_open(
    arrives: Arrives, programme: Programme
) -> None:
    group = world.group("Night shift blues")
    meeting = world.meeting(group, starts_at=timezone.now() + timedelta(days=1))
    owl = world.agree(ready(group, world.person("night-owl")))
    world.seat(meeting, owl)
    member = arrives("member", **PHONE).signs_in(owl)
    other = arrives("other").signs_in(ready(group, world.person("blue-raincoat")))
    leader = arrives("facilitator").signs_in(world.role(RoleKind.FACILITATOR, group=group))
    # Twice, because the first page does not know the reader's clock yet.
    other.goes(group.get_absolute_url())
    other.goes(group.get_absolute_url())
    before = other.page.locator("main").inner_text()

    member.goes(reverse("membership_end", args=[group.slug]))
    member.presses("Leave now")
    member.reads("You have left, and nobody is told.")
    member.goes("/my-meetings/")
    member.reads("No seats yet")

    # For another member the page is as it was, but for the chair that is free again.
    other.goes(group.get_absolute_url())
    after = other.page.locator("main").inner_text()
    assert after.replace("12 seats left", "11 seats left") == before
    other.does_not_read("night-owl")
    for page in ("group_people", "group_stage"):
        leader.goes(reverse(page, args=[group.slug]))
        leader.does_not_read("night-owl")

    member.goes(group.get_absolute_url())
    member.follows("Visit this group")
    member.ticks("I have read the ground rules")
    member.ticks("I am 18 or older")
    member.presses("Visit this group")
    member.reads("You are welcome here.")
    leader.goes(reverse("group_people", args=[group.slug]))
    leader.reads("night-owl")


def test_the_site_speaks_spanish_from_the_moment_it_is_asked_to(
    arrives: Arrives, programme: Programme
) -> None:
    group = town.group("Tarde sin beber", "alcohol", languages=["es"])
    visitor = arrives("spanish", **PHONE)
    visitor.goes("/")
    visitor.presses("Español", within=".languages")
    for path in (
        "/",
        "/find/",
        "/help-now/",
        "/how-it-works/",
        "/privacy/",
        "/accessibility/",
        reverse("account_signup"),
        group.get_absolute_url(),
    ):
        visitor.goes(path)
        assert visitor.page.evaluate("document.documentElement.lang") == "es"
        visitor.reads("Salir rápido")
        visitor.does_not_read("Find a group")
    visitor.goes("/find/")
    visitor.page.locator("textarea").fill("quiero dejar de beber")
    visitor.page.locator(".finder-form button[type=submit]").first.click()
    visitor.page.wait_for_url("**for=**")
    visitor.looks()
    visitor.reads("Alcohol", within=".understood")
    visitor.reads("Tarde sin beber", within="#found")
