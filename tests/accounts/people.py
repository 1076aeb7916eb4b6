"""What the tests of accounts do again and again: signing up, reading codes off a page."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

PASSWORD = "lantern river teapot"
YES = {"terms": "on", "health": "on"}


def sign_up(client: Client, pseudonym: str = "quiet-kettle", **fields: Any) -> Any:
    """The sign-up form sent with a password, as a browser without JavaScript does."""
    return client.post(
        reverse("account_signup"), {"pseudonym": pseudonym, "password": PASSWORD, **YES, **fields}
    )


def sign_in(client: Client, pseudonym: str, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": pseudonym, "password": password})


def codes_shown(client: Client) -> list[str]:
    """Eight new recovery codes, read off the page as a person does."""
    page = client.post(reverse("recovery_codes")).content.decode()
    return re.findall(r"<code>([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})</code>", page)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
