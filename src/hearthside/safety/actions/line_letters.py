"""A letter three weeks before crisis lines run out, to everybody who can check them."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from hearthside.accounts.models import Person
from hearthside.notices.actions import post
from hearthside.notices.enums import Kind
from hearthside.safety.queries.lines_desk import Entry, expiring, keepers


def remind(*, now: datetime) -> int:
    """Write about every week in which verified lines run out within three weeks; returns how many were due.

    One letter to a person for each such week, however often this is run.
    """
    weeks = expiring(now=now)
    people = keepers(now=now) if weeks else []
    for week, entries in sorted(weeks.items()):
        for person in people:
            with override(person.language or settings.LANGUAGE_CODE):
                _write(person, week, entries, now=now)
    return len(weeks) * len(people)


def _write(person: Person, week: str, entries: Iterable[Entry], *, now: datetime) -> None:
    soon = sorted(entries, key=_until)
    names = "\n".join(f"- {entry.line.name}, {entry.line.number}" for entry in soon)
    count = len(soon)
    post(
        person=person,
        kind=Kind.LINES,
        about=f"lines:{week}",
        subject=ngettext(
            "%(count)d crisis line has to be checked again",
            "%(count)d crisis lines have to be checked again",
            count,
        )
        % {"count": count},
        text=_(
            "Two people check each number, twice a year. These run out soon, the first on %(day)s. "
            "After that, people read: check this number.\n\n%(names)s\n\n"
            "It takes two minutes, and a second person: %(url)s"
        )
        % {
            "day": formats.date_format(_until(soon[0])),
            "names": names,
            "url": settings.SITE_URL + reverse("lines"),
        },
        due_at=now,
        now=now,
        expires_at=_until(soon[-1]),
    )


def _until(entry: Entry) -> datetime:
    # Only lines that are verified until some day are reminded of.
    assert entry.standing.until is not None
    return entry.standing.until
