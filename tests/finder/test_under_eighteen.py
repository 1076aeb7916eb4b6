"""Somebody under 18 asks the finder: never led among adults, never left without anybody to turn to."""

import re
from datetime import datetime
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.enums import Purpose
from hearthside.finder.actions import wishes
from hearthside.finder.models import Wish
from hearthside.finder.queries import catalogue, offers
from hearthside.finder.sealed import opened, sealed
from hearthside.finder.search import Search
from hearthside.groups.enums import Stage
from hearthside.groups.models import Group
from tests import world
from tests.finder import town
from tests.groups import young

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vocabulary() -> None:
    catalogue.forget()
    town.words()


def test_a_programme_for_adults_says_so_kindly_and_says_who_is_there(client: Client) -> None:
    town.group("Harbour", "alcohol")
    html = town.ask(client, "drinking", age="15")
    said = town.text(html)
    assert "This programme is for adults" in said
    assert "That is about us, and not about you." in said
    assert "Childline" in said
    assert "In danger, or thinking of ending your life?" in said
    assert "Harbour" not in said
    assert reverse("wish") not in html.partition('id="answer"')[2].partition("</main>")[0]


def test_nothing_that_was_typed_is_lost(client: Client) -> None:
    town.group("Harbour", "alcohol")
    html = town.ask(client, "drinking, evenings", age="15", access="step_free")
    form = html.partition('id="find"')[2].partition("</form>")[0]
    assert "drinking, evenings</textarea>" in form
    assert 'value="15"' in form
    assert re.search(r'value="step_free"[^>]* checked>', form)
    assert "Harbour" in town.text(town.ask(client, "drinking, evenings", age="18"))


def test_a_ticked_box_brings_the_same_answer_without_a_new_page(client: Client) -> None:
    town.group("Harbour", "alcohol")
    told = {"words": "", "read": "", "about": "alcohol", "age": "12"}
    html = client.post("/find/", told, headers={"HX-Request": "true"}).content.decode()
    assert "This programme is for adults" in html
    assert "Harbour" not in html


def test_the_form_says_whom_a_group_is_for_that_names_no_age(client: Client) -> None:
    said = unescape(client.get("/find/").content.decode())
    assert "A group that names no age is for people from 18 up." in said


@pytest.mark.parametrize("is_on", [False, True])
def test_a_group_that_names_no_age_is_never_shown_to_a_child(client: Client, is_on: bool) -> None:
    if is_on:
        young.admitted(timezone.now())
    town.group("From a list", "alcohol", age_from=0)
    assert "From a list" not in town.text(town.ask(client, "drinking", age="16"))
    assert "From a list" in town.text(town.ask(client, "drinking", age="40"))
    assert "From a list" in town.text(town.ask(client, "drinking"))


def test_where_young_people_are_admitted_they_find_their_groups_and_no_others(
    client: Client,
) -> None:
    young.admitted(timezone.now())
    for name, ages in {"Teens": (14, 17), "Young": (16, 25), "Adults": (18, None)}.items():
        town.group(name, "alcohol", format="online", age_from=ages[0], age_until=ages[1])
    said = town.text(town.ask(client, "drinking", age="15"))
    assert "1 group fits" in said
    assert "Teens" in said
    # Nearly their age is near; a group for adults is not.
    assert "It is for people aged 16 to 25." in said
    assert "Adults" not in said
    said = town.text(town.ask(client, "drinking", age="40"))
    assert "Adults" in said
    assert "Teens" not in said
    assert "Young" not in said


def test_whoever_says_no_age_reads_for_whom_a_group_is(client: Client) -> None:
    young.admitted(timezone.now())
    town.group("Teens", "alcohol", format="online", age_from=14, age_until=17)
    assert "It is for people aged 14 to 17." in town.text(town.ask(client, "drinking"))


def test_below_the_age_of_all_groups_the_answer_is_kind_as_well(client: Client) -> None:
    young.admitted(timezone.now())
    said = town.text(town.ask(client, "drinking", age="9"))
    assert "Our groups are for people from 13 up" in said
    assert "Childline" in said


def test_a_group_for_children_of_an_older_version_is_found_once_they_are_admitted(
    client: Client,
) -> None:
    town.group("Teens", "alcohol", format="online", age_from=14, age_until=17)
    assert "Teens" not in town.text(town.ask(client, "drinking"))
    young.admitted(timezone.now())
    assert "Teens" in town.text(town.ask(client, "drinking"))


def test_why_not_that_group_leads_a_child_back_to_who_is_there(client: Client) -> None:
    group = town.group("Harbour", "alcohol")
    word = sealed(Search(about=("alcohol",), age=15), now=timezone.now())
    answer = client.get(reverse("why", args=[group.slug]), {"for": word}, follow=True)
    assert "This programme is for adults" in answer.content.decode()


def test_the_search_of_a_child_is_not_kept_and_not_lost(now: datetime) -> None:
    who = world.agree(world.person(), Purpose.HEALTH)
    search = Search(about=("alcohol",), age=15)
    with pytest.raises(wishes.IsTooYoung):
        wishes.keep(person=who, search=search, main=None, is_new=True, zone="UTC", place=None, now=now)  # fmt: skip
    word = sealed(search, now=timezone.now())
    for answer in (
        world.browser(who).get(reverse("wish"), {"for": word}),
        world.browser(who).post(reverse("wish"), {"for": word, "is_new": "yes", "zone": "UTC"}),
    ):
        html = answer.content.decode()
        assert "This programme is for adults" in html
        assert opened(word, now=timezone.now()) == search
        assert f"?for={word}" in unescape(html)
    assert not Wish.objects.exists()
    young.admitted(now)
    wishes.keep(person=who, search=search, main=None, is_new=True, zone="UTC", place=None, now=now)
    assert Wish.objects.get().search["age"] == 15


def test_nobody_who_says_no_age_is_placed_among_children(now: datetime) -> None:
    young.admitted(now)
    teens = town.group("Teens", "alcohol", format="online", age_from=14, age_until=17)
    adults = town.group("Adults", "alcohol", format="online")
    kept = {}
    for age in (None, 15, 40):
        who = world.agree(world.person(), Purpose.HEALTH)
        kept[age] = wishes.keep(
            person=who, search=Search(about=("alcohol",), age=age), main=None, is_new=True,
            zone="UTC", place=None, now=now,
        )  # fmt: skip
    index = offers.index(now=timezone.now())
    for seekers in (
        dict(zip(kept, offers.seekers_of(list(kept.values()), now=now), strict=True)),
        {age: offers.seeker_of_wish(wish, now=now) for age, wish in kept.items()},
    ):
        found = {
            age: {match.offer_id for match in index.rank(one, now=timezone.now(), most=9, nearest=0).matches}
            for age, one in seekers.items()
        }  # fmt: skip
        assert found == {None: {str(adults.pk)}, 15: {str(teens.pk)}, 40: {str(adults.pk)}}


def test_an_imported_list_makes_groups_for_adults(client: Client) -> None:
    young.admitted(timezone.now())
    group = town.group("Young people in sobriety", "alcohol", age_from=0, source="list", source_slug="y")  # fmt: skip
    assert not group.is_young()
    assert list(Group.objects.filter(stage=Stage.OPEN).young()) == []
    assert "sobriety" not in town.text(town.ask(client, "drinking", age="16"))
