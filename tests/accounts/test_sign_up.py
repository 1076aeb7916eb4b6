"""Signing up: under a made-up name, with or without an address, and only with a clear yes."""

from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from hearthside.accounts import access, queries
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person
from hearthside.accounts.wordings import suggested
from tests import world
from tests.accounts.people import PASSWORD, YES, is_signed_in, sign_up


def test_a_pseudonym_and_a_password_are_enough(client: Client) -> None:
    sign_up(client, "quiet-kettle")
    person = Person.objects.get()
    assert (person.pseudonym, person.email) == ("quiet-kettle", "")
    assert person.check_password(PASSWORD)
    assert is_signed_in(client)


def test_nobody_is_ever_asked_for_a_real_name(client: Client) -> None:
    page = client.get(reverse("account_signup"))
    assert set(page.context["form"].fields) == {
        "pseudonym", "email", "terms", "health", "reminders", "password", "meant",
    }  # fmt: skip
    assert "We never ask for your real name" in page.content.decode()


def test_the_page_suggests_names_that_are_free(client: Client) -> None:
    page = client.get(reverse("account_signup"))
    suggestions = page.context["suggestions"]
    assert len(suggestions) == 3
    assert ", ".join(suggestions) in page.content.decode()


def test_a_suggested_name_is_never_one_that_somebody_has() -> None:
    taken = suggested(language="en", chance=Random(1), count=9)
    for name in taken[:8]:
        world.person(name.upper())
    assert queries.free_pseudonyms(language="en", chance=Random(1)) == taken[8:]


def test_without_an_address_one_is_led_to_the_recovery_codes_and_then_on(client: Client) -> None:
    answer = sign_up(client, next="/find/?words=sleep")
    assert answer["Location"] == f"{reverse('recovery_codes')}?next=%2Ffind%2F%3Fwords%3Dsleep"
    assert not access.recovery_ready(Person.objects.get())


def test_one_is_never_led_on_to_a_strangers_site(client: Client) -> None:
    assert sign_up(client, next="https://evil.example/")["Location"] == reverse("recovery_codes")


def test_with_an_address_a_letter_comes_whose_link_is_the_way_back(
    client: Client, mailoutbox: list[object]
) -> None:
    sign_up(client, email="Kettle@Example.org")
    person = Person.objects.get()
    assert person.email == "kettle@example.org"
    assert not access.recovery_ready(person)
    link = next(line for line in mailoutbox[0].body.splitlines() if "confirm-email" in line)  # type: ignore[attr-defined]
    client.post(link)
    person.refresh_from_db()
    assert access.recovery_ready(person)


@pytest.mark.parametrize("missing", ["terms", "health"])
def test_without_a_clear_yes_there_is_no_account(client: Client, missing: str) -> None:
    page = sign_up(client, **{missing: ""})
    assert page.status_code == 200
    assert not Person.objects.exists()
    assert "your yes" in page.content.decode()


def test_each_yes_is_noted_with_its_wording_and_reminders_only_if_wanted(client: Client) -> None:
    sign_up(client)
    assert {(row.purpose, row.version) for row in Consent.objects.all()} == {
        (Purpose.TERMS, "1"),
        (Purpose.HEALTH, "2"),
    }


def test_the_boxes_are_empty_at_first(client: Client) -> None:
    assert "checked" not in client.get(reverse("account_signup")).content.decode()


@pytest.mark.parametrize(
    "other", ["Quiet-Kettle", "  QUIET-KETTLE ", "\uff51\uff55\uff49\uff45\uff54-kettle"]
)
def test_a_name_is_taken_however_it_is_spelt(client: Client, other: str) -> None:
    world.person("quiet-kettle")
    page = sign_up(client, other)
    assert "Somebody already goes by that name" in page.content.decode()
    assert Person.objects.count() == 1


def test_letters_of_every_language_fold_alike_on_every_database(client: Client) -> None:
    world.person("Ñandú")
    sign_up(client, "ÑANDÚ")
    assert Person.objects.count() == 1


def test_what_was_typed_is_still_there_after_a_mistake_but_never_the_password(
    client: Client,
) -> None:
    page = sign_up(client, "blue-raincoat", email="not an address").content.decode()
    assert 'value="blue-raincoat"' in page
    assert 'value="not an address"' in page
    assert PASSWORD not in page


@pytest.mark.parametrize("password", ["short", "password123", "quiet-kettle"])
def test_a_weak_password_is_refused_in_plain_words(client: Client, password: str) -> None:
    page = sign_up(client, "quiet-kettle", password=password)
    assert page.status_code == 200
    assert page.context["form"].errors["password"]


def test_an_address_as_a_name_is_questioned_once_and_not_forbidden(client: Client) -> None:
    page = sign_up(client, "ann@example.org")
    assert "others will see it" in page.content.decode()
    assert not Person.objects.exists()
    sign_up(client, "ann@example.org", meant=page.context["form"].data["meant"])
    assert Person.objects.get().pseudonym == "ann@example.org"


@pytest.mark.parametrize("name", ["a\u202eb", "zero\u200bwidth", "--", "x"])
def test_names_that_play_tricks_on_the_eye_are_refused(client: Client, name: str) -> None:
    sign_up(client, name)
    assert not Person.objects.exists()


def test_with_a_passkey_there_is_no_account_until_the_passkey_is_there(client: Client) -> None:
    answer = client.post(reverse("account_signup"), {"pseudonym": "quiet-kettle", **YES})
    assert answer["Location"] == reverse("sign_up_passkey")
    page = client.get(answer["Location"])
    assert '"creation_options"' in page.content.decode()
    client.post(reverse("sign_up_passkey"), {"name": "My passkey", "credential": "{}"})
    client.post(reverse("sign_up_passkey"), {"name": "My passkey"})
    assert not Person.objects.exists()


def test_an_address_that_belongs_to_somebody_is_not_given_away(client: Client) -> None:
    world.person("first", email="known@example.org")
    page = sign_up(client, "second", email="known@example.org")
    assert page.status_code == 302
    assert Person.objects.called("second").exists()


def test_trying_out_names_is_slowed_down(client: Client) -> None:
    world.person("quiet-kettle")
    answers = [sign_up(client, "quiet-kettle").status_code for _ in range(12)]
    assert answers[0] == 200
    assert answers[-1] == 429
