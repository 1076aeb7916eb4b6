"""Aftercare as the person reads it, and as those who are in touch do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.safety.enums import CheckInOutcome
from hearthside.safety.models import Care, CheckIn, Concern
from hearthside.safety.ports import group_facts, stewards

ASK_AGAIN_AFTER: Final = timedelta(days=30)


@dataclass(frozen=True)
class OwnCare:
    """What was offered to somebody, what they agreed to, and whom they could ask."""

    offers: Sequence[Care]
    agreed: Sequence[CheckIn]
    keepers: Sequence[Person]


@dataclass(frozen=True)
class CareDesk:
    """Whom one is to be in touch with: what is due, and what comes later."""

    due: Sequence[CheckIn]
    later: Sequence[CheckIn]


def own_care(person: Person, *, now: datetime) -> OwnCare:
    return OwnCare(
        offers=list(Care.objects.unanswered().filter(person=person).select_related("keeper")),
        agreed=list(
            CheckIn.objects.open()
            .filter(care__person=person, care__agreed_at__isnull=False)
            .select_related("care__keeper")
        ),
        keepers=keepers_for(person, now=now),
    )


def keepers_for(person: Person, *, now: datetime) -> list[Person]:
    """Whom a person may ask to be in touch: those who facilitate their groups, and safety leads."""
    asked = [*group_facts().leading_for(person, now=now), *stewards().safety_leads(now=now)]
    return [each for each in dict.fromkeys(asked) if each != person]


def care_desk(keeper: Person, *, now: datetime) -> CareDesk:
    """What the person promised, in one query."""
    open_ = CheckIn.objects.open().filter(care__keeper=keeper, care__agreed_at__isnull=False)
    found = list(open_.select_related("care__person"))
    return CareDesk(
        due=[one for one in found if one.due_at <= now],
        later=[one for one in found if one.due_at > now],
    )


def check_in_of(keeper: Person, check_in_id: UUID) -> CheckIn | None:
    found = CheckIn.objects.filter(pk=check_in_id, care__keeper=keeper)
    return found.select_related("care__person").first()


def may_offer(concern: Concern, keeper: Person, *, now: datetime) -> bool:
    """Whether there is somebody with an account to offer it to, and nothing is offered, promised or refused yet."""
    person = concern.raised_by
    if person is None or person == keeper or is_offered(person, keeper):
        return False
    return refused_lately(person, keeper, now=now) is None


def is_offered(person: Person, keeper: Person) -> bool:
    """Whether the keeper has asked the person already and has no answer, or has promised to be in touch."""
    held = Care.objects.filter(person=person, keeper=keeper)
    return held.unanswered().exists() or CheckIn.objects.open().filter(care__in=held).exists()


def refused_lately(person: Person, keeper: Person, *, now: datetime) -> Care | None:
    """What the person said no to, or stopped, so short a while ago that this keeper does not ask again."""
    since = now - ASK_AGAIN_AFTER
    no = Q(declined_at__gt=since)
    stopped = Q(check_ins__outcome=CheckInOutcome.STOPPED, check_ins__done_at__gt=since)
    return Care.objects.filter(no | stopped, person=person, keeper=keeper).first()
