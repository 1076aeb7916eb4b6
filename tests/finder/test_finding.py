"""A visitor finds a group: what they see, and what nobody keeps."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hearthside.finder.queries import catalogue, vocabulary
from hearthside.groups.enums import GenderRule, Openness, Stage
from tests import world
from tests.finder import town
from tests.finder.town import ask, text

pytestmark = pytest.mark.django_db

COLD, WARM, PLACE, SOON = 21, 6, 1, 0


def test_plain_words_lead_to_the_group_they_are_about(client: Client) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol")
    town.group("Losing a parent", "death-parent")
    town.group("Sunday walks")
    page = text(ask(client, town.MUM_DIED))
    assert "2 groups fit what you asked for." in page
    assert "It is about what you named: Alcohol." in page
    assert "Sunday walks" not in page


def test_what_was_understood_can_be_read_back_and_taken_away_one_by_one(client: Client) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol")
    page = ask(client, town.MUM_DIED)
    assert "“mum died”" in page
    assert 'name="drop" value="about:death-parent"' in page
    less = ask(
        client,
        town.MUM_DIED,
        read=town.MUM_DIED,
        about=["alcohol", "death-parent"],
        drop="about:death-parent",
    )
    assert 'value="about:alcohol"' in less
    assert 'value="about:death-parent"' not in less


def test_words_in_spanish_are_understood_on_either_page(client: Client) -> None:
    town.words()
    town.group("Hoy no bebo", "alcohol", languages=["es"])
    said = "no puedo dejar de beber"
    assert 'value="about:alcohol"' in ask(client, said)
    client.cookies["language"] = "es"
    assert 'value="about:alcohol"' in ask(client, said)


def test_words_that_say_nothing_we_know_still_show_every_group(client: Client) -> None:
    town.words()
    town.group("Sunday walks")
    page = text(ask(client, "xyzzy"))
    assert "We could not tell from your words" in page
    assert "Sunday walks" in page


def test_before_anything_is_asked_the_page_shows_tonight_and_tomorrow(client: Client) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol", at=timezone.now() + timedelta(hours=1))
    page = text(client.get("/find/").content.decode())
    assert "Tonight and tomorrow" in page
    assert "Thursday, sober" in page
    assert "Addiction 1" in page


def test_without_any_group_there_are_words_a_contact_and_somebody_to_call(client: Client) -> None:
    world.programme(contact_email="hello@example.org")
    for page in (client.get("/find/").content.decode(), ask(client, "drinking")):
        assert "There are no groups here yet" in page
        assert "hello@example.org" in page
        assert "/help-now/" in page


def test_when_nothing_fits_the_closest_are_shown_with_what_would_have_to_change(
    client: Client,
) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol", format="in_person")
    page = text(ask(client, "drinking", ways=["phone"]))
    assert "No group fits everything you asked for. These come closest." in page
    assert "You can only come in person." in page
    assert "If you can also come in person: 1 more" in page


def test_one_change_shows_more_in_one_tap(client: Client) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol", format="in_person")
    town.group("Online, sober", "alcohol", format="online")
    page = ask(client, "drinking", ways=["online"])
    address = page.partition('<ul class="links">')[2].partition('href="')[2].partition('"')[0]
    assert "2 groups fit" in text(client.get(address).content.decode())


def test_groups_in_the_language_somebody_reads_come_before_sooner_ones(client: Client) -> None:
    town.words()
    tomorrow, later = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=3)
    town.group("Hoy no bebo", "alcohol", languages=["es"], at=tomorrow)
    town.group("Thursday, sober", "alcohol", at=later)
    page = text(ask(client, "drinking"))
    assert page.index("Thursday, sober") < page.index("Hoy no bebo")
    asked = text(ask(client, "drinking", languages=["es"]))
    assert asked.index("Hoy no bebo") < asked.index("Thursday, sober")


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PAUSED, Stage.ENDED])
def test_a_group_that_is_not_open_is_never_found(client: Client, stage: Stage) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol")
    hidden = town.group("Not for now", "alcohol")
    assert "Not for now" in ask(client, "drinking")
    hidden.stage = stage
    hidden.save()
    for page in (ask(client, "drinking"), client.get("/find/").content.decode()):
        assert "Not for now" not in page
        assert "Thursday, sober" in page


def test_a_closed_group_is_found_and_says_to_ask_first(client: Client) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol", openness=Openness.CLOSED)
    assert "Ask first" in text(ask(client, "drinking"))


def test_a_full_meeting_is_passed_over_for_the_next_with_a_seat(client: Client) -> None:
    town.words()
    made = town.group("Thursday, sober", "alcohol")
    first = made.meetings.get()
    first.seats_max = 1
    first.save()
    world.seat(first)
    later = world.meeting(made, starts_at=first.starts_at + timedelta(days=7), seats_max=5)
    page = text(ask(client, "drinking"))
    assert "5 seats left" in page
    assert f"{later.starts_at:%-d %B}" in page


def test_a_seat_taken_is_seen_by_the_next_search(client: Client) -> None:
    town.words()
    made = town.group("Thursday, sober", "alcohol", size_max=4)
    assert "4 seats left" in text(ask(client, "drinking"))
    world.seat(made.meetings.get())
    assert "3 seats left" in text(ask(client, "drinking"))


def test_a_woman_is_shown_lgbtq_groups_too_and_no_group_for_men(client: Client) -> None:
    town.words()
    town.group("Rainbow", "alcohol", gender=GenderRule.LGBTQ)
    town.group("Men on Monday", "alcohol", gender=GenderRule.MEN)
    page = text(ask(client, "drinking", i_am=["women"]))
    fits, _, nearly = page.partition("Close, but not quite")
    assert "Rainbow" in fits
    assert "Men on Monday" not in fits
    assert "It is for men only." in nearly


def test_a_town_nobody_knows_leaves_nothing_out(client: Client) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol")
    page = text(ask(client, "drinking", place="Xqzzyville"))
    assert "We do not know that place" in page
    assert "1 group fits" in page


def _next_page(page: str) -> str:
    """The address behind "Show more", as a browser reads it."""
    return unescape(page.partition('id="more"')[2].partition('href="')[2].partition('"')[0])


def test_a_few_are_shown_and_more_on_demand_below_them_from_the_first_new_one(
    client: Client,
) -> None:
    town.words()
    for number in range(14):
        town.group(f"Circle {number:02}", "alcohol")
    page = ask(client, "drinking")
    assert page.count('id="result-') == 6
    address, _, place = _next_page(page).partition("#")
    assert place == "result-7"
    more = client.get(address).content.decode()
    assert more.count('id="result-') == 12
    assert '<li id="result-7" tabindex="-1">' in more
    rest = client.get(_next_page(more).partition("#")[0]).content.decode()
    assert rest.count('id="result-') == 14
    assert "Show more" not in rest


def test_with_htmx_only_the_new_cards_come_and_the_first_of_them_has_the_focus(
    client: Client,
) -> None:
    town.words()
    for number in range(8):
        town.group(f"Circle {number:02}", "alcohol")
    address = _next_page(ask(client, "drinking")).partition("#")[0]
    answer = client.get(address, headers={"HX-Request": "true"})
    added = answer.content.decode()
    assert (added.count('id="result-'), added.count("autofocus")) == (2, 1)
    assert '<li id="result-7" tabindex="-1" autofocus>' in added
    assert "Show more" not in added
    assert answer["HX-Replace-Url"] == address
    whole = client.get(address).content.decode()
    assert [name for name in (f"Circle {one:02}" for one in range(8)) if name not in whole] == []


def test_a_card_says_two_reasons_and_keeps_the_rest_below(client: Client) -> None:
    town.words()
    made = town.group("Harbour", "alcohol", access=["step_free"], age_from=30)
    page = ask(client, "drinking, online or in person, step free, after 5pm or mornings")
    card = page.partition('<article class="card card-linked result">')[2].partition("</article>")[0]
    shown, _, more = card.partition("<details")
    assert shown.count("<li>") - shown.count('<li><span class="chip') == 3
    assert "It is about what you named: Alcohol." in shown
    assert "It is for people aged 30 or older." in shown
    assert made.summary in more
    assert made.summary not in shown


def test_a_ticked_box_changes_the_results_and_their_address(client: Client) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol", format="in_person")
    town.group("Online, sober", "alcohol", format="online")
    form = {"words": "half a sent", "read": "drinking", "about": ["alcohol"], "ways": ["online"]}
    answer = client.post("/find/", form, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "1 group fits" in page
    assert client.get(answer["HX-Replace-Url"]).context["search"].words == "drinking"


def test_what_no_browser_would_send_is_passed_over(client: Client) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol")
    odd = {"free": ["9-0-5", "x", "1-900-20"], "km": "-3", "age": "²", "ways": ["teleport"],
           "languages": ["<b>"], "about": ["none-such"], "only": "cats", "drop": "pk:1"}  # fmt: skip
    assert "1 group fits" in text(ask(client, "drinking\0", **odd))
    for address in ("/find/?for=abc", "/find/?for=%F0%9F%92%A9", "/find/?for=&page=0"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("groups", [1, 3])
def test_a_search_costs_the_same_few_queries_for_one_group_or_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, groups: int
) -> None:
    town.words()
    for number in range(groups):
        town.group(f"Circle {number}", "alcohol", "death-parent")
    address = client.post("/find/", {"words": town.MUM_DIED, "place": "Leeds"})["Location"]
    catalogue.forget()
    vocabulary.forget()
    with django_assert_num_queries(COLD + PLACE):
        client.get(address)
    with django_assert_num_queries(WARM + PLACE):
        client.get(address)
    with django_assert_num_queries(WARM + SOON):
        client.get("/find/")
