"""“Did you mean?”: what a visitor's words may mean is asked, and only their answer changes the search."""

import pytest
from django.test import Client

from tests.finder import town
from tests.finder.town import ask, text

pytestmark = pytest.mark.django_db

LONELY = "I am lonely, every day feels grey and empty, and I cry for hours and have no energy left"
NIGHTS = (
    "every day feels grey and empty and I cry for hours and have no energy left and I see no"
    " point in anything"
)


@pytest.fixture(autouse=True)
def vocabulary() -> None:
    town.words()
    town.experience("depression", "Depression")
    town.experience("loneliness", "Loneliness", "lonely")
    town.experience("loneliness", "Soledad", "me siento sola", language="es")
    town.group("Grey days", "depression")
    town.group("Sunday walks")


def add(slug: str) -> str:
    return f'name="add" value="{slug}"'


def test_words_that_name_nothing_are_asked_about_and_nothing_is_chosen(client: Client) -> None:
    page = ask(client, NIGHTS)
    assert "Did you mean?" in text(page)
    assert add("depression") in page
    assert 'value="about:depression"' not in page
    assert "2 groups" in text(page)


def test_one_press_adds_what_was_meant(client: Client) -> None:
    page = ask(client, NIGHTS, read=NIGHTS, add="depression")
    assert 'value="about:depression"' in page
    assert add("depression") not in page
    assert "It is about what you named: Depression." in text(page)
    assert "Sunday walks" not in text(page)


def test_beside_what_was_understood_only_a_likely_meaning_is_asked_about(client: Client) -> None:
    page = ask(client, LONELY)
    assert 'value="about:loneliness"' in page
    assert add("depression") in page
    assert add("loneliness") not in page
    assert "Did you mean?" not in text(ask(client, "my mum died"))


def test_what_the_words_refuse_is_never_suggested(client: Client) -> None:
    assert add("depression") in ask(client, LONELY)
    assert add("depression") not in ask(client, f"not depression. {LONELY}")


def test_what_was_taken_away_is_not_suggested_again(client: Client) -> None:
    chosen = {"read": LONELY, "about": ["loneliness", "depression"]}
    less = ask(client, LONELY, **chosen, drop="about:loneliness")
    assert 'value="about:depression"' in less
    assert add("loneliness") not in less


def test_adding_what_was_kept_away_no_longer_keeps_it_away(client: Client) -> None:
    page = ask(client, LONELY, read=LONELY, not_about=["depression"], add="depression")
    assert 'value="about:depression"' in page
    assert 'value="not_about:depression"' not in page


def test_what_is_in_no_vocabulary_adds_nothing(client: Client) -> None:
    page = ask(client, LONELY, read=LONELY, about=["loneliness"], add="no-such-thing")
    assert "no-such-thing" not in page
    assert 'value="about:loneliness"' in page


def test_words_in_spanish_are_read_by_rules_and_suggest_nothing(client: Client) -> None:
    page = ask(client, "me siento sola y todo es gris")
    assert 'value="about:loneliness"' in page
    assert 'name="add"' not in page
