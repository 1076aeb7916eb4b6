"""Aftercare as the person reads it, and as those who are in touch do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.safety.models import Care, CheckIn, Concern
from hearthside.safety.ports import group_facts, stewards


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


def may_offer(concern: Concern, keeper: Person) -> bool:
    """Whether there is somebody with an account to offer it to, and nothing is offered or promised yet."""
    person = concern.raised_by
    if person is None or person == keeper:
        return False
    held = Care.objects.filter(person=person, keeper=keeper)
    return not (held.unanswered().exists() or CheckIn.objects.open().filter(care__in=held).exists())
