"""What people are told about training: that they are named, that a renewal comes, that a sign-off has run out."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from hearthside.accounts.models import Person
from hearthside.groups.actions.training_signing import tell_followers
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Role, SignOff
from hearthside.groups.models.role import RoleQuerySet
from hearthside.groups.queries.training import may_lead
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind

# Days before the renewal date at which the person reads of it.
AHEAD: Final = (60, 14)
DAY: Final = timedelta(days=1)


def tell_named(*, role: Role, now: datetime) -> None:
    """Somebody is named facilitator and may not lead yet: how it goes on. They are told once for each role."""
    if role.kind != RoleKind.FACILITATOR or may_lead([role.person_id], now=now):
        return
    _write(
        role.person,
        about=f"named:{role.pk}",
        subject=_("You are asked to lead"),
        text=_(
            "You are named facilitator. Before you lead a meeting there is a short training, "
            "in seven parts that you do when you like: %(url)s"
        ),
        path=reverse("training"),
        now=now,
    )


def remind(*, now: datetime) -> int:
    """Write what is due: renewals 60 and 14 days ahead, and what has run out; how many sign-offs were looked at.

    Safe to run twice: each letter is unique by its sign-off, and whoever ran out is told of once.
    """
    ahead = SignOff.objects.in_force(now=now).filter(until_at__lte=now + DAY * max(AHEAD))
    coming = [each for each in ahead.select_related("person") if _leads(each.person, now=now)]
    for sign_off in coming:
        _tell_renewal(sign_off, now=now)
    over = SignOff.objects.filter(until_at__lte=now, lapse_told_at=None, withdrawn_at=None)
    lapsed = list(over.select_related("person"))
    for sign_off in lapsed:
        _lapse(sign_off, now=now)
    return len(coming) + len(lapsed)


def _tell_renewal(sign_off: SignOff, *, now: datetime) -> None:
    if sign_off.until_at is None:
        return
    left = (sign_off.until_at - now) / DAY
    # Only the nearest: whoever was signed for a few days is not written to twice at once.
    days = min(each for each in AHEAD if left <= each)
    _write(
        sign_off.person,
        about=f"renewal:{sign_off.pk}:{days}",
        subject=_("Your sign-off ends soon"),
        text=_(
            "It holds until %(day)s. To go on leading, look at your training, let somebody sit in "
            "on a session, and ask your coordinator to sign again: %(url)s"
        ),
        values={"day": lazy(date_format, str)(sign_off.until_at, "DATE_FORMAT")},
        path=reverse("training"),
        now=now,
    )


@transaction.atomic
def _lapse(sign_off: SignOff, *, now: datetime) -> None:
    # One conditional update: of two workers one tells.
    first = SignOff.objects.filter(pk=sign_off.pk, lapse_told_at=None).update(lapse_told_at=now)
    person = sign_off.person
    renewed = SignOff.objects.of(person).in_force(now=now).exists()
    if not first or renewed or not _leads(person, now=now):
        return
    tell_followers(person=person, now=now)
    _write(
        person,
        about=f"lapsed:{sign_off.pk}",
        subject=_("Your sign-off has ended"),
        text=_("Your coordinator knows it, and can sign again. This is where you stand: %(url)s"),
        path=reverse("training"),
        now=now,
    )
    for coordinator in _coordinators(person, now=now):
        _write(
            coordinator,
            about=f"lapsed:{sign_off.pk}",
            subject=_("A facilitator's sign-off has ended"),
            text=_(
                "If only trained people lead here, they do not lead until you sign again. "
                "Please see who covers their meetings: %(url)s"
            ),
            path=reverse("facilitator", args=[person.pk]),
            now=now,
        )


def _leads(person: Person, *, now: datetime) -> bool:
    return _roles(person, now=now).exists()


def _roles(person: Person, *, now: datetime) -> RoleQuerySet:
    return Role.objects.of(person).in_force(now=now).filter(kind=RoleKind.FACILITATOR)


def _coordinators(person: Person, *, now: datetime) -> Sequence[Person]:
    sites = _roles(person, now=now).values("group__site")
    held = Role.objects.in_force(now=now).filter(
        kind=RoleKind.COORDINATOR, site__in=sites, person__is_active=True
    )
    found = list(dict.fromkeys(role.person for role in held.select_related("person")))
    if found:
        return [each for each in found if each != person]
    # No coordinator at these sites: whoever runs the whole programme has to know.
    above = Role.objects.in_force(now=now).filter(
        kind__in=[RoleKind.COORDINATOR, RoleKind.OPERATOR], site=None, person__is_active=True
    )
    known = dict.fromkeys(role.person for role in above.select_related("person"))
    return [each for each in known if each != person]


def _write(
    person: Person,
    *,
    about: str,
    subject: StrPromise,
    text: StrPromise,
    path: str,
    now: datetime,
    values: Mapping[str, object] | None = None,
) -> None:
    tell(
        person=person, kind=Kind.DUTY, about=about, subject=subject, text=text, values=values,
        path=path, now=now,
    )  # fmt: skip
