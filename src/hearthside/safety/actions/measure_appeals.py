"""The one appeal against a measure, and the answer of somebody who did not decide it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from hearthside.accounts.models import Person
from hearthside.safety.actions import measure_letters as letters
from hearthside.safety.actions import measures
from hearthside.safety.enums import Verdict
from hearthside.safety.models import Appeal, Measure
from hearthside.safety.queries.measures import may_judge


class NothingToAppeal(Exception):
    """The measure is over, or is somebody else's."""


class NotTheirs(Exception):
    """Whoever decided a measure does not judge it; nor does the person who is under it."""


class AlreadyAnswered(Exception):
    """Somebody has answered."""


def appeal(*, measure: Measure, person: Person, words: str, now: datetime) -> Appeal:
    """The person says why it is wrong; once. A second tap gives the appeal that there is.

    Raises NothingToAppeal.
    """
    before = Appeal.objects.filter(measure=measure, measure__person=person).first()
    if before is not None:
        return before
    try:
        return _appeal(measure, person, words, now=now)
    except IntegrityError:
        return Appeal.objects.get(measure=measure)


@transaction.atomic
def _appeal(measure: Measure, person: Person, words: str, *, now: datetime) -> Appeal:
    if not Measure.objects.in_force(now=now).of(person).filter(pk=measure.pk).exists():
        raise NothingToAppeal
    made = Appeal.objects.create(measure=measure, words=words, at=now)
    letters.ask_judges(measure=measure, now=now)
    return made


@transaction.atomic
def answer(*, appeal: Appeal, verdict: Verdict, words: str, by: Person, now: datetime) -> None:
    """Somebody who did not decide it says what comes of it. An appeal outlives its measure: it is answered too.

    Raises NotTheirs or AlreadyAnswered.
    """
    # Locked and read anew: whoever signed a moment ago has decided as well.
    measure = Measure.objects.select_for_update(no_key=True, of=("self",)).get(pk=appeal.measure_id)
    if not may_judge(by, measure):
        raise NotTheirs
    open_ = Appeal.objects.open().filter(pk=appeal.pk)
    if not open_.update(verdict=verdict, answer=words, answered_by=by, answered_at=now):
        raise AlreadyAnswered
    if verdict == Verdict.LIFTED:
        measures.end(measure=measure, by=by, now=now)
    letters.tell_answer(measure=measure, now=now)
