"""A town named in somebody's words is read, shown, and taken away like anything else that was understood."""

from re import findall
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hearthside.finder.queries import catalogue
from hearthside.finder.queries.inventory import Catalogue
from hearthside.groups.actions.touching import touch
from hearthside.groups.enums import Stage
from hearthside.groups.models import Group
from tests import world
from tests.finder import town
from tests.finder.town import ask, text

pytestmark = pytest.mark.django_db
LEEDS: dict[str, Any] = {
    "latitude": 53.8,
    "longitude": -1.55,
    "locality": "Leeds",
    "format": "in_person",
}
NEAR_LEEDS = "Up to 25 km from Leeds, England, GB"


def groups() -> None:
    town.words()
    town.group("Thursday, sober", "alcohol", **LEEDS)
    town.group("Bristol, sober", "alcohol", format="in_person", locality="Bristol",
               latitude=51.45, longitude=-2.59)  # fmt: skip


def fitting(page: str) -> list[str]:
    """The groups that fit, without those that nearly do."""
    cards = page.partition('id="cards"')[2].partition("</ol>")[0]
    return findall(r'<h3 class="card-heading"><a [^>]*>([^<]*)', cards)


def test_a_town_with_groups_is_read_in_a_sentence_and_said_back(client: Client) -> None:
    groups()
    page = ask(client, "I drink too much, in Leeds")
    assert f"{NEAR_LEEDS} \u201cin leeds\u201d" in text(page)
    assert fitting(page) == ["Thursday, sober"]
    assert 'id="find_place" maxlength="80" autocomplete="off" ' in page
    assert 'value="Leeds"' in page


def test_a_town_taken_away_stays_away_until_the_words_are_new(client: Client) -> None:
    groups()
    said = "drinking, near Leeds"
    less = ask(client, said, read=said, about=["alcohol"], place="Leeds", drop="place:")
    assert NEAR_LEEDS not in text(less)
    assert sorted(fitting(less)) == ["Bristol, sober", "Thursday, sober"]
    other = ask(client, "drinking, near Bristol", read=said, about=["alcohol"], place="Leeds")
    assert "from Bristol, England, GB" in text(other)


def test_a_town_typed_by_hand_goes_before_one_in_the_words(client: Client) -> None:
    groups()
    page = text(ask(client, "drinking, in Leeds", place="Bristol"))
    assert "from Bristol, England, GB" in page
    assert "\u201cin leeds\u201d" not in page


def test_a_town_without_groups_and_one_in_a_story_leave_nothing_out(client: Client) -> None:
    groups()
    for said in ("drinking in York", "drinking since my mum died in Leeds"):
        assert "Up to 25 km" not in text(ask(client, said))


def test_a_village_that_no_list_knows_is_where_its_group_meets(client: Client) -> None:
    groups()
    town.group("The barn", "alcohol", format="in_person", locality="Xqzzythorpe",
               latitude=54.5, longitude=-3.1)  # fmt: skip
    page = ask(client, "drinking, in Xqzzythorpe")
    assert "Up to 25 km from Xqzzythorpe, GB" in text(page)
    assert fitting(page) == ["The barn"]


def test_the_town_that_a_quarter_belongs_to_is_read_too(client: Client) -> None:
    town.words()
    quarter: dict[str, Any] = {**LEEDS, "locality": "Headingley, Leeds"}
    town.group("Sober", "alcohol", **quarter)
    assert NEAR_LEEDS in text(ask(client, "drinking too much, in Leeds, evenings"))


def test_where_a_group_with_a_hidden_door_meets_is_its_town_and_no_nearer(client: Client) -> None:
    town.words()
    town.group("Hidden", "alcohol", **LEEDS, is_venue_hidden=True)
    hidden: dict[str, Any] = {**LEEDS, "locality": "Xqzzythorpe", "is_venue_hidden": True}
    town.group("Nowhere", "alcohol", site=world.site("Yqzzy"), **hidden)
    assert NEAR_LEEDS in text(ask(client, "drinking in Leeds"))
    assert "Up to 25 km" not in text(ask(client, "drinking in Xqzzythorpe"))


def test_a_town_is_known_from_its_first_group_to_its_last() -> None:
    town.words()

    def held() -> Catalogue:
        return catalogue.catalogue(now=timezone.now())

    assert "Leeds" not in held().towns
    first = town.group("Thursday", "alcohol", **LEEDS)
    known = held().towns
    assert "Leeds" in known
    second = town.group("Friday", "alcohol", **LEEDS)
    assert held().towns is known
    Group.objects.filter(pk=first.pk).update(stage=Stage.ENDED)
    touch(groups=[first.pk], now=timezone.now())
    assert held().towns is known
    Group.objects.filter(pk=second.pk).update(stage=Stage.ENDED)
    touch(groups=[second.pk], now=timezone.now())
    assert "Leeds" not in held().towns
    assert held().meets_in("Leeds") is None


def test_a_group_in_a_place_of_just_that_name_goes_before_one_in_a_part_of_another() -> None:
    town.words()
    quarter: dict[str, Any] = {**LEEDS, "locality": "Headingley, Leeds"}
    town.group("Quarter", "alcohol", **quarter)
    held = catalogue.catalogue(now=timezone.now())
    (offer,) = filter(None, [held.meets_in("Leeds")])
    assert held.facts[offer.id].town == "Headingley, Leeds"
    city = town.group("City", "alcohol", **LEEDS)
    found = catalogue.catalogue(now=timezone.now()).meets_in("Leeds")
    assert found is not None
    assert found.id == str(city.pk)
