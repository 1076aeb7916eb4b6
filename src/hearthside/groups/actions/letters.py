"""What people are told about asking to join a group, each in their own language; no group is named."""

from datetime import datetime

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from hearthside.accounts.models import Person
from hearthside.groups.models import Membership
from hearthside.groups.queries.groups import team_of
from hearthside.groups.queries.shield import letters_from
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind


def tell_leaders(*, membership: Membership, now: datetime) -> None:
    """Everyone who leads the group reads that somebody asks to join it: once a day, however often they ask."""
    group = membership.group
    # Threat: asking and taking it back in a loop would flood a mailbox. The digest names nobody.
    asker = salted_hmac("hearthside.groups.asked", f"{membership.person_id} {now:%Y-%m-%d}")
    about = f"asked:{group.pk}:{asker.hexdigest()[:32]}"
    people_path = reverse("group_people", args=[group.slug])
    for role in team_of(group, now=now).facilitators:
        _write(
            role.person,
            due_at=letters_from(role.person, now=now),
            about=about,
            subject=_("Someone asks to join your group"),
            text=_("You can read the request and answer it here: %(url)s"),
            path=people_path,
            now=now,
        )


def tell_admitted(*, membership: Membership, now: datetime) -> None:
    """The person reads that they may come."""
    _write(
        membership.person,
        about=f"admitted:{membership.pk}",
        subject=_("You are welcome to come"),
        text=_(
            "You asked to join a group, and they look forward to meeting you. "
            "Choose a meeting here: %(url)s"
        ),
        path=reverse("group", args=[membership.group.slug]),
        now=now,
    )


def tell_declined(*, membership: Membership, now: datetime) -> None:
    """The person reads kindly that it can't be now, and where to look further."""
    _write(
        membership.person,
        about=f"declined:{membership.pk}",
        subject=_("About the group you asked to join"),
        text=_(
            "Thank you for asking. The group can't take anyone new just now; it says nothing "
            "about you. Other groups would be glad to meet you: %(url)s"
        ),
        path=reverse("find"),
        now=now,
    )


def _write(
    person: Person,
    *,
    about: str,
    subject: StrPromise,
    text: StrPromise,
    path: str,
    now: datetime,
    due_at: datetime | None = None,
) -> None:
    # In the transaction of the act itself: if that is undone, nobody is told.
    tell(
        person=person, kind=Kind.ASKED, about=about, subject=subject, text=text, path=path,
        now=now, due_at=due_at,
    )  # fmt: skip
