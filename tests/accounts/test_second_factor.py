"""Whoever can see what belongs to others proves who they are twice."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from hearthside.accounts import ports, queries
from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from tests import world
from tests.accounts.people import PASSWORD, is_signed_in, sign_in

SECRET = "JBSWY3DPEHPK3PXP"


def digits() -> str:
    """What the app shows right now."""
    counter = list(yield_hotp_counters_from_time())[1]
    return str(format_hotp_value(hotp_value(SECRET, counter)))


@pytest.fixture
def lookout() -> Person:
    return world.person("lookout", password=PASSWORD, is_staff=True)


@pytest.fixture
def member() -> Person:
    return world.person("member", password=PASSWORD)


def test_a_member_needs_no_second_proof(client: Client, member: Person) -> None:
    sign_in(client, "member")
    assert client.get(reverse("me")).status_code == 200


def test_without_one_somebody_who_sees_others_is_led_to_set_it_up(
    client: Client, lookout: Person
) -> None:
    sign_in(client, "lookout")
    for page in ("me", "my_data", "home", "admin:index"):
        assert client.get(reverse(page))["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


@pytest.mark.parametrize("page", ["crisis", "recovery_codes", "account_logout"])
def test_help_and_the_way_out_stay_open(client: Client, lookout: Person, page: str) -> None:
    sign_in(client, "lookout")
    assert client.get(reverse(page)).status_code == 200


def test_setting_up_an_app_opens_the_rest_at_once(client: Client, lookout: Person) -> None:
    sign_in(client, "lookout")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    counter = list(yield_hotp_counters_from_time())[1]
    client.post(
        reverse("mfa_activate_totp"), {"code": format_hotp_value(hotp_value(secret, counter))}
    )
    assert client.get(reverse("me")).status_code == 200


def test_signing_in_stops_half_way_until_the_second_proof(client: Client, lookout: Person) -> None:
    TOTP.activate(lookout, get_adapter().encrypt(SECRET))
    assert sign_in(client, "lookout")["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": digits()})
    assert client.get(reverse("me")).status_code == 200


def test_a_session_that_began_with_a_password_alone_is_asked_later(
    client: Client, lookout: Person
) -> None:
    sign_in(client, "lookout")
    TOTP.activate(lookout, get_adapter().encrypt(SECRET))
    asked = client.get(reverse("my_data"))["Location"]
    assert asked == f"{reverse('mfa_reauthenticate')}?next=%2Fme%2Fdata%2F"
    client.post(asked, {"code": digits()})
    assert client.get(reverse("my_data")).status_code == 200


def test_a_new_role_counts_from_the_next_page_on(client: Client, member: Person) -> None:
    sign_in(client, "member")
    assert client.get(reverse("me")).status_code == 200
    world.role(RoleKind.FACILITATOR, member, group=world.group())
    assert client.get(reverse("me"))["Location"] == reverse("mfa_index")


def test_a_member_with_a_passkey_may_still_use_the_password(client: Client, member: Person) -> None:
    Authenticator.objects.create(
        user=member, type="webauthn", data={"name": "phone", "credential": {}}
    )
    sign_in(client, "member")
    assert is_signed_in(client)


def test_a_member_with_an_app_is_asked_for_it(client: Client, member: Person) -> None:
    TOTP.activate(member, get_adapter().encrypt(SECRET))
    sign_in(client, "member")
    assert not is_signed_in(client)


def test_the_operators_screens_have_no_door_of_their_own(client: Client) -> None:
    assert (
        client.get(reverse("admin:index"), follow=True)
        .redirect_chain[-1][0]
        .startswith(reverse("account_login"))
    )


def test_those_without_a_second_proof_can_be_named(lookout: Person, member: Person) -> None:
    TOTP.activate(member, SECRET)
    assert queries.without_second_factor([lookout, member]) == ["lookout"]
    assert ports.sees_others(lookout)
    assert not ports.sees_others(member)


KEY_PAGES = [
    "account_change_password",
    "account_email",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_index",
    "recovery_codes",
]


@pytest.mark.parametrize("page", KEY_PAGES)
def test_a_password_alone_never_reaches_the_keys_of_somebody_who_has_a_second_proof(
    client: Client, lookout: Person, page: str
) -> None:
    sign_in(client, "lookout")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    TOTP.activate(lookout, get_adapter().encrypt(SECRET))
    for answer in (client.get(reverse(page)), client.post(reverse(page))):
        assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.get().type == Authenticator.Type.TOTP
