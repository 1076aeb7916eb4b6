"""Somebody frightened writes free words, and every step from there is hers: by keyboard, with and without scripts."""

import pytest

from hearthside.groups.models import Programme
from tests.finder import town
from tests.journeys.conftest import Arrives

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = (
    "I am scared and so lonely, every day feels grey and empty, I cry for hours and have no energy"
    " left, evenings only"
)


@pytest.fixture
def groups(programme: Programme) -> None:
    town.experience("depression", "Depression")
    town.experience("loneliness", "Loneliness", "lonely")
    town.group("Grey days", "depression")
    town.group("Tea for one", "loneliness")
    town.group("Sober evenings", "alcohol")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "noscript"])
def test_a_frightened_visitor_corrects_what_was_understood_and_opens_a_group_by_keyboard(
    arrives: Arrives, groups: None, scripts: bool
) -> None:
    visitor = arrives("frightened", java_script_enabled=scripts)
    visitor.goes("/find/")
    visitor.tabs_to("In your own words")
    visitor.page.keyboard.type(SAID)
    visitor.tabs_to("Find a group")
    visitor.hits("Enter")
    visitor.reads("Loneliness", within=".understood >> nth=0")
    visitor.reads("In danger, or thinking of ending your life?", within="#found")
    visitor.reads("Did you mean?", within=".understood-maybe")

    visitor.tabs_to("Take away: Every day: evening")
    visitor.hits("Enter")
    visitor.does_not_read("Every day: evening")
    visitor.reads("Loneliness", within=".understood >> nth=0")

    visitor.tabs_to("Why is a certain group not here?")
    visitor.page.keyboard.type("Sober evenings")
    visitor.hits("Enter")
    visitor.is_at("Sober evenings")
    visitor.reads("It is about something else.", within=".result-not")
    visitor.tabs_to("Back to your results")
    visitor.hits("Enter")

    visitor.tabs_to("Add: + Depression")
    visitor.hits("Enter")
    visitor.reads("Depression", within=".understood >> nth=0")
    visitor.reads("Grey days", within="#found")
    visitor.tabs_to("Grey days")
    visitor.hits("Enter")
    visitor.is_at("Grey days")
