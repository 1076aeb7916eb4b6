"""The crisis lines desk, as two people use it, and as nobody else may."""

from datetime import datetime
from typing import Final

import pytest
from django.test import Client
from django.utils import timezone
from tests import world

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.safety import helplines
from hearthside.safety.actions import lines
from hearthside.safety.enums import How
from hearthside.safety.forms.lines import LineForm
from hearthside.safety.helplines import Helpline
from hearthside.safety.ledger import Outcome
from hearthside.safety.models import Line, Verification
from hearthside.safety.queries import ledger

pytestmark = pytest.mark.django_db

EMERGENCY: Final = helplines.for_country("GB").emergency[0]
SAMARITANS: Final = helplines.for_country("GB").lines[0]


@pytest.fixture
def one() -> Person:
    world.site()
    return world.role(RoleKind.OPERATOR)


@pytest.fixture
def two() -> Person:
    return world.role(RoleKind.SAFETY_LEAD)


def right(line: Helpline, *by: Person, at: datetime | None = None) -> None:
    now = at or timezone.now()
    for person in by:
        lines.verify(line=line, outcome=Outcome.RIGHT, how=How.READ, by=person, now=now)
    ledger.forget()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_two_people_verify_a_line_with_a_few_taps_each(one: Person, two: Person) -> None:
    first, second = world.browser(one), world.browser(two)
    found = first.get("/crisis-lines/next/", follow=True).content.decode()
    assert "Do not call this number to try it" in found
    for line in (EMERGENCY, SAMARITANS):
        for client in (first, second):
            answer = client.post(
                f"/crisis-lines/{line.facts}/", {"found": "read", "heard": "As it stands here"}
            )
            assert answer.status_code == 302
            assert answer["Location"] == "/crisis-lines/next/"
    said = page(first, "/crisis-lines/")
    assert "the two numbers that stand under every page" in said
    assert f"{one.pseudonym}" in page(second, f"/crisis-lines/{SAMARITANS.facts}/")


def test_an_emergency_number_has_no_link_to_call_it_on_the_desk(one: Person) -> None:
    said = page(world.browser(one), f"/crisis-lines/{EMERGENCY.facts}/").split("<footer")[0]
    main = said.split('id="main"')[1]
    assert "tel:" not in main
    assert 'value="dialled"' not in main
    world.browser(one).post(f"/crisis-lines/{EMERGENCY.facts}/", {"found": "dialled"})
    assert not Verification.objects.exists()


@pytest.mark.parametrize("kind", [None, RoleKind.FACILITATOR, RoleKind.EVALUATOR])
def test_nobody_else_can_know_that_the_desk_exists(one: Person, kind: RoleKind | None) -> None:
    group = world.group()
    if kind is None:
        who = world.member(group)
    elif kind is RoleKind.FACILITATOR:
        who = world.role(kind, group=group)
    else:
        who = world.role(kind)
    client = world.browser(who)
    row = lines.withdraw(line=SAMARITANS, thread=SAMARITANS.facts, by=one, now=timezone.now())
    said = Verification.objects.get()
    for address in (
        "/crisis-lines/",
        "/crisis-lines/next/",
        "/crisis-lines/new/",
        f"/crisis-lines/{SAMARITANS.facts}/",
        f"/crisis-lines/{SAMARITANS.facts}/correct/",
    ):
        assert client.get(address).status_code == 404
    for address in (
        f"/crisis-lines/{SAMARITANS.facts}/",
        f"/crisis-lines/{SAMARITANS.facts}/gone/",
        f"/crisis-lines/said/{said.pk}/back/",
        f"/crisis-lines/written/{row.pk}/back/",
    ):
        assert client.post(address, {"found": "read"}).status_code == 404
    assert Verification.objects.filter(is_taken_back=True).count() == 0


def test_a_sites_coordinator_can_be_the_second_person(one: Person) -> None:
    second = world.role(RoleKind.COORDINATOR, site=world.site())
    assert "Crisis lines" in page(world.browser(second), "/crisis-lines/")


def test_nobody_undoes_the_word_of_another(one: Person, two: Person) -> None:
    right(SAMARITANS, one)
    said = Verification.objects.get()
    answer = world.browser(two).post(f"/crisis-lines/said/{said.pk}/back/")
    assert answer.status_code == 404
    assert world.browser(one).post(f"/crisis-lines/said/{said.pk}/back/").status_code == 302
    assert not Verification.objects.filter(until_at=None).exists()


def test_a_wrong_line_is_corrected_and_what_was_typed_survives_a_mistake(one: Person) -> None:
    client = world.browser(one)
    values = {**LineForm.of(SAMARITANS), "number": "one one six", "hours": "Mornings"}
    answer = client.post(f"/crisis-lines/{SAMARITANS.facts}/correct/", values)
    assert answer.status_code == 422
    assert "one one six" in answer.content.decode()
    assert "Mornings" in answer.content.decode()
    answer = client.post(
        f"/crisis-lines/{SAMARITANS.facts}/correct/", values | {"number": "116 124"}
    )
    row = Line.objects.get()
    assert answer["Location"] == f"/crisis-lines/{row.facts}/"
    assert "One of you wrote this" in page(client, f"/crisis-lines/{row.facts}/")
    assert row.hours == "Mornings"


def test_a_page_left_open_does_not_vouch_for_a_number_corrected_since(
    one: Person, two: Person
) -> None:
    client = world.browser(two)
    page(client, f"/crisis-lines/{SAMARITANS.facts}/")
    values = {**LineForm.of(SAMARITANS), "number": "116 124", "languages": "en"}
    row = lines.correct(
        line=SAMARITANS, thread=SAMARITANS.facts, values=values, by=one, now=timezone.now()
    )
    answer = client.post(f"/crisis-lines/{SAMARITANS.facts}/", {"found": "dialled"})
    assert answer["Location"] == f"/crisis-lines/{row.facts}/"
    assert not Verification.objects.filter(by=two).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"channel": "chat", "address": ""},
        {"channel": "deaf", "deaf_by": ""},
        {"url": "http://example.org"},
        {"url": "javascript:alert(1)"},
        {"languages": "English please"},
        {"country": "US"},
    ],
)
def test_a_line_that_nobody_could_use_is_not_taken(one: Person, wrong: dict[str, str]) -> None:
    values = {**LineForm.of(SAMARITANS), "country": "GB", "name": "Another", **wrong}
    assert world.browser(one).post("/crisis-lines/new/", values).status_code == 422
    assert not Line.objects.exists()


def test_a_chat_that_two_people_looked_at_is_offered_to_everybody(
    one: Person, two: Person, client: Client
) -> None:
    values = {
        **LineForm.of(SAMARITANS),
        "country": "GB",
        "channel": "chat",
        "number": "",
        "address": "https://chat.example.org/now",
        "hours": "Every evening, 18:00 to 22:00",
    }
    world.browser(one).post("/crisis-lines/new/", values)
    assert "chat.example.org" not in page(client, "/help-now/?country=GB")
    right(Line.objects.get().helpline(), two)
    assert 'href="https://chat.example.org/now"' in page(client, "/help-now/?country=GB")
