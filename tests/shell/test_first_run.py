"""The first operator: made once, by whoever holds the token, and by nobody else."""

import hashlib
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Programme, Role, Site
from hearthside.shell import first_run
from tests import world

pytestmark = pytest.mark.django_db
TOLD = {
    "pseudonym": "Robin",
    "password": "lantern cloud kettle",
    "name": "Harbour Lane",
    "country": "GB",
    "site_name": "Leeds",
    "site_zone": "Europe/London",
    "terms": "on",
}


@pytest.fixture(autouse=True)
def offered(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    first_run.marker().write_text(hashlib.sha256(b"the-token").hexdigest())
    return first_run.marker()


def test_the_holder_of_the_token_makes_operator_programme_and_site_and_is_signed_in(
    client: Client,
) -> None:
    assert client.get("/start/the-token/").status_code == 200
    assert client.post("/start/the-token/", TOLD).status_code == 302
    operator = Person.objects.get()
    assert operator.pseudonym == "Robin"
    assert operator.check_password(TOLD["password"])
    assert Role.objects.get(person=operator).kind == "operator"
    assert Programme.objects.get().country == "GB"
    assert Site.objects.get().time_zone == "Europe/London"
    assert client.session["_auth_user_id"] == str(operator.pk)


def test_the_token_works_once(client: Client, offered: Path) -> None:
    client.post("/start/the-token/", TOLD)
    assert not offered.exists()
    assert Client().get("/start/the-token/").status_code == 404


@pytest.mark.parametrize("token", ["another", "the-toke", "THE-TOKEN"])
def test_without_the_token_there_is_no_page(client: Client, token: str) -> None:
    assert client.get(f"/start/{token}/").status_code == 404
    assert client.post(f"/start/{token}/", TOLD).status_code == 404
    assert not Person.objects.exists()


def test_without_an_offer_there_is_no_page(client: Client, offered: Path) -> None:
    offered.unlink()
    assert client.get("/start/the-token/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password", "short"),
        ("password", "1234567890"),
        ("pseudonym", ""),
        ("site_zone", "Mars/Base"),
        ("terms", ""),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_made(
    client: Client, offered: Path, field: str, value: str
) -> None:
    answer = client.post("/start/the-token/", {**TOLD, field: value})
    assert answer.status_code == 422
    assert "field-errors" in answer.content.decode()
    assert not Person.objects.exists()
    assert offered.exists()


def test_a_second_programme_is_refused_and_leaves_no_operator_behind(client: Client) -> None:
    world.programme()
    operator = world.role(RoleKind.OPERATOR)
    answer = client.post("/start/the-token/", TOLD)
    assert answer.status_code == 422
    assert list(Person.objects.all()) == [operator]
