"""Signing in and out, everywhere, and the demonstration's open door."""

import tomllib
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hearthside import exchange
from hearthside.accounts.demo import DEMO_PEOPLE
from tests import world
from tests.accounts.people import PASSWORD, is_signed_in, sign_in, sign_up


@pytest.mark.parametrize("spelt", ["Ñandú", "ñandú", " ÑANDÚ "])
def test_how_a_name_is_spelt_does_not_matter(client: Client, spelt: str) -> None:
    world.person("Ñandú", password=PASSWORD)
    sign_in(client, spelt)
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(client: Client) -> None:
    world.person("quiet-kettle", password=PASSWORD)
    for name, password in (("quiet-kettle", "wrong words here"), ("nobody", PASSWORD)):
        page = sign_in(client, name, password).content.decode()
        assert "That pseudonym and password do not fit together." in page
        assert f'value="{name}"' in page


def test_guessing_a_password_is_slowed_down(client: Client) -> None:
    world.person("quiet-kettle", password=PASSWORD)
    for _ in range(5):
        sign_in(client, "quiet-kettle", "wrong words here")
    assert "too many tries" in sign_in(client, "QUIET-kettle").content.decode()
    assert not is_signed_in(client)


def test_one_can_sign_out_everywhere_else(client: Client) -> None:
    world.person("quiet-kettle", password=PASSWORD)
    phone = Client(headers={"user-agent": "A phone"})
    sign_in(phone, "quiet-kettle")
    phone.get(reverse("me"))
    sign_in(client, "quiet-kettle")
    assert "A phone" in client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))
    assert phone.get(reverse("me")).status_code == 302
    assert client.get(reverse("me")).status_code == 200


def test_ones_own_language_follows_to_a_new_device(client: Client) -> None:
    world.person("quiet-kettle", password=PASSWORD, language="es")
    sign_in(client, "quiet-kettle")
    assert client.cookies["language"].value == "es"


def test_a_session_stays_only_if_one_asks_for_it(client: Client) -> None:
    world.person("quiet-kettle", password=PASSWORD)
    sign_in(client, "quiet-kettle")
    assert client.session.get_expire_at_browser_close()
    client.post(reverse("account_logout"))
    client.post(
        reverse("account_login"), {"login": "quiet-kettle", "password": PASSWORD, "remember": "on"}
    )
    assert not client.session.get_expire_at_browser_close()
    newcomer = Client()
    sign_up(newcomer, "wren-of-the-marsh")
    assert newcomer.session.get_expire_at_browser_close()


def test_the_demonstrations_door_does_not_exist_in_a_real_house(client: Client) -> None:
    world.person(DEMO_PEOPLE[0].pseudonym)
    assert client.get(reverse("demo_sign_in")).status_code == 404
    assert (
        client.post(reverse("demo_sign_in"), {"who": DEMO_PEOPLE[0].pseudonym}).status_code == 404
    )
    assert not is_signed_in(client)


def test_in_the_demonstration_one_tap_lets_one_look_through_somebodys_eyes(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    world.person(DEMO_PEOPLE[2].pseudonym, is_staff=True)
    assert "This is a demonstration" in client.get(reverse("demo_sign_in")).content.decode()
    client.post(reverse("demo_sign_in"), {"who": DEMO_PEOPLE[2].pseudonym})
    assert client.get(reverse("me")).status_code == 200


def test_even_there_one_can_be_nobody_but_those_on_the_list(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    world.person("somebody-real")
    assert client.post(reverse("demo_sign_in"), {"who": "somebody-real"}).status_code == 404


def test_the_demonstration_has_everybody_on_the_list() -> None:
    file = Path(exchange.__file__).parent / "data" / "demo" / "people.toml"
    there = {person["pseudonym"] for person in tomllib.loads(file.read_text())["people"]}
    assert {person.pseudonym for person in DEMO_PEOPLE} <= there


@pytest.mark.parametrize("is_known", [True, False])
def test_however_a_name_is_spelt_the_throttle_does_not_tell_whether_somebody_has_it(
    client: Client, *, is_known: bool
) -> None:
    if is_known:
        world.person("robin", password=PASSWORD)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "robin")
    for spelt in ("robin", "ROBIN", wide, wide.upper(), "Robin"):
        assert "too many tries" not in sign_in(client, spelt, "wrong words").content.decode()
    assert "too many tries" in sign_in(client, wide, "wrong words").content.decode()
