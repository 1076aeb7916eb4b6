"""A small world to test in: people, a site, groups, series and meetings, each with sensible defaults.

Every maker takes only what a test cares about. It writes rows directly, so that a test of one action
does not pass through another.
"""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from django.test import Client

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person
from hearthside.groups.enums import RoleKind, Stage, Standing
from hearthside.groups.models import GroundRules, Group, Membership, Programme, Role, Site
from hearthside.meetings.models import Meeting, Seat, Series

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
_numbers = itertools.count(1)


def person(pseudonym: str = "", **fields: Any) -> Person:
    fields.setdefault("recovery_ready_at", NOW)
    return Person.objects.create_user(
        pseudonym or f"person-{next(_numbers)}",
        fields.pop("password", "a long enough one"),
        **fields,
    )


def programme(**fields: Any) -> Programme:
    defaults: dict[str, Any] = {"name": "Harbour Lane", "country": "GB"}
    return Programme.objects.first() or Programme.objects.create(**{**defaults, **fields})


def site(name: str = "Leeds", **fields: Any) -> Site:
    programme()
    defaults: dict[str, Any] = {"slug": f"{name.lower()}-{next(_numbers)}", "country": "GB"}
    return Site.objects.create(name=name, **{**defaults, **fields})


def group(name: str = "Living with a stoma", **fields: Any) -> Group:
    defaults: dict[str, Any] = {
        "slug": f"group-{next(_numbers)}",
        "summary": "For people who live with a stoma.",
        "format": "in_person",
        "venue": "The Old Library",
        "address": "1 Harbour Lane, Leeds",
        "languages": ["en"],
        "stage": Stage.OPEN,
        "opened_at": NOW - timedelta(days=90),
    }
    if "site" not in fields:
        fields["site"] = site()
    made = Group.objects.create(name=name, **{**defaults, **fields})
    GroundRules.objects.create(
        group=made, version=1, text="What is said here stays here.", written_at=NOW
    )
    return made


def series(
    of: Group, *, starts_local: str = "2026-11-24T19:00", zone: str = "Europe/London", **fields: Any
) -> Series:
    defaults: dict[str, Any] = {"rule": "FREQ=WEEKLY", "minutes": 90}
    return Series.objects.create(
        group=of, starts_local=starts_local, zone=zone, **{**defaults, **fields}
    )


def meeting(of: Group, *, starts_at: datetime | None = None, **fields: Any) -> Meeting:
    """A meeting tomorrow evening, or at the moment given."""
    start = starts_at or NOW + timedelta(days=1, hours=7)
    local = start.astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m-%dT%H:%M")
    defaults: dict[str, Any] = {
        "series": fields.pop("series", None) or series(of, starts_local=local),
        "local_start": local,
        "zone": "Europe/London",
        "ends_at": start + timedelta(minutes=90),
        "seats_max": of.size_max,
    }
    return Meeting.objects.create(group=of, starts_at=start, **{**defaults, **fields})


def member(of: Group, who: Person | None = None, **fields: Any) -> Person:
    who = who or person()
    defaults: dict[str, Any] = {"standing": Standing.MEMBER, "from_at": NOW - timedelta(days=400)}
    Membership.objects.create(group=of, person=who, **{**defaults, **fields})
    return who


def role(kind: RoleKind, who: Person | None = None, **scope: Any) -> Person:
    who = who or person()
    Role.objects.create(person=who, kind=kind, from_at=NOW - timedelta(days=400), **scope)
    return who


def seat(at: Meeting, who: Person | None = None, *, number: int | None = 1, **fields: Any) -> Seat:
    defaults: dict[str, Any] = {"asked_at": NOW, "seated_at": NOW if number else None}
    return Seat.objects.create(
        meeting=at, person=who or person(), number=number, **{**defaults, **fields}
    )


def browser(who: Person | None = None) -> Client:
    """A browser: nobody's, or one in which that person signed in and proved themselves twice."""
    client = Client()
    if who is not None:
        client.force_login(who)
        Authenticator.objects.get_or_create(
            user=who, type=Authenticator.Type.TOTP, defaults={"data": {}}
        )
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp"}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(who)
        session.save()
    return client


def agree(who: Person, purpose: Purpose = Purpose.HEALTH) -> Person:
    Consent.objects.create(
        person=who, purpose=purpose, version="1", from_at=NOW - timedelta(days=400)
    )
    return who
