"""The people on duty in the demonstration, and what two members are worried about."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person
from hearthside.accounts.wordings import wording
from hearthside.safety.actions.concerns import Telling, raise_concern
from hearthside.safety.enums import Lane, SubjectKind
from hearthside.safety.models import Shift
from hearthside.safety.ports import Subject

# On which weekdays (Monday is 0), from when until when. Their addresses belong to nobody.
ON_DUTY: Final = {
    "Anchor": (range(5), time(17), time(22)),
    "Lighthouse": (range(7), time(9), time(17)),
    "Heron": ((5, 6), time(17), time(22)),
}


def stand_by(*, people: Mapping[str, Person], now: datetime) -> None:
    """A rota with nights on which nobody is there, and two things that are not right yet."""
    for pseudonym, (weekdays, begins, ends) in ON_DUTY.items():
        person = people[pseudonym]
        EmailAddress.objects.create(
            user=person,
            email=f"{pseudonym.lower()}@harbourlane.example",
            verified=True,
            primary=True,
        )
        # Without it no call would reach them.
        Consent.objects.create(
            person=person,
            purpose=Purpose.REMINDERS,
            version=wording(Purpose.REMINDERS, language="en").version,
            from_at=now,
        )
        Shift.objects.bulk_create(
            Shift(
                person=person, weekday=weekday, begins=begins, ends=ends, zone="Europe/London",
                made_by=people["Anchor"], from_at=now,
            )
            for weekday in weekdays
        )  # fmt: skip
    worries = {
        "second-kettle": _("The heating in the Old Library was off again. Some of us left early."),
        "quiet-harbour": _("A reminder came at six in the morning. It woke me."),
    }
    for days, (pseudonym, words) in enumerate(worries.items(), 1):
        raise_concern(
            telling=Telling(Lane.TELL, Subject(SubjectKind.SOFTWARE, None, ""), words, uuid4()),
            by=people[pseudonym],
            now=now - timedelta(days=days),
        )
