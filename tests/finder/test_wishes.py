"""A kept search: kept because somebody asked, without their words, theirs alone, and gone when they say so."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from hearthside.accounts import ports
from hearthside.accounts.actions import consents
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person
from hearthside.finder import places
from hearthside.finder.actions import wishes
from hearthside.finder.models import Wish
from hearthside.finder.places import Place
from hearthside.finder.queries.wishes import chips_of, keeping_of, search_of, wish_of
from hearthside.finder.sealed import sealed
from hearthside.finder.search import Search
from hearthside.groups.actions import experiences
from hearthside.groups.models import Experience
from peerkit.matching import Free
from tests import world
from tests.accounts.people import sign_up
from tests.finder import town

pytestmark = pytest.mark.django_db
LEEDS = places.find("Leeds", country="GB", most=1)[0]
SAID = Search(words="my mum died and I drink", about=("alcohol", "death-parent"), place="Leeds")


def keep(who: Person, search: Search = SAID, *, now: datetime, **fields: object) -> Wish:
    given = {"main": None, "is_new": True, "zone": "Europe/London", "place": LEEDS, **fields}
    return wishes.keep(person=who, search=search, now=now, **given)  # type: ignore[arg-type]


def address(search: Search = SAID) -> str:
    return f"/find/wish/?{urlencode({'for': sealed(search, now=timezone.now())})}"


def test_the_words_that_somebody_wrote_are_never_kept(now: datetime) -> None:
    town.words()
    wish = keep(world.agree(world.person()), now=now)
    assert "mum died" not in str(Wish.objects.values().get())
    assert search_of(wish).about == SAID.about


def test_the_place_is_kept_no_more_exactly_than_its_town(now: datetime) -> None:
    home = Place("53.817, -1.561", "", "", 53.8174321, -1.5612345, 0, "Europe/London")
    wish = keep(world.agree(world.person()), now=now, place=home)
    assert wish.latitude not in (None, home.latitude)
    assert wish.longitude not in (None, home.longitude)
    assert "," in search_of(wish).place
    assert "53.8" not in search_of(wish).place


def test_without_consent_nothing_is_kept(now: datetime) -> None:
    with pytest.raises(wishes.NeedsConsent):
        keep(world.person(), now=now)
    assert not Wish.objects.exists()


def test_a_person_keeps_one_search_and_the_newest_takes_the_place_of_the_older(
    now: datetime,
) -> None:
    who = world.agree(world.person())
    keep(who, now=now)
    later = now + timedelta(days=2)
    keep(who, Search(about=("grief",)), now=later, place=None)
    wish = Wish.objects.get()
    assert search_of(wish) == Search(about=("grief",))
    assert (wish.kept_at, wish.changed_at, wish.latitude) == (now, later, None)


def test_what_matters_most_is_one_of_the_things_looked_for(now: datetime) -> None:
    grief = town.experience("grief", "Grief and loss")
    wish = keep(world.agree(world.person()), Search(about=("alcohol",)), now=now, main=grief)
    assert search_of(wish).about == ("grief", "alcohol")


def test_a_kept_search_reads_back_in_words(now: datetime) -> None:
    town.words()
    search = Search(about=("alcohol",), free=(Free(1, 1020, 1440),), comfort=("quiet",), age=34)
    wish = keep(world.agree(world.person()), search, now=now)
    words = [chip.words for chip in chips_of(wish, "en")]
    assert "Alcohol" in words
    assert "You need not speak" in words
    assert "I am 34 years old" in words
    assert any("Leeds" in one for one in words)
    assert any("Tuesday" in one for one in words)


def test_taking_the_consent_back_forgets_the_search(now: datetime) -> None:
    who, other = world.agree(world.person()), world.agree(world.person())
    keep(who, now=now)
    keep(other, now=now)
    consents.withdraw(person=who, purpose=Purpose.REMINDERS, now=now)
    assert wish_of(who) is not None
    consents.withdraw(person=who, purpose=Purpose.HEALTH, now=now)
    assert wish_of(who) is None
    assert wish_of(other) is not None


def test_a_forgotten_search_comes_back_for_ten_minutes_and_no_longer(now: datetime) -> None:
    town.words()
    who = world.agree(world.person())
    alcohol = Experience.objects.get(slug="alcohol")
    before = keep(who, now=now, main=alcohol, is_new=False)
    word = wishes.forget(person=who, now=now)
    assert not Wish.objects.exists()
    late = now + timedelta(minutes=11)
    assert wishes.take_back(person=who, word=word, now=late) is None
    assert wishes.take_back(person=world.agree(world.person()), word=word, now=now) is None
    back = wishes.take_back(person=who, word=word, now=now + timedelta(minutes=9))
    assert back is not None
    assert (search_of(back), back.main, back.zone) == (search_of(before), alcohol, before.zone)
    assert (back.latitude, back.is_new, back.kept_at) == (before.latitude, False, now)


def test_a_sealed_search_is_no_way_to_bring_a_wish_back(now: datetime) -> None:
    who = world.agree(world.person())
    assert wishes.take_back(person=who, word=sealed(SAID, now=now), now=now) is None
    assert wishes.forget(person=who, now=now) == ""


def test_one_thing_can_be_taken_away_and_with_it_that_it_mattered_most(now: datetime) -> None:
    town.words()
    alcohol = Experience.objects.get(slug="alcohol")
    wish = keep(world.agree(world.person()), now=now, main=alcohol)
    wishes.drop(wish=wish, dropped="place:", now=now)
    wishes.drop(wish=wish, dropped="about:alcohol", now=now)
    wish.refresh_from_db()
    assert search_of(wish) == Search(about=("death-parent",))
    assert (wish.main, wish.latitude, wish.longitude) == (None, None, None)


def test_when_two_words_become_one_nobody_s_search_is_lost(now: datetime) -> None:
    town.words()
    town.experience("drinking-too-much", "Drinking too much")
    town.experience("drinking", "Drinks")
    old = Experience.objects.get(slug="drinking-too-much")
    new = Experience.objects.get(slug="alcohol")
    first = keep(
        world.agree(world.person()),
        Search(about=("drinking-too-much", "alcohol")),
        now=now,
        main=old,
    )
    second = keep(
        world.agree(world.person()),
        Search(not_about=("drinking-too-much",), about=("drinking",)),
        now=now,
    )
    experiences.merge(experience=old, into=new)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.main == new
    assert search_of(first).about == ("alcohol",)
    assert search_of(second).about == ("drinking",)
    assert search_of(second).not_about == ("alcohol",)


def test_people_see_and_erase_what_is_held_of_them(now: datetime) -> None:
    town.words()
    who = world.agree(world.person())
    keep(who, now=now, main=Experience.objects.get(slug="alcohol"))
    holder = ports.holders()["finder"]
    shown = str([held.rows for held in holder.held(who)])
    assert "Alcohol" in shown
    assert "Death of a parent" in shown
    assert "Alcohol" not in str([held.rows for held in holder.held(world.person())])
    holder.erase(who, now=now)
    assert not Wish.objects.exists()


def test_beside_an_answer_stands_the_offer_to_keep_it(now: datetime) -> None:
    who = world.agree(world.person())
    assert not keeping_of(
        world.browser().get("/").wsgi_request.user, SAID, word="sealed"
    ).has_account
    fresh = keeping_of(who, SAID, word="sealed")
    assert (fresh.has_account, fresh.is_kept, fresh.has_another) == (True, False, False)
    keep(who, now=now)
    assert keeping_of(who, SAID, word="sealed").is_kept
    other = keeping_of(who, Search(about=("grief",)), word="sealed")
    assert (other.is_kept, other.has_another) == (False, True)


def test_a_visitor_is_led_to_an_account_and_back_with_the_search(client: Client) -> None:
    town.words()
    answer = client.get(address())
    assert answer.status_code == 302
    led_to = urlsplit(answer["Location"])
    assert led_to.path == reverse("account_signup")
    back = parse_qs(led_to.query)["next"][0]
    saving = sign_up(client, next=back)["Location"]
    assert reverse("recovery_codes") in saving
    code = client.post(reverse("recovery_codes")).context["codes"][0]
    back = parse_qs(urlsplit(saving).query)["next"][0]
    answer = client.post(reverse("recovery_codes_saved"), {"code": code, "next": back}, follow=True)
    page = answer.content.decode()
    assert "Keep this search" in page
    assert "Alcohol" in page
    assert "Death of a parent" in page


def test_keeping_asks_for_consent_and_for_what_matters_most() -> None:
    town.words()
    who = world.person()
    browser = world.browser(who)
    page = browser.get(address()).content.decode()
    assert "I agree that my groups and meetings are kept" in page
    assert "checked" not in page.partition('name="main"')[2].partition("</fieldset>")[0]
    word = page.partition('name="for" value="')[2].partition('"')[0]
    told = {"for": word, "is_new": "no", "zone": "Asia/Tokyo"}
    refused = browser.post("/find/wish/", told)
    assert refused.status_code == 200
    text = refused.content.decode()
    assert "Please choose one. “No one thing” is a good answer too." in text
    assert "We may not keep your search unless you agree." in text
    assert '<option value="Asia/Tokyo" selected>' in text
    assert not Wish.objects.exists()
    browser.post("/find/wish/", {**told, "main": "alcohol", "agrees": "on"})
    wish = Wish.objects.get(person=who)
    assert wish.main == Experience.objects.get(slug="alcohol")
    assert (wish.is_new, wish.zone) == (False, "Asia/Tokyo")
    assert Consent.objects.filter(person=who, purpose=Purpose.HEALTH, until_at=None).exists()


def test_the_page_of_a_kept_search_changes_drops_forgets_and_brings_it_back() -> None:
    town.words()
    who = world.agree(world.person())
    keep(who, now=timezone.now())
    browser = world.browser(who)
    page = browser.get("/find/wish/").content.decode()
    assert "from three people up" in page
    assert "/find/?for=" in page
    browser.post("/find/wish/", {"main": "-", "is_new": "no", "zone": "Europe/Paris"})
    wish = Wish.objects.get()
    assert (wish.main, wish.is_new, wish.zone) == (None, False, "Europe/Paris")
    browser.post("/find/wish/drop/", {"drop": "about:alcohol"})
    assert search_of(Wish.objects.get()).about == ("death-parent",)
    gone = browser.post("/find/wish/end/", follow=True).content.decode()
    assert not Wish.objects.exists()
    word = gone.partition('name="undo" value="')[2].partition('"')[0]
    browser.post("/find/wish/back/", {"undo": word})
    assert search_of(Wish.objects.get()).about == ("death-parent",)


def test_a_search_too_old_says_so_and_keeps_what_was_kept() -> None:
    town.words()
    who = world.agree(world.person())
    browser = world.browser(who)
    old = sealed(SAID, now=timezone.now() - timedelta(hours=3))
    assert "too old" in browser.get(f"/find/wish/?for={old}").content.decode()
    keep(who, Search(about=("grief",)), now=timezone.now())
    told = {"for": old, "main": "grief", "is_new": "yes", "zone": "UTC"}
    assert "too old" in browser.post("/find/wish/", told).content.decode()
    assert search_of(Wish.objects.get()).about == ("grief",)


def test_nobody_reaches_somebody_else_s_search() -> None:
    town.words()
    keep(world.agree(world.person()), now=timezone.now())
    browser = world.browser(world.person())
    assert "Alcohol" not in browser.get("/find/wish/").content.decode()
    assert browser.post("/find/wish/drop/", {"drop": "about:alcohol"}).status_code == 404
    browser.post("/find/wish/end/")
    assert Wish.objects.count() == 1
