"""Somebody asks who looked at safety records about them, and a person answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.safety.actions import case_letters as letters
from hearthside.safety.actions.cases import NotTheirs, write_down
from hearthside.safety.enums import CaseAct
from hearthside.safety.models import Case, LogQuestion
from hearthside.safety.ports import stewards
from hearthside.safety.queries.case_log import about_asker, log_to_show

# As long as a case is kept at least: what was shown of its log is no reason to keep it longer.
KEPT: Final = timedelta(days=730)


class AlreadyAnswered(Exception):
    """Somebody has answered."""


@transaction.atomic
def ask(*, person: Person, now: datetime) -> LogQuestion:
    """Asked, and answered by a person within thirty days; the same question while one is open."""
    made, is_new = LogQuestion.objects.get_or_create(
        person=person, answered_at=None, defaults={"asked_at": now}
    )
    if is_new:
        letters.ask_leads(question=made, now=now)
    return made


@transaction.atomic
def answer(
    *, question: LogQuestion, words: str, cases: Sequence[Case], by: Person, now: datetime
) -> None:
    """Answer in words, and with the log of those cases (days and acts, no names). Raises NotTheirs, AlreadyAnswered.

    Threat: an answer that takes another form, or another time, tells somebody that there is a case and so
    that somebody spoke up. Everybody who asks gets words from a person, and a log only where one is shown.
    """
    if by == question.person or not stewards().leads_safety(by, now=now):
        raise NotTheirs
    known = about_asker(question, by, now=now)
    if any(case not in known for case in cases):
        raise NotTheirs
    shown = [line for case in cases for line in log_to_show(case)]
    open_ = LogQuestion.objects.filter(pk=question.pk, answered_at=None)
    if not open_.update(answered_at=now, answered_by=by, answer=words, shown=shown):
        raise AlreadyAnswered
    for case in cases:
        write_down(case=case, person=by, act=CaseAct.TOLD, now=now)
    letters.tell_asker(question=question, now=now)


def erase_old(*, now: datetime) -> int:
    """Delete questions that were answered long ago, with what was shown; how many."""
    return LogQuestion.objects.filter(answered_at__lte=now - KEPT).delete()[0]
