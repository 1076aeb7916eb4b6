"""The programme begins to admit people under 18, somebody else answers for them, or it stops."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.actions.touching import touch
from hearthside.groups.models import Group, Programme, UnderEighteen
from hearthside.groups.queries.training import gate
from hearthside.groups.queries.under_eighteen import safety_leads, young_groups


class NoSafetyLead(Exception):
    """Nobody is named who leads safety, or somebody is who does not."""


class TrainingIsNotAsked(Exception):
    """The programme lets people lead who were not trained, and children are never with them."""


class YoungGroupsRemain(Exception):
    """`groups` are for people under 18 and have not ended."""

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__(", ".join(group.name for group in groups))
        self.groups = groups


@transaction.atomic
def admit(*, lead: Person | None, by: Person, now: datetime) -> UnderEighteen:
    """People under 18 are admitted from now on, and `lead` answers for their safety; or another one does.

    Raises NoSafetyLead, or TrainingIsNotAsked.
    """
    _alone()
    if lead is None or not safety_leads(now=now).filter(pk=lead.pk).exists():
        raise NoSafetyLead
    if not gate().is_on(now=now):
        raise TrainingIsNotAsked
    before = UnderEighteen.objects.filter(until_at=None).first()
    if before is not None and before.lead_id == lead.pk:
        return before
    _end(by=by, now=now)
    made = UnderEighteen.objects.create(from_at=now, lead=lead, by=by)
    _show_groups(now=now)
    return made


@transaction.atomic
def stop_admitting(*, by: Person, now: datetime) -> None:
    """The programme is for adults from now on. Raises YoungGroupsRemain."""
    _alone()
    if remaining := list(young_groups()):
        raise YoungGroupsRemain(remaining)
    _end(by=by, now=now)


@transaction.atomic
def without_lead(*, person: Person, now: datetime) -> None:
    """Whoever answered for people under 18 is gone: groups for them are hidden until somebody else is named."""
    if UnderEighteen.objects.filter(until_at=None, lead=person).update(until_at=now):
        _show_groups(now=now)


def _end(*, by: Person, now: datetime) -> None:
    UnderEighteen.objects.filter(until_at=None).update(until_at=now, ended_by=by)


def _alone() -> None:
    # One such change at a time, so that no group opens for children while the last word on it is written.
    list(Programme.objects.select_for_update().values_list("pk"))


def _show_groups(*, now: datetime) -> None:
    touch(groups=list(young_groups().values_list("pk", flat=True)), now=now)
