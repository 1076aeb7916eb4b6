"""The page of a place that somebody was offered, and what it says after each answer."""

from datetime import timedelta
from html import unescape
from re import sub
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Acceptance, Group, Membership
from hearthside.meetings.models import Seat
from hearthside.placing.actions import invitations
from hearthside.placing.models import Invitation
from tests import world
from tests.finder import town
from tests.placing.people import offered, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    town.words()
    made = town.group(
        "Evenings without",
        "alcohol",
        what_happens="Everybody says how the week was.",
        first_visit="Somebody meets you at the door.\nYou can just listen.",
    )
    world.role(RoleKind.GREETER, world.person("blue-heron"), group=made)
    return made


def offer(group: Group) -> tuple[Client, Invitation]:
    request = waiting(group.site, None, "alcohol", since=timezone.now() - timedelta(days=20))
    made = offered(group, request, now=timezone.now())
    return world.browser(request.person), made


def text(client: Client, made: Invitation) -> str:
    answer = client.get(f"/invitations/{made.pk}/")
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2]
    return " ".join(unescape(sub(r"<[^>]+>", " ", main)).split())


def yes(client: Client, made: Invitation, **sent: Any) -> None:
    rules = made.group.ground_rules.first()
    told = {
        "ground_rules": str(rules.pk) if rules else "",
        "accepts_rules": "on",
        "fits": "on",
        "is_listening_only": "on",
        **sent,
    }
    client.post(f"/invitations/{made.pk}/", told)


def test_the_page_says_what_happens_there_who_greets_why_it_fits_and_what_does_not(
    group: Group,
) -> None:
    said = text(*offer(group))
    for told in (
        "Evenings without",
        "Everybody says how the week was.",
        "Somebody meets you at the door.",
        "blue-heron looks out for people who come for the first time.",
        "It is about what you named: Alcohol.",
        "What may not fit",
        "What is said here stays here.",
        "Nothing happens unless you say yes.",
    ):
        assert told.casefold() in said.casefold(), told


def test_a_drawback_is_named_where_there_is_one(group: Group) -> None:
    group.meetings.all().delete()
    assert "No meeting is planned at the moment." in text(*offer(group))


def test_a_yes_leads_in_with_a_seat_and_can_be_undone(group: Group) -> None:
    client, made = offer(group)
    yes(client, made, takes_seat="on")
    person = made.request.person
    assert Membership.objects.of(person).get().group == group
    assert Seat.objects.open().of(person).get().meeting == group.meetings.get()
    assert "You are welcome there" in text(client, made)
    client.post(f"/invitations/{made.pk}/undo/")
    assert "A place is kept for you here" in text(client, made)
    assert not Seat.objects.open().of(person).exists()


def test_without_a_yes_to_the_ground_rules_nothing_happens_and_no_tick_is_lost(
    group: Group,
) -> None:
    client, made = offer(group)
    answer = client.post(f"/invitations/{made.pk}/", {"fits": "on", "takes_seat": "on"})
    assert "Please read the ground rules and tick this box." in answer.content.decode()
    assert "checked" in answer.content.decode().partition('name="fits"')[2][:80]
    assert not Membership.objects.of(made.request.person).exists()
    assert not Acceptance.objects.exists()


def test_not_this_one_asks_for_a_reason_only_afterwards_and_can_be_undone(group: Group) -> None:
    client, made = offer(group)
    client.post(f"/invitations/{made.pk}/no/")
    assert "Would you like to say why?" in text(client, made)
    client.post(f"/invitations/{made.pk}/no/", {"because": "time"})
    assert "The time." in text(client, made)
    client.post(f"/invitations/{made.pk}/undo/")
    assert "A place is kept for you here" in text(client, made)


def test_a_reason_that_nobody_offered_is_not_kept(group: Group) -> None:
    client, made = offer(group)
    client.post(f"/invitations/{made.pk}/no/", {"because": "their face"})
    made.refresh_from_db()
    assert made.because == ""


def test_what_ran_out_and_what_was_taken_back_is_said_kindly(group: Group) -> None:
    client, made = offer(group)
    Invitation.objects.update(expires_at=timezone.now())
    assert "This place is free for others now" in text(client, made)
    their, other = offer(group)
    invitations.withdraw(invitation=other, now=timezone.now())
    said = text(their, other)
    assert "It is nothing you did." in said
    assert "Evenings without" not in said


@pytest.mark.parametrize("path", ["", "no/", "undo/"])
def test_nobody_else_reaches_an_invitation_whatever_their_role(group: Group, path: str) -> None:
    _, made = offer(group)
    for other in (
        world.person(),
        world.role(RoleKind.COORDINATOR, site=group.site),
        world.role(RoleKind.OPERATOR),
    ):
        client = world.browser(other)
        address = f"/invitations/{made.pk}/{path}"
        assert client.post(address).status_code == 404
    made.refresh_from_db()
    assert made.stands(now=timezone.now())


def test_opening_the_page_alone_answers_nothing(group: Group) -> None:
    client, made = offer(group)
    text(client, made)
    for path in ("no/", "undo/"):
        assert client.get(f"/invitations/{made.pk}/{path}").status_code == 405
    made.refresh_from_db()
    assert made.stands(now=timezone.now())
