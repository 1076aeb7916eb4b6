"""The log of cases as those may see it whom they are about: asked for by anybody, shown where a person decides so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.functional import Promise

from hearthside.accounts.models import Person
from hearthside.safety.enums import CaseAct
from hearthside.safety.models import Case, LogQuestion

ANSWER_WITHIN: Final = timedelta(days=30)


@dataclass(frozen=True)
class LogLine:
    """What somebody did with a case on one day."""

    on: date
    act: str | Promise


@dataclass(frozen=True)
class Asked:
    """One question, with what was shown in answer."""

    question: LogQuestion
    answer_by: datetime
    shown: Sequence[LogLine]


def questions_of(person: Person) -> list[Asked]:
    """The person's own, newest first, in one query."""
    return [
        Asked(
            one,
            one.asked_at + ANSWER_WITHIN,
            [
                LogLine(date.fromisoformat(line["on"]), CaseAct(line["act"]).label)
                for line in one.shown
            ],
        )
        for one in LogQuestion.objects.filter(person=person)
    ]


def about_asker(question: LogQuestion, reader: Person, *, now: datetime) -> list[Case]:
    """The cases about whoever asks that the reader is named in: only their log can be shown by the reader."""
    return list(Case.objects.open_to(reader, now=now).filter(about=question.person_id))


def log_to_show(case: Case) -> list[dict[str, str]]:
    """The log as the person whom the case is about may see it: days and acts, no names.

    Threat: a name says who told, or on whom to take revenge; a note says what others told in confidence.
    """
    shown = [CaseAct.OPENED, CaseAct.LOOKED, CaseAct.NOTED, CaseAct.SIGNED, CaseAct.REFUSED]
    found = case.log.filter(act__in=shown).order_by("at").values_list("at", "act")
    # One line for each day and act: how often somebody came back is nobody's business.
    days = dict.fromkeys((at.date().isoformat(), act) for at, act in found)
    return [{"on": day, "act": act} for day, act in days]
