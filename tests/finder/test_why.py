"""Why is that group not among the answers? Anybody may ask it of any group."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hearthside.finder.models import Wish
from hearthside.finder.sealed import sealed
from hearthside.finder.search import Search
from hearthside.groups.enums import Stage
from tests import world
from tests.finder import town

pytestmark = pytest.mark.django_db


def word(**search: object) -> str:
    return sealed(Search(**search), now=timezone.now())  # type: ignore[arg-type]


def asked(client: Client, slug: str, **search: object) -> str:
    return client.get(f"/find/why/{slug}/", {"for": word(**search)}).content.decode()


def test_one_change_that_would_do_is_named_and_leads_to_the_group(client: Client) -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol", format="in_person")
    page = asked(client, group.slug, about=("alcohol",), ways=("phone",))
    assert "This group does not fit all that you asked for." in page
    assert "You can only come in person." in page
    assert "If you can also come in person" in page
    assert "It is about what you named: Alcohol." in page
    address = page.partition('id="why-change"')[2].partition('href="')[2].partition('"')[0]
    assert "1 group fits" in town.text(client.get(address).content.decode())


def test_a_group_that_misses_two_things_says_both_and_promises_nothing(client: Client) -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol", format="in_person", languages=["es"])
    page = asked(client, group.slug, about=("alcohol",), ways=("phone",), languages=("en",))
    assert "It is held in español." in page
    assert "You can only come in person." in page
    assert "There is no one thing that you could change" in page


def test_a_group_too_far_away_names_the_distance_that_would_reach_it(client: Client) -> None:
    town.words()
    group = town.group("York", "alcohol", format="in_person", latitude=53.96, longitude=-1.08)
    page = asked(client, group.slug, about=("alcohol",), place="Leeds", km=5)
    assert "If you can go 50 km" in page


def test_a_group_about_something_else_says_so(client: Client) -> None:
    town.words()
    group = town.group("Losing a parent", "death-parent")
    page = asked(client, group.slug, about=("alcohol",))
    assert "It is about something else." in page
    assert "If it may be about something else" in page


def test_a_group_that_fits_says_why(client: Client) -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    assert "This group fits what you asked for." in asked(client, group.slug, about=("alcohol",))


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PAUSED, Stage.ENDED])
def test_a_group_that_is_not_open_is_no_different_from_none(client: Client, stage: Stage) -> None:
    town.words()
    hidden = town.group("Not for now", "alcohol", stage=stage)
    page, none = (asked(client, slug, about=("alcohol",)) for slug in (hidden.slug, "none-such"))
    assert "This group is not available at the moment." in page
    assert "Not for now" not in page
    assert town.text(page) == town.text(none)


def test_a_search_that_has_ended_is_asked_for_again(client: Client) -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    for address in (f"/find/why/{group.slug}/", f"/find/why/{group.slug}/?for=nonsense"):
        assert "Your search has ended" in client.get(address).content.decode()


@pytest.mark.parametrize(
    "said", ["Thursday, sober", "thursday, SOBER", "sober", "http://x.org/groups/{slug}/", "{slug}"]
)
def test_a_group_is_named_by_its_name_a_part_of_it_or_its_address(
    client: Client, said: str
) -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    sent = {"group": said.format(slug=group.slug), "for": word(about=("alcohol",))}
    answer = client.post("/find/why/", sent)
    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).path == f"/find/why/{group.slug}/"
    assert parse_qs(urlsplit(answer["Location"]).query)["for"] == [sent["for"]]


def test_several_groups_by_one_name_are_offered_and_a_typing_error_is_kept(client: Client) -> None:
    town.words()
    for day in ("Monday", "Thursday"):
        town.group(f"{day}, sober", "alcohol")
    page = client.post("/find/why/", {"group": "sober"}).content.decode()
    assert "Which group do you mean?" in page
    assert "Monday, sober" in page
    lost = client.post("/find/why/", {"group": "Xqzz"}).content.decode()
    assert "There is no group by that name" in lost
    assert 'value="Xqzz"' in lost


def test_a_groups_page_leads_there_only_from_a_search_or_for_who_keeps_one(client: Client) -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    page = f"/groups/{group.slug}/"
    assert "/find/why/" not in client.get(page).content.decode()
    before = f"http://testserver/find/?for={word(about=('alcohol',))}"
    assert "/find/why/" in client.get(page, headers={"Referer": before}).content.decode()
    elsewhere = before.replace("testserver", "example.org")
    assert "/find/why/" not in client.get(page, headers={"Referer": elsewhere}).content.decode()


def test_the_results_page_asks_which_group_is_missed(client: Client) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol")
    page = town.ask(client, "drinking")
    assert 'action="/find/why/"' in page
    assert "noindex" in client.get("/find/why/")["X-Robots-Tag"]


@pytest.mark.parametrize("groups", [1, 3])
def test_asking_costs_the_same_few_queries_however_many_groups_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, groups: int
) -> None:
    town.words()
    made = [town.group(f"Circle {number}", "alcohol") for number in range(groups)]
    asked(client, made[0].slug, about=("alcohol",))
    with django_assert_num_queries(7):
        asked(client, made[0].slug, about=("alcohol",))


def test_who_keeps_a_wish_may_ask_without_a_search() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    now, person = timezone.now(), world.person()
    Wish.objects.create(person=person, search={"ways": ["phone"]}, kept_at=now, changed_at=now)
    browser = world.browser(person)
    assert f"/find/why/{group.slug}/" in browser.get(f"/groups/{group.slug}/").content.decode()
    page = browser.get(f"/find/why/{group.slug}/").content.decode()
    assert "You can only come in person." in page
