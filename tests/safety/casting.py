"""One of everything that safety keeps about people, for those who look at every page."""

from datetime import datetime, timedelta
from typing import Any, Final

from tests.safety import measuring

from hearthside.accounts.models import Person
from hearthside.groups.models import Group
from hearthside.safety.actions import blocks, care
from hearthside.safety.case_words import seal
from hearthside.safety.models import Case, CaseAccess, CheckIn, LogQuestion, Look

# Addresses of safety that are only sent to.
ONLY_SENT: Final = (
    "measure_signature",
    "measure_end",
    "block_end",
    "room_veil",
    "case_open",
    "case_notes",
    "case_step",
    "case_people",
    "case_person_end",
    "case_request",
    "case_signature",
    "case_take_up",
    "care_answer",
    "care_stop",
    "care_offer",
    "check_in",
)


def about_people(
    group: Group, member: Person, *, facilitator: Person, operator: Person, now: datetime
) -> dict[str, Any]:
    """The words that fill addresses: a measure, a look, a block, a case that the operator is named in, aftercare."""
    case = Case.objects.create(matter=seal("A concern"), opened_at=now, due_at=now)
    CaseAccess.objects.create(case=case, person=operator, by=operator, from_at=now)
    offer = care.offer(person=member, keeper=facilitator, now=now)
    promised = CheckIn.objects.create(care=offer, due_at=now + timedelta(days=1))
    look = Look.objects.create(about=member, group=group.pk, asked_at=now, voices=3, flags=3)
    question = LogQuestion.objects.create(person=member, asked_at=now)
    return {
        "measure_id": measuring.restrict(member, group, by=facilitator, now=now).pk,
        "look_id": look.pk,
        "block_id": blocks.block(owner=member, other=facilitator, now=now).pk,
        "case_id": case.pk,
        "question_id": question.pk,
        "care_id": offer.pk,
        "check_in_id": promised.pk,
    }
