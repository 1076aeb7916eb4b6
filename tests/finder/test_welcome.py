"""What stands on the finder's page before anybody asks: read a few at a time, and the same as if read at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hearthside.finder.queries import welcome
from hearthside.finder.queries.catalogue import catalogue
from tests.finder import town

pytestmark = pytest.mark.django_db


def shown(*, at_once: int, enough: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(welcome, "AT_ONCE", at_once)
    monkeypatch.setattr(welcome, "ENOUGH", enough)
    now = timezone.now()
    held = catalogue(now=now)
    seen = welcome.welcome(
        held, held.words, held.counts, zone="Europe/London", language="en", now=now
    )
    return [card.listing.name for card in seen.cards]


@pytest.mark.parametrize("near", [2, 9, 15])
def test_a_few_at_a_time_lead_to_the_same_cards(near: int, monkeypatch: pytest.MonkeyPatch) -> None:
    town.words()
    soon = timezone.now() + timedelta(hours=2)
    for number in range(18):
        languages = ["en"] if number < near else ["cy"]
        at = soon + timedelta(minutes=number * 7 % 18)
        town.group(f"Circle {number:02}", "alcohol", at=at, languages=languages)
    whole = shown(at_once=200, enough=200, monkeypatch=monkeypatch)
    assert len(whole) == welcome.SOON_SHOWN
    assert shown(at_once=4, enough=12, monkeypatch=monkeypatch) == whole


def test_no_more_is_read_than_is_shown_where_enough_are_near(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town.words()
    for number in range(18):
        town.group(f"Circle {number:02}", "alcohol", languages=["en"])
    shown(at_once=12, enough=12, monkeypatch=monkeypatch)
    # What changed; the next meetings; their seats, once; the groups.
    with django_assert_num_queries(4):
        shown(at_once=12, enough=12, monkeypatch=monkeypatch)
