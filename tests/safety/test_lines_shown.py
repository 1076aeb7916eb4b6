"""What everybody sees of crisis lines, and the letter and the check that keep them verified."""

from datetime import datetime, timedelta
from typing import Final

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from tests import world
from tests.meetings.people import reachable

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Programme, Site
from hearthside.notices.models import Letter
from hearthside.project import checks
from hearthside.project.working import CHIMES
from hearthside.safety import helplines, tasks
from hearthside.safety.actions import line_letters, lines
from hearthside.safety.enums import How
from hearthside.safety.helplines import Helpline
from hearthside.safety.holdings import SafetyHoldings
from hearthside.safety.ledger import Outcome
from hearthside.safety.queries import ledger
from hearthside.safety.queries.lines import nearest

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


def foot(client: Client) -> str:
    said = page(client, "/privacy/").split('class="crisis-line"')[1]
    return said.split("</p>")[0]


def crisis_findings() -> list[str]:
    return [each.words for each in checks.findings() if "crisis" in each.words and each.is_serious]


def test_the_first_two_numbers_are_a_promise_together_or_not_at_all(
    one: Person, two: Person, client: Client
) -> None:
    assert "check these numbers" in foot(client)
    right(EMERGENCY, one, two)
    assert "check these numbers" in foot(client)
    right(SAMARITANS, one, two)
    assert "check these numbers" not in foot(client)
    assert "116 123" in foot(client)


def test_where_one_of_the_two_is_gone_neither_is_shown(
    one: Person, two: Person, client: Client
) -> None:
    for line in helplines.for_country("GB").lines:
        if line.kind in {"suicide_crisis", "urgent_mental_health"} and line.channel == "call":
            row = lines.withdraw(line=line, thread=line.facts, by=one, now=timezone.now())
            right(row.helpline(), two)
    said = foot(client)
    assert "has a gap" in said
    assert "tel:" not in said
    assert "999" in page(client, "/help-now/?country=GB")


def test_an_expired_line_is_only_a_number_to_check(
    one: Person, two: Person, client: Client
) -> None:
    right(SAMARITANS, one, two, at=timezone.now() - timedelta(days=181))
    said = page(client, "/help-now/?country=GB")
    card = said.split("<h3>Samaritans")[1].split("</article>")[0]
    assert "call-unchecked" in card
    right(SAMARITANS, one, two)
    said = page(client, "/help-now/?country=GB")
    card = said.split("<h3>Samaritans")[1].split("</article>")[0]
    assert "call-unchecked" not in card


def test_where_nothing_is_verified_there_is_guidance_for_every_country(
    one: Person, two: Person, client: Client
) -> None:
    said = page(client, "/help-now/?country=GB")
    assert "112 works from any mobile phone" in said
    assert said.count("findahelpline.com") == 2
    right(SAMARITANS, one, two)
    assert "112 works from any mobile phone" not in page(client, "/help-now/?country=GB")


def test_hours_that_are_not_day_and_night_are_told_honestly(client: Client) -> None:
    said = page(client, "/help-now/?country=GB")
    papyrus = said.split("<h3>PAPYRUS")[1].split("</article>")[0]
    assert "It may be closed now." in papyrus
    samaritans = said.split("<h3>Samaritans")[1].split("</article>")[0]
    assert "Day and night" in samaritans


def test_the_check_fails_for_a_country_without_two_verified_lines_and_says_which(
    one: Person, two: Person
) -> None:
    world.site("Madrid", country="ES")
    found = crisis_findings()
    assert len(found) == 2
    british = next(words for words in found if "United Kingdom" in words)
    assert "0 of at least 2" in british
    assert "999" in british
    assert "116 123" in british
    assert "/crisis-lines/" in british
    right(EMERGENCY, one, two)
    right(SAMARITANS, one, two)
    assert len(crisis_findings()) == 1


def test_the_check_says_so_where_no_country_is_set(one: Person) -> None:
    Programme.objects.update(country="")
    Site.objects.update(country="")
    assert any("No country is set" in words for words in crisis_findings())


def test_a_letter_comes_once_three_weeks_before_a_line_runs_out() -> None:
    site, now = world.site(), timezone.now()
    one = reachable(world.role(RoleKind.OPERATOR))
    two = reachable(world.role(RoleKind.COORDINATOR, site=site))
    lead = reachable(world.role(RoleKind.SAFETY_LEAD))
    right(SAMARITANS, one, lead, at=now)
    line_letters.remind(now=now + timedelta(days=158))
    assert not Letter.objects.exists()
    for days in (160, 161, 175):
        line_letters.remind(now=now + timedelta(days=days))
    letters = Letter.objects.all()
    assert {letter.person for letter in letters} == {one, two, lead}
    assert letters.count() == 3
    assert all("116 123" in letter.text for letter in letters)
    assert all("/crisis-lines/" in letter.text for letter in letters)
    right(SAMARITANS, one, two, at=now + timedelta(days=176))
    line_letters.remind(now=now + timedelta(days=177))
    assert letters.count() == 3


def test_the_clock_rings_for_the_letters() -> None:
    assert any(chime.task is tasks.remind_of_lines for chime in CHIMES)


def test_numbers_still_stand_under_a_page_when_the_ledger_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError

    ledger.forget()
    monkeypatch.setattr(ledger, "lines_of", broken)
    near = nearest("GB", now=timezone.now())
    assert near.is_whole
    assert near.needs_check


def test_what_one_said_and_wrote_is_shown_to_oneself(one: Person) -> None:
    right(SAMARITANS, one)
    held = [each for each in SafetyHoldings().held(one) if each.heading.startswith("Crisis")]
    assert "116 123" in str(held[0].rows)
