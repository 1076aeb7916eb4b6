"""What a hostile reader found in the finder: one's own group that vanishes, and a word too long to pass on."""

import pytest
from django.test import Client

from tests import world
from tests.finder import town
from tests.placing import people

pytestmark = pytest.mark.django_db


def test_ones_own_group_stays_in_the_finder_when_somebody_in_it_must_not_meet_one() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    person, other = world.member(group), world.member(group)
    browser = world.browser(person)
    assert "Thursday, sober" in town.ask(browser, "drinking")
    people.apart(person, other)
    assert "Thursday, sober" in town.ask(browser, "drinking")


def test_a_sealed_word_of_any_length_is_no_error() -> None:
    town.words()
    town.group("Thursday, sober", "alcohol")
    sent = {"group": "Thursday, sober", "for": "z" * 20_000}
    assert Client().post("/find/why/", sent).status_code == 302
