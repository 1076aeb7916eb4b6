"""Asking for a place, waiting no more, and taking either back."""

from datetime import timedelta

import pytest

from hearthside.accounts import ports
from hearthside.accounts.actions import consents, people
from hearthside.accounts.enums import Purpose
from hearthside.accounts.queries import everything_held
from hearthside.finder.actions import wishes
from hearthside.notices.models import Letter
from hearthside.placing.actions import requests, together
from hearthside.placing.actions.refusals import NotAgreed, TooLateToUndo
from hearthside.placing.enums import Ended, Verdict
from hearthside.placing.models import Decision, Invitation, Proposal, Request, Run, Together
from hearthside.placing.queries.waiting import places_left
from tests import world
from tests.meetings.people import reachable
from tests.placing.people import agreeing, offered, say_yes, waiting, wish
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def test_somebody_waits_from_the_moment_they_ask_and_asking_twice_changes_nothing() -> None:
    person, site = agreeing(), world.site()
    first = requests.ask(person=person, wish=wish(person), site=site, now=NOW)
    again = requests.ask(person=person, wish=wish(person), site=site, now=LATER)
    assert first == again
    assert again.from_at == NOW


def test_somebody_may_wait_at_two_sites() -> None:
    person = agreeing()
    for name in ("Leeds", "York"):
        requests.ask(person=person, wish=wish(person), site=world.site(name), now=NOW)
    assert Request.objects.open().of(person).count() == 2


def test_nobody_waits_who_has_not_agreed_that_we_keep_it() -> None:
    person = reachable()
    with pytest.raises(NotAgreed):
        requests.ask(person=person, wish=wish(person), site=world.site(), now=NOW)


def test_whoever_stops_waiting_keeps_no_place_from_others() -> None:
    group = world.group(size_max=3)
    made = offered(group)
    requests.withdraw(request=made.request, now=LATER)
    made.request.refresh_from_db()
    assert (made.request.ended, made.request.until_at) == (Ended.WITHDRAWN, LATER)
    assert places_left(group, now=LATER) == 3
    assert not Letter.objects.waiting().exists()


def test_stopping_is_undone_within_a_day_and_the_waiting_goes_on_since_the_first_day() -> None:
    request = waiting(world.site(), since=NOW - timedelta(days=30))
    requests.withdraw(request=request, now=NOW)
    requests.take_back(request=request, now=LATER)
    request.refresh_from_db()
    assert request.is_open()
    assert request.weeks(now=NOW) == 4
    requests.withdraw(request=request, now=NOW)
    with pytest.raises(TooLateToUndo):
        requests.take_back(request=request, now=NOW + timedelta(days=2))


def test_nothing_is_undone_over_a_newer_request_nor_over_a_yes() -> None:
    old = waiting(world.site())
    requests.withdraw(request=old, now=NOW)
    requests.ask(person=old.person, wish=old.sought, site=old.site, now=LATER)
    made = offered(world.group())
    say_yes(made)
    for request in (old, made.request):
        with pytest.raises(TooLateToUndo):
            requests.take_back(request=request, now=LATER)


def test_taking_back_the_consent_ends_all_waiting() -> None:
    group = world.group(size_max=3)
    made = offered(group)
    person = made.request.person
    together.make_code(person=person, language="en", now=NOW)
    consents.withdraw(person=person, purpose=Purpose.HEALTH, now=LATER)
    assert not Request.objects.open().of(person).exists()
    assert not Together.objects.of(person).exists()
    assert places_left(group, now=LATER) == 3
    assert not Letter.objects.waiting().exists()


def test_taking_back_another_consent_ends_no_waiting() -> None:
    request = waiting(world.site())
    consents.withdraw(person=request.person, purpose=Purpose.REMINDERS, now=LATER)
    assert Request.objects.open().get() == request


def test_forgetting_the_wish_ends_the_waiting_and_frees_the_place() -> None:
    group = world.group(size_max=3)
    made = offered(group)
    wishes.forget(person=made.request.person, now=LATER)
    assert not Request.objects.open().of(made.request.person).exists()
    assert not Invitation.objects.standing(now=LATER).exists()
    assert places_left(group, now=LATER) == 3


def test_everything_held_about_somebody_who_waits_is_shown_to_them() -> None:
    group = world.group("Living with a stoma")
    made = offered(group)
    request, person = made.request, made.request.person
    Decision.objects.create(request=request, group=group, verdict=Verdict.PIN, at=NOW)
    run = Run.objects.create(site=group.site, asked_at=NOW)
    Proposal.objects.create(run=run, request=request, group=group)
    words = together.make_code(person=person, language="en", now=NOW).code
    told = str([held.rows for held in everything_held(person)])
    for said in (
        group.site.name,
        "Living with a stoma",
        "A coordinator wants this group for you.",
        "The computer proposed this group for you.",
        words,
    ):
        assert said in told


def test_nothing_of_another_person_is_among_it() -> None:
    group = world.group("Living with a stoma")
    offered(group)
    other = waiting(group.site)
    holder = ports.holders()["placing"]
    assert "stoma" not in str([held.rows for held in holder.held(other.person)])


def test_erasing_somebody_leaves_no_request_no_offer_and_no_pair() -> None:
    group = world.group(size_max=3)
    made = offered(group)
    friend = agreeing()
    code = together.make_code(person=made.request.person, language="en", now=NOW).code
    together.agree(person=friend, typed=code, now=NOW)
    people.erase(person=made.request.person, now=LATER)
    assert not Request.objects.exists()
    assert not Invitation.objects.exists()
    assert not Together.objects.exists()
    assert places_left(group, now=LATER) == 3
