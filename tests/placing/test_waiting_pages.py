"""The pages of somebody who asks for a place: nothing is lost on the way, and nobody else sees them."""

from datetime import timedelta
from html import unescape
from re import sub
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.queries import agrees
from hearthside.finder.sealed import sealed
from hearthside.finder.search import Search
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Site
from hearthside.placing.enums import Ended
from hearthside.placing.models import Request
from tests import world
from tests.finder import town
from tests.placing.people import agreeing, offered, waiting, wish

pytestmark = pytest.mark.django_db

# The frame, the reader, what they asked for, the look whether groups changed, and the cards of three at most.
QUERIES = 37
TWO = Search(about=("alcohol", "grief"), words="drinking since my mum died")


@pytest.fixture
def site() -> Site:
    town.words()
    return world.site("Leeds")


def word(search: Search = TWO) -> str:
    return sealed(search, now=timezone.now())


def text(page: str) -> str:
    main = page.partition("<main")[2]
    return " ".join(unescape(sub(r"<[^>]+>", " ", main)).split())


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return text(answer.content.decode())


def ask(client: Client, **sent: str) -> Any:
    told = {"for": word(), "main": "alcohol", "is_new": "yes", **sent}
    return client.post("/place/", told)


def test_a_visitor_signs_up_first_and_comes_back_with_the_search(site: Site) -> None:
    answer = Client().get(f"/place/?for={word()}")
    to = urlsplit(answer["Location"])
    assert to.path == "/account/signup/"
    (back,) = parse_qs(to.query)["next"]
    assert back.startswith("/place/?for=")
    assert "drinking" not in answer["Location"]
    assert "Alcohol" in page(world.browser(agreeing()), back)


def test_what_is_asked_is_what_is_not_known_yet(site: Site) -> None:
    person = world.browser(agreeing())
    one = page(person, f"/place/?for={word(Search(about=('alcohol',)))}")
    assert "What matters most to you?" not in one
    assert "Who should look for you?" not in one
    world.site("York")
    two = page(person, f"/place/?for={word()}")
    assert "What matters most to you?" in two
    assert "Who should look for you?" in two


def test_it_says_before_who_will_see_what(site: Site) -> None:
    said = page(world.browser(agreeing()), f"/place/?for={word()}")
    assert "A coordinator sees your pseudonym and what you look for." in said
    assert "Nobody is placed without a yes" in said


def test_asking_keeps_what_was_looked_for_without_the_words_and_the_waiting_begins(
    site: Site,
) -> None:
    person = agreeing()
    answer = ask(world.browser(person))
    request = Request.objects.get()
    assert answer["Location"] == f"/place/{request.pk}/"
    assert (request.person, request.site) == (person, site)
    assert request.sought.main is not None
    assert (request.sought.main.slug, request.sought.is_new) == ("alcohol", True)
    assert "words" not in request.sought.search


def test_without_a_yes_to_the_consent_nothing_is_kept_and_what_was_chosen_stays(
    site: Site,
) -> None:
    person = world.person()
    client = world.browser(person)
    refused = ask(client, main="grief")
    assert refused.status_code == 200
    assert 'value="grief" required id="id_main_1" checked' in refused.content.decode()
    assert not Request.objects.exists()
    assert not hasattr(person, "wish")
    ask(client, agrees="on")
    assert Request.objects.get().person == person
    assert agrees(person, Purpose.HEALTH, now=timezone.now())


def test_of_several_sites_the_one_that_was_chosen_looks(site: Site) -> None:
    york = world.site("York")
    client = world.browser(agreeing())
    assert ask(client).status_code == 200
    ask(client, site=york.slug)
    assert Request.objects.get().site == york


def test_the_nearest_site_comes_first_then_the_one_online(site: Site) -> None:
    near, online = world.site("Zennor"), world.site("Online")
    world.group(site=near, latitude=53.80, longitude=-1.55)
    world.group(site=online, format="online")
    said = page(
        world.browser(agreeing()), f"/place/?for={word(Search(about=('grief',), place='Leeds'))}"
    )
    asked = said.partition("Who should look for you?")[2]
    order = [asked.index(name) for name in ("Zennor (nearest", "Online (some", "Leeds")]
    assert order == sorted(order)


def test_without_a_topic_the_way_leads_to_the_finder_first(site: Site) -> None:
    client = world.browser(agreeing())
    assert "First tell us what it is about." in page(client, "/place/")
    assert "First tell us what it is about." in page(client, f"/place/?for={word(Search())}")


def test_a_search_that_is_too_old_is_said_to_be(site: Site) -> None:
    old = sealed(TWO, now=timezone.now() - timedelta(hours=3))
    assert "Your search has ended" in page(world.browser(agreeing()), f"/place/?for={old}")


def test_whoever_kept_a_search_before_asks_with_that(site: Site) -> None:
    person = agreeing()
    kept = wish(person, "alcohol")
    world.browser(person).post("/place/", {"is_new": "no"})
    assert Request.objects.get().wish == kept
    kept.refresh_from_db()
    assert not kept.is_new


def test_whoever_waits_already_is_shown_where_they_stand(site: Site) -> None:
    request = waiting(site, None, "alcohol")
    answer = world.browser(request.person).get("/place/")
    assert answer["Location"] == f"/place/{request.pk}/"


def test_stopping_and_undoing_are_one_tap_each(site: Site) -> None:
    request = waiting(site, None, "alcohol", since=timezone.now() - timedelta(days=15))
    client, address = world.browser(request.person), f"/place/{request.pk}/"
    assert "That is 2 weeks ago." in page(client, address)
    client.post(f"{address}end/")
    assert "You are not waiting any more" in page(client, address)
    client.post(f"{address}again/")
    assert "That is 2 weeks ago." in page(client, address)


def test_do_you_still_wait_has_two_answers(site: Site) -> None:
    request = waiting(site, None, "alcohol", since=timezone.now() - timedelta(days=15))
    world.member(world.group(), request.person, from_at=timezone.now() - timedelta(days=1))
    client, address = world.browser(request.person), f"/place/{request.pk}/"
    assert "Do you still wait?" in page(client, address)
    client.post(f"{address}still/")
    assert "Do you still wait?" not in page(client, address)
    client.post(f"{address}end/", {"because": "found"})
    request.refresh_from_db()
    assert request.ended == Ended.PLACED
    assert "You have found a group" in page(client, address)


@pytest.mark.parametrize("path", ["", "end/", "still/", "again/"])
def test_nobody_else_reaches_a_request_whatever_their_role(site: Site, path: str) -> None:
    request = waiting(site, None, "alcohol")
    others: list[Person | None] = [world.person(), world.role(RoleKind.COORDINATOR, site=site)]
    for other in others:
        address = f"/place/{request.pk}/{path}"
        client = world.browser(other)
        answer = client.post(address) if path else client.get(address)
        assert answer.status_code == 404
    request.refresh_from_db()
    assert request.is_open()
    assert request.still_at is None


def test_while_a_place_is_kept_the_page_speaks_of_nothing_else(site: Site) -> None:
    group = town.group("Evenings without", "alcohol", site=site)
    request = waiting(site, None, "alcohol")
    client, address = world.browser(request.person), f"/place/{request.pk}/"
    assert "Open for a visit now" in page(client, address)
    offered(group, request, now=timezone.now())
    said = page(client, address)
    assert "A place is kept for you" in said
    assert "Open for a visit now" not in said


def test_the_operators_screens_name_nobody_who_waits_and_no_group(site: Site) -> None:
    made = offered(world.group("Evenings without", site=site), now=timezone.now())
    operator = world.role(RoleKind.OPERATOR, world.person(is_staff=True, is_superuser=True))
    client = world.browser(operator)
    for model, key in (("request", made.request_id), ("invitation", made.pk)):
        for address in (
            reverse(f"admin:placing_{model}_changelist"),
            reverse(f"admin:placing_{model}_change", args=[key]),
        ):
            answer = client.get(address)
            assert answer.status_code == 200
            said = answer.content.decode()
            assert made.request.person.pseudonym not in said
            assert "Evenings without" not in said


@pytest.mark.parametrize("groups", [1, 3])
def test_the_page_costs_the_same_however_many_groups_and_people_there_are(
    site: Site, groups: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(groups):
        town.group(f"Group {number}", "alcohol", site=site)
        waiting(site, None, "alcohol")
    request = waiting(site, None, "alcohol")
    client = world.browser(request.person)
    page(client, f"/place/{request.pk}/")
    with django_assert_num_queries(QUERIES):
        page(client, f"/place/{request.pk}/")
