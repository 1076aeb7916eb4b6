"""Somebody who must not meet another never hears of the groups where they sit."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.finder.models import Impression, Wish
from hearthside.finder.queries import offers
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Experience, Group
from hearthside.safety.models import KeepApart
from tests import world
from tests.finder import town

pytestmark = pytest.mark.django_db


def keep_apart(one: Person, other: Person) -> KeepApart:
    first, second = sorted((one, other), key=lambda person: person.pk)
    return KeepApart.objects.create(
        one=first, other=second, from_at=timezone.now() - timedelta(days=1)
    )


def wish(person: Person, *about: str) -> Wish:
    now = timezone.now()
    main = Experience.objects.filter(slug__in=about).first()
    return Wish.objects.create(
        person=person, main=main, search={"about": list(about)}, kept_at=now, changed_at=now
    )


def world_of_two() -> tuple[Group, Person, Person]:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    town.group("Monday, sober", "alcohol")
    return group, world.member(group), world.person()


@pytest.mark.parametrize("is_leader", [False, True])
def test_a_group_where_they_sit_is_absent_everywhere_and_in_every_count(is_leader: bool) -> None:
    group, sitting, looking = world_of_two()
    if is_leader:
        group.memberships.all().delete()
        world.role(RoleKind.FACILITATOR, sitting, group=group)
    browser = world.browser(looking)
    page = town.ask(browser, "drinking")
    assert "Thursday, sober" in page
    assert "2 groups fit" in town.text(page)
    keep_apart(sitting, looking)
    page = town.ask(browser, "drinking")
    assert "Thursday, sober" not in page
    assert "1 group fits" in town.text(page)
    assert '<span class="quiet">(2)</span>' not in page
    landing = browser.get("/find/").content.decode()
    assert "Thursday, sober" not in landing
    assert "Addiction 1" in town.text(landing)


def test_it_bars_both_ways_and_ends_when_it_ends() -> None:
    group, sitting, looking = world_of_two()
    own = town.group("Own circle", "alcohol")
    world.member(own, looking)
    pair = keep_apart(sitting, looking)
    assert "Own circle" not in town.ask(world.browser(sitting), "drinking")
    assert "Thursday, sober" not in town.ask(world.browser(looking), "drinking")
    pair.until_at = timezone.now()
    pair.save()
    assert "Own circle" in town.ask(world.browser(sitting), "drinking")
    assert str(group.pk) not in offers.seeker_of_wish(wish(looking), now=timezone.now()).excluded


def test_asking_why_not_answers_as_for_a_group_that_is_not_there() -> None:
    group, sitting, looking = world_of_two()
    wish(looking, "alcohol")
    browser = world.browser(looking)
    assert "Thursday, sober" in browser.get(f"/find/why/{group.slug}/").content.decode()
    keep_apart(sitting, looking)
    page = browser.get(f"/find/why/{group.slug}/")
    other = browser.get("/find/why/no-such-group/")
    assert page.status_code == other.status_code == 200
    assert "This group is not available at the moment." in page.content.decode()
    assert "Thursday, sober" not in page.content.decode()
    named = browser.post("/find/why/", {"group": "Thursday, sober"})
    assert "There is no group by that name" in named.content.decode()


def test_a_visitor_and_the_groups_own_page_are_as_before(client: Client) -> None:
    group, sitting, looking = world_of_two()
    keep_apart(sitting, looking)
    assert "Thursday, sober" in town.ask(client, "drinking")
    assert world.browser(looking).get(f"/groups/{group.slug}/").status_code == 200


def test_a_reader_costs_the_same_queries_whether_kept_apart_or_not() -> None:
    _, sitting, looking = world_of_two()
    browser = world.browser(looking)
    town.ask(browser, "drinking")
    with CaptureQueriesContext(connection) as before:
        town.ask(browser, "drinking")
    keep_apart(sitting, looking)
    town.ask(browser, "drinking")
    with CaptureQueriesContext(connection) as after:
        town.ask(browser, "drinking")
    assert len(before) == len(after)


def test_a_group_that_was_not_for_somebody_comes_last_and_says_so() -> None:
    group, _, looking = world_of_two()
    browser = world.browser(looking)
    meeting = group.meetings.get()
    Impression.objects.create(
        person=looking, group=group, meeting=meeting, felt="not_for_me", at=timezone.now()
    )
    page = town.text(town.ask(browser, "drinking"))
    assert page.index("Monday, sober") < page.index("Thursday, sober")
    assert "You have been there, and said that it was not for you." in page


def test_whoever_keeps_a_wish_sees_their_own_suggestions_first() -> None:
    group, _, looking = world_of_two()
    wish(looking, "alcohol")
    page = town.text(world.browser(looking).get("/find/").content.decode())
    assert page.index("For you") < page.index("Tonight and tomorrow")
    assert "It is about what you named: Alcohol." in page
    ranking = offers.ranking_for(Wish.objects.get(), now=timezone.now(), most=1)
    assert ranking.total == 2
    cards = offers.cards_for(Wish.objects.get(), ranking, language="en", now=timezone.now(), most=1)
    assert len(cards) == 1
    world.member(group, looking)
    assert offers.ranking_for(Wish.objects.get(), now=timezone.now()).total == 1
