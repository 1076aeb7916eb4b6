"""What an installation still lacks before real people use it, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts import queries as accounts
from hearthside.groups.queries import programme as groups
from hearthside.groups.queries.under_eighteen import hidden_groups
from hearthside.safety.ledger import LINES_NEEDED
from hearthside.safety.queries import cases
from hearthside.safety.queries import lines_desk as crisis_lines


@dataclass(frozen=True)
class Finding:
    """One thing to do; a serious one stands between this installation and real members."""

    words: str
    is_serious: bool = True


def findings() -> list[Finding]:
    """Everything found wanting, the serious first."""
    parts = (
        _about_database, _about_files, _about_web, _about_mail, _about_people, _about_help,
        _about_cases, _about_children,
    )  # fmt: skip
    found = [finding for part in parts for finding in part()]
    return sorted(found, key=lambda finding: not finding.is_serious)


def _about_web() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(
            "HEARTHSIDE_DEBUG is on: errors would show the inside of the program to anyone. Turn it off."
        )
    if settings.DEMO:
        yield Finding("This is the demonstration: anyone can sign in as anyone.")
    if not settings.BEHIND_TLS:
        yield Finding(
            "HEARTHSIDE_URL does not start with https://. Passkeys, secure cookies and private reading need it: "
            "put a web server with a certificate in front (docs/run/production.md) and set HEARTHSIDE_URL."
        )
    if settings.ADMIN_PATH == "operate":
        yield Finding(
            "The operator's screens stand at the usual address. HEARTHSIDE_ADMIN_PATH moves them.",
            is_serious=False,
        )


def _about_files() -> Iterator[Finding]:
    if settings.HOME.stat().st_mode & 0o077:
        yield Finding(
            f"Other users of this machine can look into {settings.HOME}. Run: chmod 700 {settings.HOME}",
            is_serious=False,
        )


def _about_mail() -> Iterator[Finding]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Finding(
            "No mail server is set, so no reminder reaches anyone. "
            "Set HEARTHSIDE_EMAIL_URL, e.g. smtp+tls://user:password@mail.example.org:587."
        )
    if "@localhost" in settings.DEFAULT_FROM_EMAIL:
        yield Finding("Mail would come from an address at localhost. Set HEARTHSIDE_EMAIL_FROM.")


def _about_database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(f"The database cannot be reached: {error}")
        return
    if "accounts_person" not in connection.introspection.table_names():
        yield Finding("The database is empty. Run: hearthside setup")
    elif connection.vendor == "sqlite":
        yield Finding(
            "SQLite is in use: right for one machine. For more than one, set DATABASE_URL to a PostgreSQL server.",
            is_serious=False,
        )


def _about_people() -> Iterator[Finding]:
    if "accounts_person" not in connection.introspection.table_names():
        return
    if not groups.has_operator(now=timezone.now()):
        yield Finding(
            "There is no operator yet. Start the site and open the first-run address that it prints."
        )
    for pseudonym in accounts.without_second_factor(groups.people_with_roles(now=timezone.now())):
        yield Finding(
            f"{pseudonym} can see others' data but has no second factor yet.", is_serious=False
        )


def _about_help() -> Iterator[Finding]:
    if "safety_verification" not in connection.introspection.table_names():
        return
    served = crisis_lines.served(now=timezone.now())
    if groups.programme() and not served:
        yield Finding(
            "No country is set, so no crisis number stands under the pages. "
            f"Set it here: {settings.SITE_URL}{reverse('programme')}"
        )
    page = settings.SITE_URL + reverse("lines")
    for country in served:
        if not country.is_ready:
            yield Finding(
                f"{_lacks(country)} Two people check them here, in two minutes each: {page}"
            )


def _about_children() -> Iterator[Finding]:
    if "groups_undereighteen" not in connection.introspection.table_names():
        return
    if hidden := [group.name for group in hidden_groups()]:
        yield Finding(
            f"Nobody finds these groups: {', '.join(hidden)}. People under 18 may come, and nobody is named who "
            f"answers for them. Change their ages, or see {settings.SITE_URL}{reverse('under_eighteen')}",
            is_serious=False,
        )


def _about_cases() -> Iterator[Finding]:
    if "safety_case" not in connection.introspection.table_names():
        return
    if not cases.are_readable():
        yield Finding(
            "What is written in safety cases cannot be read: the key that sealed it is not here. After a "
            "restore, put your copy of it back as case_key. Do not delete anything: see docs/run/cases.md."
        )


def _lacks(country: crisis_lines.Country) -> str:
    """What a country lacks, in words that say which numbers."""
    said = (
        f"{country.name}: {country.verified} of at least {LINES_NEEDED} crisis lines are verified "
        "by two people, so people there read: check this number."
    )
    if not country.both.is_whole:
        return f"{said} An emergency number or a line to talk to is missing: no number stands under the pages."
    numbers = " and ".join(f"{each.line.name}, {each.line.number}" for each in country.lacking)
    return f"{said} Of the two under every page, not verified: {numbers}." if numbers else said
