"""What those who are named in a case are told: that there is something, never what."""

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from hearthside.accounts.models import Person
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind
from hearthside.safety.models import Case, LogQuestion
from hearthside.safety.ports import stewards
from hearthside.safety.queries.cases import is_about, readers_of

WAITS: Final = _("Something waits for you on the safety desk")
ANSWER: Final = _("There is an answer for you")


def tell_named(*, case: Case, about: str, but: Person | None, now: datetime) -> None:
    """Everybody who is named in it, but the one who did it, reads that something waits for them there."""
    for person in readers_of(case, now=now):
        if person != but:
            path = reverse("case", args=[case.pk])
            _write(person, f"case:{case.pk}:{about}", WAITS, path, now=now)


def tell_leads(*, case: Case, about: str, now: datetime) -> None:
    """The safety leads read that something waits for them among the cases, but those whom this one is about."""
    for lead in stewards().safety_leads(now=now):
        if not is_about(lead.pk, case):
            _write(lead, f"case:{case.pk}:{about}", WAITS, reverse("cases"), now=now)


def ask_leads(*, question: LogQuestion, now: datetime) -> None:
    """The safety leads read that somebody asks for the log."""
    for lead in stewards().safety_leads(now=now):
        if lead != question.person:
            _write(
                lead,
                f"case-question:{question.pk}",
                WAITS,
                reverse("cases"),
                now=now,
            )


def tell_asker(*, question: LogQuestion, now: datetime) -> None:
    _write(
        question.person,
        f"case-answer:{question.pk}",
        ANSWER,
        reverse("safety_log"),
        now=now,
    )


def _write(person: Person, about: str, subject: StrPromise, path: str, *, now: datetime) -> None:
    tell(
        person=person,
        kind=Kind.CASE,
        about=about,
        subject=subject,
        text=_("Please look here: %(url)s"),
        path=path,
        now=now,
    )
