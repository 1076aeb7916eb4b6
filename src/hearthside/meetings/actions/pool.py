"""The pool: saying that one can step in, changing it, and leaving."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.models import Site
from hearthside.groups.queries.training import may_lead
from hearthside.meetings.actions.refusals import NotTrainedYet
from hearthside.meetings.models import Duty, Reserve


@transaction.atomic
def join(*, person: Person, sites: Iterable[Site], now: datetime, **word: Any) -> Reserve:
    """The person may be asked to step in, where and when they say. Raises NotTrainedYet for who may not lead."""
    if not may_lead([person.pk], now=now):
        raise NotTrainedYet
    reserve, _is_new = Reserve.objects.update_or_create(
        person=person, defaults=word, create_defaults={**word, "since": now}
    )
    reserve.sites.set(sites)
    return reserve


@transaction.atomic
def leave(*, person: Person, now: datetime) -> None:
    """Nobody asks the person any more. What they said yes to stands; what they did not answer is dropped."""
    Reserve.objects.filter(person=person).delete()
    waiting = Duty.objects.of(person).unanswered().filter(way="pool", meeting__ends_at__gt=now)
    waiting.delete()
