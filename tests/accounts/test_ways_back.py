"""Ways back in: recovery codes that are shown once, and a letter to a confirmed address."""

import re
import time
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hearthside.accounts import access
from hearthside.accounts.actions import ways_back
from hearthside.accounts.models import Person, RecoveryCode
from tests import world
from tests.accounts.people import PASSWORD, codes_shown, is_signed_in, sign_in, sign_up

NEW = "another four good words"


def way_back(client: Client, pseudonym: str, code: str) -> str:
    """The page that answers; the door to a new key if it opened."""
    answer = client.post(reverse("way_back"), {"pseudonym": pseudonym, "code": code})
    return str(answer["Location"]) if answer.status_code == 302 else answer.content.decode()


def test_eight_codes_are_shown_once_and_kept_only_as_digests(client: Client) -> None:
    sign_up(client)
    codes = codes_shown(client)
    assert len(set(codes)) == 8
    assert "<code>" not in client.get(reverse("recovery_codes")).content.decode()
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_the_codes_can_be_saved_as_a_file_without_asking_the_server_again(client: Client) -> None:
    sign_up(client)
    page = client.post(reverse("recovery_codes"))
    assert page.context["download"].startswith("data:text/plain")
    assert page.context["codes"][0] in page.context["download"]
    assert "no-store" in page["Cache-Control"]


def test_typing_one_back_shows_that_they_are_saved(client: Client) -> None:
    sign_up(client)
    code = codes_shown(client)[3]
    client.post(reverse("recovery_codes_saved"), {"code": "aaaa-bbbb-cccc"})
    assert not access.recovery_ready(Person.objects.get())
    answer = client.post(
        reverse("recovery_codes_saved"), {"code": code.upper().replace("-", " "), "next": "/find/"}
    )
    assert answer["Location"] == "/find/"
    assert access.recovery_ready(Person.objects.get())


def test_until_then_ones_own_page_says_calmly_what_to_do(client: Client) -> None:
    sign_up(client)
    assert "You have no way back in yet" in client.get(reverse("me")).content.decode()
    client.post(reverse("recovery_codes_saved"), {"code": codes_shown(client)[0]})
    assert "You have no way back in yet" not in client.get(reverse("me")).content.decode()


def test_a_code_opens_the_account_once(client: Client) -> None:
    sign_up(client)
    code = codes_shown(client)[0]
    client.post(reverse("account_logout"))
    assert way_back(client, "Quiet-KETTLE", code) == reverse("way_back_new")
    client.post(reverse("way_back_new"), {"password": NEW})
    assert is_signed_in(client)
    assert Person.objects.get().check_password(NEW)
    assert "do not fit together" in way_back(Client(), "quiet-kettle", code)


def test_getting_back_in_ends_every_other_session(client: Client) -> None:
    sign_up(client)
    code, thief = codes_shown(client)[0], Client()
    sign_in(thief, "quiet-kettle")
    way_back(client := Client(), "quiet-kettle", code)
    client.post(reverse("way_back_new"), {"password": NEW})
    assert thief.get(reverse("me")).status_code == 302
    assert client.get(reverse("me")).status_code == 200


def test_the_door_to_a_new_key_opens_for_nobody_without_a_code(client: Client) -> None:
    world.person("quiet-kettle")
    assert client.get(reverse("way_back_new"))["Location"] == reverse("way_back")
    client.post(reverse("way_back_new"), {"password": NEW})
    assert not Person.objects.get().check_password(NEW)


def test_an_unknown_name_and_a_wrong_code_get_the_very_same_answer(client: Client) -> None:
    world.person("quiet-kettle")
    known = way_back(client, "quiet-kettle", "0000-0000-0000")
    unknown = way_back(client, "nobody-here", "0000-0000-0000")

    def without_what_was_typed(page: str) -> str:
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
        return page.replace("quiet-kettle", "").replace("nobody-here", "")

    assert without_what_was_typed(known) == without_what_was_typed(unknown)


def test_an_unknown_name_takes_as_long_as_a_wrong_code(now: datetime) -> None:
    world.person("quiet-kettle")

    def seconds(pseudonym: str) -> float:
        started = time.perf_counter()
        with pytest.raises(ways_back.NoWayBack):
            ways_back.use_code(pseudonym=pseudonym, typed="0000-0000-0000", now=now)
        return time.perf_counter() - started

    pairs = [(seconds("quiet-kettle"), seconds("nobody-here")) for _ in range(7)]
    known, unknown = (sorted(times)[3] for times in zip(*pairs, strict=True))
    assert 0.5 < known / unknown < 2
    assert unknown > 0.005, "the slow digest was skipped"


def test_guessing_codes_is_slowed_down_by_name_and_by_place(client: Client) -> None:
    world.person("quiet-kettle")
    for number in range(5):
        client.post(
            reverse("way_back"),
            {"pseudonym": "quiet-kettle", "code": f"000{number}"},
            REMOTE_ADDR=f"10.0.0.{number}",
        )
    answer = client.post(
        reverse("way_back"), {"pseudonym": " QUIET-kettle", "code": "0"}, REMOTE_ADDR="10.0.1.1"
    )
    assert answer.status_code == 429


def test_one_code_never_undoes_the_second_factor_of_someone_who_sees_others(
    client: Client, now: datetime
) -> None:
    person = world.person("lookout", is_staff=True)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    code = ways_back.make_codes(person=person, now=now)[0]
    way_back(client, "lookout", code)
    page = client.get(reverse("way_back_new")).content.decode()
    assert 'does="create"' not in page
    answer = client.post(reverse("way_back_new"), {"password": NEW})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert Authenticator.objects.filter(user=person).exists()


def test_a_members_lost_app_goes_when_they_come_back(client: Client, now: datetime) -> None:
    person = world.person("member")
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    way_back(client, "member", ways_back.make_codes(person=person, now=now)[0])
    client.post(reverse("way_back_new"), {"password": NEW})
    assert is_signed_in(client)
    assert not Authenticator.objects.filter(user=person).exists()


def test_the_way_in_that_a_code_opened_closes_after_a_while(client: Client, now: datetime) -> None:
    person = world.person("quiet-kettle")
    way_back(client, "quiet-kettle", ways_back.make_codes(person=person, now=now)[0])
    session = client.session
    kept = session[access.BACK]
    session[access.BACK] = {
        **kept,
        "at": (datetime.fromisoformat(kept["at"]) - timedelta(minutes=16)).isoformat(),
    }
    session.save()
    assert client.post(reverse("way_back_new"), {"password": NEW})["Location"] == reverse(
        "way_back"
    )


def test_using_the_last_code_means_there_is_no_way_back(now: datetime) -> None:
    person = world.person("quiet-kettle", recovery_ready_at=None)
    codes = ways_back.make_codes(person=person, now=now)
    ways_back.confirm_codes(person=person, typed=codes[0], now=now)
    for code in codes:
        assert access.recovery_ready(Person.objects.get())
        ways_back.use_code(pseudonym="quiet-kettle", typed=code, now=now)
    assert not access.recovery_ready(Person.objects.get())


def test_new_codes_take_the_place_of_the_old_ones(now: datetime) -> None:
    person = world.person("quiet-kettle")
    old = ways_back.make_codes(person=person, now=now)
    ways_back.make_codes(person=person, now=now)
    with pytest.raises(ways_back.NoWayBack):
        ways_back.use_code(pseudonym="quiet-kettle", typed=old[0], now=now)


def test_a_forgotten_password_is_replaced_through_a_confirmed_address(
    client: Client, mailoutbox: list[object]
) -> None:
    person = world.person("quiet-kettle", email="kettle@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post(reverse("account_reset_password"), {"email": "kettle@example.org"})
    letter = mailoutbox[0].body  # type: ignore[attr-defined]
    assert "quiet-kettle" in letter
    link = next(line for line in letter.splitlines() if "password/reset/key" in line)
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert is_signed_in(client)


def test_asking_for_a_link_tells_nobody_who_has_an_account(
    client: Client, mailoutbox: list[object]
) -> None:
    person = world.person("quiet-kettle", email="kettle@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    known = client.post(reverse("account_reset_password"), {"email": "kettle@example.org"})
    cache.clear()
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mailoutbox) == 2


def test_removing_the_address_removes_that_way_back(client: Client, now: datetime) -> None:
    person = world.person("quiet-kettle", email="kettle@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    sign_in(client, "quiet-kettle")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_remove": "1", "email": "kettle@example.org"})
    person.refresh_from_db()
    assert person.email == ""
    assert not access.recovery_ready(person)


def an_hour_later(client: Client) -> None:
    """The sign-in of this browser's session lies an hour back."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 60 * 60
    session.save()


def test_whoever_borrows_an_open_phone_gets_no_recovery_codes_without_the_password(
    client: Client,
) -> None:
    sign_up(client)
    an_hour_later(client)
    asked = client.post(reverse("recovery_codes"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not RecoveryCode.objects.exists()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert len(codes_shown(client)) == 8


def test_whoever_borrows_an_open_phone_cannot_set_their_own_address(client: Client) -> None:
    sign_up(client)
    an_hour_later(client)
    client.post(reverse("account_email"), {"action_add": "1", "email": "thief@example.org"})
    assert not EmailAddress.objects.exists()


def test_a_made_up_host_never_gets_into_a_letter(
    client: Client, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.BEHIND_TLS, settings.SITE_URL = True, "https://groups.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    person = world.person("quiet-kettle", email="kettle@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    for email in ("kettle@example.org", "nobody@example.org"):
        client.post(
            reverse("account_reset_password"), {"email": email}, headers={"host": "evil.example"}
        )
        assert "https://groups.example.org/account/" in mailoutbox[-1].body
        assert "evil.example" not in mailoutbox[-1].body
