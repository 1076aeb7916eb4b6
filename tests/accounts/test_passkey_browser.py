"""Passkeys in a real browser: no e-mail address, no password, and no inline script anywhere."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from hearthside.accounts import access
from hearthside.accounts.models import Person
from tests import world
from tests.accounts.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class House:
    """One visitor's page, at the live server under the name that passkeys accept."""

    def __init__(self, page: Page, server: LiveServer) -> None:
        self.page = page
        self.address = server.url.replace("127.0.0.1", "localhost")
        self.refused: list[str] = []
        page.on(
            "console",
            lambda message: self.refused.append(message.text) if message.type == "error" else None,
        )

    def go(self, name: str) -> None:
        self.page.goto(self.address + reverse(name))

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()

    def is_at(self, name: str) -> None:
        expect(self.page).to_have_url(
            re.compile(re.escape(self.address + reverse(name)) + r"(\?.*)?$")
        )


@pytest.fixture
def house(chromium: Browser, live_server: LiveServer) -> Iterator[House]:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(10_000)
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    house = House(page, live_server)
    yield house
    context.close()
    assert not [words for words in house.refused if "Content Security Policy" in words]


def sign_up(house: House, pseudonym: str = "quiet-kettle") -> None:
    house.go("account_signup")
    house.page.get_by_label("The name you want to go by here").fill(pseudonym)
    house.page.get_by_label("I agree to use this service in this way").check()
    house.page.get_by_label("I agree that my groups and meetings are kept").check()
    house.press("Continue with a passkey")
    house.is_at("sign_up_passkey")
    house.press("Make my passkey")
    house.is_at("recovery_codes")


def test_a_newcomer_signs_up_and_in_again_with_nothing_but_a_passkey(house: House) -> None:
    sign_up(house)
    person = Person.objects.get()
    assert not person.has_usable_password()
    assert not person.email
    house.press("Show me eight new codes")
    code = house.page.locator("ul.codes code").nth(2).inner_text()
    with house.page.expect_download() as saved:
        house.page.get_by_role("link", name="Save as a file").click()
    assert code in saved.value.path().read_text()
    house.page.get_by_label("Type one of your codes").fill(code)
    house.press("I have saved them")
    house.is_at("me")
    assert access.recovery_ready(Person.objects.get())
    house.page.locator("main").get_by_role("button", name="Sign out").click()
    house.go("account_login")
    house.press("Sign in with a passkey")
    house.is_at("home")
    house.go("me")
    expect(house.page.get_by_role("heading", level=1)).to_have_text("quiet-kettle")


def test_whoever_lost_the_passkey_comes_back_with_a_code_and_makes_a_new_one(house: House) -> None:
    sign_up(house)
    old = Authenticator.objects.get()
    house.press("Show me eight new codes")
    code = house.page.locator("ul.codes code").first.inner_text()
    house.page.context.clear_cookies()
    house.go("way_back")
    house.page.get_by_label("Your pseudonym").fill("QUIET-KETTLE")
    house.page.get_by_label("One of your recovery codes").fill(code)
    house.press("Let me in")
    house.is_at("way_back_new")
    house.press("Make a new passkey")
    house.is_at("home")
    new = Authenticator.objects.get()
    assert new.data["credential"] != old.data["credential"]
    house.go("me")
    expect(house.page.get_by_role("heading", level=1)).to_have_text("quiet-kettle")


def test_a_facilitator_sets_up_a_passkey_as_second_proof_and_may_then_go_on(house: House) -> None:
    world.person("lookout", password=PASSWORD, is_staff=True)
    house.go("account_login")
    house.page.get_by_label("Your pseudonym").fill("lookout")
    house.page.get_by_label("Password", exact=True).fill(PASSWORD)
    house.press("Sign in")
    house.is_at("mfa_index")
    house.page.get_by_role("link", name="Add a passkey").click()
    house.page.get_by_label("Password", exact=True).fill(PASSWORD)
    house.press("Go on")
    house.press("Make the passkey")
    expect(house.page.get_by_role("heading", level=1)).to_have_text(
        "Spare codes for the second step"
    )
    house.go("me")
    house.is_at("me")
    # Later, on another device of theirs, the password alone stops half way.
    house.page.context.clear_cookies()
    house.go("account_login")
    house.page.get_by_label("Your pseudonym").fill("lookout")
    house.page.get_by_label("Password", exact=True).fill(PASSWORD)
    house.press("Sign in")
    house.is_at("mfa_authenticate")
    house.press("Use my passkey")
    house.is_at("home")


def test_a_page_that_asks_once_more_takes_the_passkey(house: House) -> None:
    sign_up(house)
    house.go("account_erase")
    house.page.get_by_label("Type your pseudonym").fill("quiet-kettle")
    house.press("Delete my account for good")
    house.press("Use my passkey")
    if house.page.url.endswith(reverse("account_erase")):
        house.page.get_by_label("Type your pseudonym").fill("quiet-kettle")
        house.press("Delete my account for good")
    house.is_at("goodbye")
    assert not Person.objects.exists()


def test_without_javascript_the_password_way_stands_open(
    chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, locale="en-GB", viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(live_server.url + reverse("account_signup"))
    expect(page.get_by_role("button", name="Continue with a passkey")).to_be_hidden()
    page.get_by_label("The name you want to go by here").fill("blue-raincoat")
    page.get_by_label("I agree to use this service in this way").check()
    page.get_by_label("I agree that my groups and meetings are kept").check()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    context.close()
    assert Person.objects.get().pseudonym == "blue-raincoat"
