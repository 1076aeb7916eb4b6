"""What people are told about a measure, each in their own language; no letter names a group or a reason.

Whoever glances at a phone must not learn from a letter that its reader was asked to stay away, so letters
lead to a page behind sign-in, where all of it stands.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from hearthside.accounts.models import Person
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind
from hearthside.safety.models import Measure
from hearthside.safety.queries.measures import judges_of


def tell_person(*, measure: Measure, now: datetime) -> None:
    """What was decided, why, until when and how to appeal stands on a page of their own."""
    _write(
        measure.person,
        about=f"measure:{measure.pk}",
        subject=_("Please read this about your place here"),
        text=_(
            "Something was decided that concerns you. What it is, why, until when, and how you can say "
            "that it is wrong, you can read here: %(url)s"
        ),
        path=_own(measure),
        now=now,
    )  # fmt: skip


def tell_longer(*, measure: Measure, now: datetime) -> None:
    """A second person has agreed, so it lasts longer than they were told at first."""
    _write(
        measure.person,
        about=f"measure-longer:{measure.pk}",
        subject=_("A date has changed"),
        text=_("The date until which something counts for you has changed. Please look here: %(url)s"),
        path=_own(measure),
        now=now,
    )  # fmt: skip


def tell_over(*, measure: Measure, now: datetime) -> None:
    _write(
        measure.person,
        about=f"measure-over:{measure.pk}",
        subject=_("Good news about your place here"),
        text=_("Something that counted for you is over. You can read more here: %(url)s"),
        path=_own(measure),
        now=now,
    )


def tell_deciders(*, measure: Measure, but: Person | None, now: datetime) -> None:
    """Whoever decided or signed it reads that somebody else ended it.

    Threat: a friend of theirs among those who lead the group opens the door again, and nobody notices.
    """
    for person in (measure.by, measure.signed_by):
        if person is not None and person != but:
            _write(
                person,
                about=f"measure-ended:{measure.pk}",
                subject=_("Somebody ended what you decided"),
                text=_("Something that you decided was ended before its time. You can look at it here: %(url)s"),
                path=_desk(measure),
                now=now,
            )  # fmt: skip


def tell_answer(*, measure: Measure, now: datetime) -> None:
    _write(
        measure.person,
        about=f"appeal-answer:{measure.pk}",
        subject=_("There is an answer for you"),
        text=_("You said that something is wrong. You can read our answer here: %(url)s"),
        path=_own(measure),
        now=now,
    )


def ask_for_a_second(*, measure: Measure, now: datetime) -> None:
    """Those who may sign read that somebody waits for a second name."""
    for person in judges_of(measure, now=now):
        _write(
            person,
            about=f"measure-second:{measure.pk}",
            subject=_("A second name is needed"),
            text=_(
                "A colleague decided something that needs a second person to agree. If nobody does, "
                "it ends by itself. Please look at it: %(url)s"
            ),
            path=_desk(measure),
            now=now,
        )  # fmt: skip


def ask_judges(*, measure: Measure, now: datetime) -> None:
    """Those who did not decide it read that somebody asks them to look again."""
    for person in judges_of(measure, now=now):
        _write(
            person,
            about=f"appeal:{measure.pk}",
            subject=_("Somebody asks you to look again"),
            text=_("Somebody says that a decision about them is wrong. Please answer within a week: %(url)s"),
            path=_desk(measure),
            now=now,
        )  # fmt: skip


def _write(
    person: Person, *, about: str, subject: StrPromise, text: StrPromise, path: str, now: datetime
) -> None:
    # In the transaction of the act itself: if that is undone, nobody is told.
    tell(
        person=person, kind=Kind.MEASURE, about=about, subject=subject, text=text, path=path,
        now=now,
    )  # fmt: skip


def _own(measure: Measure) -> str:
    return reverse("my_measure", args=[measure.pk])


def _desk(measure: Measure) -> str:
    return reverse("measure", args=[measure.pk])
