"""A visitor finds a group in her own words and books a seat: with a mouse, without scripts, small, by keyboard."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Programme
from hearthside.meetings.models import Meeting
from tests import world
from tests.accounts.people import PASSWORD
from tests.finder import town
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE, Reader
from tests.meetings.people import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST_VISIT = "Ring the bell at the blue door.\nSomebody pours tea.\nYou can just listen."


@pytest.fixture
def group(programme: Programme) -> Group:
    """A group that meets in half an hour, and another that is about something else."""
    soon = timezone.now() + timedelta(minutes=30)
    found = town.group(
        "After a parent dies", "death-parent", at=soon, first_visit=FIRST_VISIT, locality="Leeds"
    )
    world.role(RoleKind.GREETER, world.person("soft-lamp"), group=found)
    town.group("Sober evenings", "alcohol", locality="Leeds")
    return found


def finds(visitor: Reader, words: str = town.MUM_DIED) -> None:
    visitor.goes("/find/")
    visitor.writes("In your own words", words)
    visitor.presses("Find a group")
    visitor.reads("We understood:")
    visitor.follows("After a parent dies")
    visitor.is_at("After a parent dies")


def signs_up(visitor: Reader, pseudonym: str = "quiet-kettle") -> None:
    visitor.writes("The name you want to go by here", pseudonym)
    visitor.ticks("I agree to use this service in this way")
    visitor.ticks("I agree that my groups and meetings are kept")
    if visitor.has_scripts:
        # A passkey is offered first; the password stands folded below it.
        visitor.page.get_by_text("Use a password").click()
    visitor.writes("Password", PASSWORD)
    visitor.presses("Make my account")
    visitor.is_at("Your recovery codes")
    visitor.presses("Show me eight new codes")
    code = visitor.page.locator("ul.codes code").nth(2).inner_text()
    visitor.writes("Type one of your codes", code)
    visitor.presses("I have saved them")


def books(visitor: Reader) -> None:
    """From the group's page to a seat, by way of an account that did not exist before."""
    visitor.follows("Visit this group")
    signs_up(visitor)
    visitor.is_at("Visit this group")
    visitor.ticks("I have read the ground rules")
    visitor.ticks("I am 18 or older")
    visitor.presses("Visit this group")
    visitor.reads("You are welcome here.")
    visitor.page.locator(".next-meetings a").first.click()
    visitor.page.wait_for_url(re.compile("/meetings/"))
    visitor.looks()


def test_a_visitor_finds_a_group_in_her_own_words_books_and_is_expected(
    arrives: Arrives, group: Group
) -> None:
    visitor, leader = arrives("visitor"), arrives("facilitator")
    leader.signs_in(world.role(RoleKind.FACILITATOR, world.person("lookout"), group=group))
    finds(visitor)
    visitor.reads("Ring the bell at the blue door.")
    books(visitor)
    visitor.taps("Take a seat")
    visitor.reads("You have a seat.")
    visitor.follows("My meetings", within=".site-nav")
    visitor.reads("After a parent dies", within="main")

    leader.goes("/today/")
    leader.reads("1 person for the first time")
    leader.presses("Yes, I will be there")
    leader.follows("Roster")
    leader.reads("quiet-kettle", within="#people")
    leader.reads("First time", within="#people")
    leader.taps("Came")
    leader.reads("1 person has come.")


def test_the_same_works_without_javascript(arrives: Arrives, group: Group) -> None:
    visitor = arrives("noscript", java_script_enabled=False)
    finds(visitor)
    books(visitor)
    visitor.presses("Take a seat")
    visitor.reads("You have a seat.")
    visitor.goes("/my-meetings/")
    visitor.presses("Give up my seat")
    visitor.reads("You gave your seat up.")
    visitor.presses("Undo")
    visitor.reads("You have a seat.")


def test_on_a_small_phone_nothing_must_be_scrolled_sideways(arrives: Arrives, group: Group) -> None:
    visitor = arrives("phone", **{**PHONE, "viewport": {"width": 320, "height": 640}})
    finds(visitor)
    meeting = Meeting.objects.get(group=group)
    for path in (
        "/",
        "/find/",
        "/help-now/",
        "/how-it-works/",
        "/privacy/",
        "/accessibility/",
        reverse("account_signup"),
        reverse("account_login"),
        reverse("way_back"),
        reverse("ground_rules", args=[group.slug]),
        meeting.get_absolute_url(),
    ):
        visitor.goes(path)
        visitor.page.set_viewport_size({"width": 360, "height": 740})
        visitor.fits()
        visitor.page.set_viewport_size({"width": 320, "height": 640})


def test_a_member_comes_to_a_seat_and_away_again_with_the_keyboard_alone(
    arrives: Arrives, group: Group, away: str
) -> None:
    member = arrives("keyboard").signs_in(ready(group, world.person("night-owl")))
    member.goes("/find/")
    member.tabs_to("Skip to the content", most=1)
    member.page.keyboard.press("Enter")
    assert member.page.evaluate("document.activeElement.id") == "main"
    member.tabs_to("In your own words")
    member.page.keyboard.type("my mum died")
    member.tabs_to("Find a group")
    member.hits("Enter")
    member.tabs_to("After a parent dies")
    member.hits("Enter")
    member.tabs_to(member.page.locator(".next-meetings a").first.inner_text()[:8])
    member.hits("Enter")
    member.tabs_to("Take a seat")
    member.page.keyboard.press("Space")
    member.reads("You have a seat.")
    member.looks()
    # What was pressed is gone from the page; the next thing is still near.
    member.tabs_to("Give up my seat", most=6)
    member.goes("/my-meetings/")
    member.tabs_to("Leave quickly", most=4)
    member.page.keyboard.press("Enter")
    member.page.wait_for_url(away)
