"""The public page about keeping children and adults safe: who answers, and who helps outside."""

import pytest
from django.test import Client
from django.utils import timezone
from tests import world

from hearthside.groups.enums import RoleKind
from hearthside.safety import helplines
from hearthside.safety.actions import lines
from hearthside.safety.enums import How
from hearthside.safety.ledger import Outcome
from hearthside.safety.queries import ledger

pytestmark = pytest.mark.django_db
NSPCC = next(line for line in helplines.for_country("GB").lines if line.kind == "protection")


def page(client: Client) -> str:
    answer = client.get("/safeguarding/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_finds_it_at_the_foot_of_every_page(client: Client) -> None:
    assert 'href="/safeguarding/"' in client.get("/privacy/").content.decode()


def test_who_leads_on_safety_is_named_to_whoever_signed_in_and_to_nobody_else() -> None:
    site = world.site()
    lead = world.role(RoleKind.SAFETY_LEAD)
    world.role(RoleKind.COORDINATOR, site=site)
    assert lead.pseudonym in page(world.browser(world.person()))
    said = page(Client())
    assert lead.pseudonym not in said
    assert "1 safety lead looks at every concern" in said


def test_where_nobody_is_named_it_says_so(client: Client) -> None:
    world.site()
    assert "Nobody is named as safety lead yet" in page(client)


def test_somebody_who_stopped_leading_is_not_named() -> None:
    world.site()
    lead = world.role(RoleKind.SAFETY_LEAD)
    lead.roles.update(until_at=timezone.now())
    assert lead.pseudonym not in page(world.browser(world.person()))


def test_it_says_by_when_somebody_answers_and_where_to_tell(client: Client) -> None:
    said = page(client)
    assert "within 2 days" in said
    assert 'href="/concerns/new/"' in said


def test_the_countrys_lines_that_protect_people_come_from_the_ledger(client: Client) -> None:
    world.site()
    one, two = (world.role(RoleKind.SAFETY_LEAD) for _ in range(2))
    said = page(client)
    assert "NSPCC" in said
    assert "116 123" not in said.split("<footer")[0]
    assert "call-unchecked" in said.split("<h3>NSPCC")[1].split("</article>")[0]
    for person in (one, two):
        lines.verify(line=NSPCC, outcome=Outcome.RIGHT, how=How.READ, by=person, now=timezone.now())
    ledger.forget()
    assert "call-unchecked" not in page(client).split("<h3>NSPCC")[1].split("</article>")[0]


def test_whoever_is_somewhere_unknown_is_shown_no_number(client: Client) -> None:
    world.programme(country="")
    said = page(client).split("<footer")[0]
    assert "tel:" not in said
    assert "Choose a country" in said
