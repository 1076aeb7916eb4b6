"""Letters about concerns. None names anybody, or says what it is about: a phone on a table tells nothing."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind
from hearthside.safety.models import Concern

# A call that is read later than this is on the desk anyway.
CALL_LIVES: Final = timedelta(hours=6)


def call(*, concern: Concern, person: Person, now: datetime, again: str = "") -> bool:
    """Call somebody who is on duty; False where no letter can reach them. One letter for each `again`."""
    letter = tell(
        person=person,
        kind=Kind.CALL,
        about=f"call:{concern.pk}{again and f':{again}'}",
        subject=_("Somebody needs you now"),
        text=_("You are asked to look at something now. Please open this page and say that you are there. If you cannot, we ask the next person: %(url)s"),
        path=_path(concern),
        expires_at=now + CALL_LIVES,
        now=now,
    )  # fmt: skip
    return letter is not None


def tell_reader(*, concern: Concern, person: Person, now: datetime) -> None:
    """Somebody who answers for it has something to read."""
    tell(
        person=person,
        kind=Kind.REPORT,
        about=f"concern:{concern.pk}",
        subject=_("Somebody needs you to look at something"),
        text=_("Please read it and answer within two days: %(url)s"),
        path=_path(concern),
        now=now,
    )  # fmt: skip


def tell_of_many(*, concern: Concern, person: Person, now: datetime) -> None:  # noqa: ARG001 - it names none
    """More came in from somebody who has told us much today; at most one letter an hour about all such."""
    tell(
        person=person,
        kind=Kind.REPORT,
        about=f"many:{now:%Y%m%d%H}",
        subject=_("Somebody needs you to look at something"),
        text=_("More came in today. Please look at the list: %(url)s"),
        path=reverse("safety_desk"),
        now=now,
    )  # fmt: skip


def tell_of_more(*, concern: Concern, person: Person, now: datetime) -> None:
    """Whoever raised it wrote again; at most one letter an hour about that."""
    tell(
        person=person,
        kind=Kind.REPORT,
        about=f"more:{concern.pk}:{now:%Y%m%d%H}",
        subject=_("Somebody wrote to you again"),
        text=_("Somebody whose concern you look at has written more: %(url)s"),
        path=_path(concern),
        now=now,
    )  # fmt: skip


def tell_of_held_back(*, person: Person, now: datetime) -> None:
    """Calls came in for which nobody was called; at most one letter an hour, however many they are."""
    tell(
        person=person,
        kind=Kind.REPORT,
        about=f"held:{now:%Y%m%d%H}",
        subject=_("Somebody needs you to look at something"),
        text=_("Many calls came in, and some of them woke nobody. Please look at the list: %(url)s"),
        path=reverse("safety_desk"),
        now=now,
    )  # fmt: skip


def tell_judge(*, concern: Concern, person: Person, now: datetime) -> None:
    """Somebody asked for a second look, by a second person."""
    tell(
        person=person,
        kind=Kind.REPORT,
        about=f"appeal:{concern.pk}",
        subject=_("Somebody asks for a second look"),
        text=_("They had an answer already, and ask that a second person looks. Please do so within two days: %(url)s"),
        path=_path(concern),
        now=now,
    )  # fmt: skip


def tell_raiser(*, concern: Concern, what: str, now: datetime) -> None:
    """Whoever raised it has something to read; `what` makes the letter one per piece of news.

    Threat: the one of whom they told looks into their mail, and reads in it that they told somebody. So
    neither the words nor the address say so; the page asks for a sign-in.
    """
    person = concern.raised_by
    if person is None:
        return
    tell(
        person=person,
        kind=Kind.REPORT,
        about=f"{what}:{concern.pk}",
        subject=_("There is an answer for you"),
        text=_("There is something for you to read: %(url)s"),
        path=reverse("concern_read", args=[concern.pk]),
        now=now,
    )  # fmt: skip


def tell_raiser_nobody_came(*, concern: Concern, now: datetime) -> None:
    """Nobody has answered a call yet, and the raiser must not go on waiting for us."""
    person = concern.raised_by
    if person is None:
        return
    tell(
        person=person,
        kind=Kind.REPORT,
        about=f"unanswered:{concern.pk}",
        subject=_("Nobody has answered yet"),
        text=_("We called the people who should be there, and nobody has answered yet. We go on calling. Please do not wait for us: here are people you can reach now: %(url)s"),
        path=reverse("crisis"),
        now=now,
    )  # fmt: skip


def _path(concern: Concern) -> str:
    return reverse("concern", args=[concern.pk])
