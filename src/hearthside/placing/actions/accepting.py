"""A coordinator accepts what a run proposes: places are offered, many of them in the background; and taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from hearthside.accounts.models import Person
from hearthside.meetings.actions.refusals import Refusal
from hearthside.placing.actions.invitations import invite, withdraw
from hearthside.placing.actions.refusals import PlaceNotOffered, YouSaidNotThisGroup, code_of
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Decision, Invitation, Proposal, Run

# Each takes some hundredths of a second: so many that whoever pressed the button need not wait long.
AT_ONCE: Final = 10
SILENT_FOR: Final = timedelta(seconds=30)


@dataclass(frozen=True)
class Refused:
    """Somebody who could not be invited any more, and why, in a code that `wording.refused_words` knows."""

    proposal: Proposal
    code: str


@dataclass(frozen=True)
class Accepted:
    """Who was invited, who could not be, and how many more will be in the background."""

    invited: Collection[Proposal]
    refused: Collection[Refused]
    to_come: int


def accept(*, run: Run, chosen: Collection[UUID], by: Person, now: datetime) -> Accepted:
    """Offer the chosen proposals' places, the first few at once; `inviting` sees to the others.

    Each is offered by itself: one that fails keeps back no other. What was accepted before stays so.
    """
    keys = sorted(chosen)
    with transaction.atomic():
        for some in (keys[at : at + 500] for at in range(0, len(keys), 500)):
            rows = run.proposals.filter(pk__in=some, group__isnull=False)
            # Who was refused, or whose invitation was taken back, may be tried again.
            again = rows.exclude(settled_at=None)
            again.update(accepted_at=None, settled_at=None, refused="")
            rows.filter(accepted_at=None).update(accepted_at=now, accepted_by=by)
    return carry_on(run=run, now=now, most=AT_ONCE)


def carry_on(*, run: Run, now: datetime, most: int) -> Accepted:
    """Offer the next few of the places that were accepted, the best fit first; what is left comes later.

    Killed in the middle it has doubled nothing: a proposal is settled in the transaction that invites.
    """
    rows = run.proposals.to_offer().select_related("request__person", "group", "accepted_by")
    invited: list[Proposal] = []
    refused: list[Refused] = []
    for proposal in rows.order_by("-fit", "pk")[:most]:
        try:
            is_mine = _settle(proposal, now)
        except (IntegrityError, ObjectDoesNotExist):
            # The person or the group went meanwhile.
            is_mine, proposal.refused = True, code_of(refusal=PlaceNotOffered())
            Proposal.objects.filter(pk=proposal.pk).update(settled_at=now, refused=proposal.refused)
        if is_mine and proposal.refused:
            refused.append(Refused(proposal, proposal.refused))
        elif is_mine:
            invited.append(proposal)
    return Accepted(invited, refused, run.proposals.to_offer().count())


def left_off(*, now: datetime) -> list[Run]:
    """Runs with places accepted that nobody goes on offering: a worker died in the middle."""
    since = now - SILENT_FOR
    left = Proposal.objects.to_offer().filter(accepted_at__lte=since).values("run")
    return list(Run.objects.filter(pk__in=left).exclude(proposals__settled_at__gt=since))


def undo(*, run: Run, now: datetime) -> int:
    """Take back every offer of this run that nobody has answered, and offer no more; how many were taken back."""
    run.proposals.to_offer().update(accepted_at=None, accepted_by=None)
    offers = Invitation.objects.standing(now=now).filter(proposal__run=run)
    return sum(withdraw(invitation=one, now=now) for one in offers.select_related("request"))


@transaction.atomic
def _settle(proposal: Proposal, now: datetime) -> bool:
    """Invite the person or note why not; False where somebody else does, or it was taken back."""
    mine = Proposal.objects.to_offer().filter(pk=proposal.pk)
    # The update decides, so that of two workers one invites.
    if not mine.update(settled_at=now):
        return False
    try:
        with transaction.atomic():
            _offer(proposal, now)
    except Refusal as refusal:
        proposal.refused = code_of(refusal=refusal)
        Proposal.objects.filter(pk=proposal.pk).update(refused=proposal.refused)
    return True


def _offer(proposal: Proposal, now: datetime) -> None:
    assert proposal.group is not None
    said = Decision.objects.filter(request=proposal.request_id, group=proposal.group_id)
    if said.filter(verdict=Verdict.FORBID).exists():
        raise YouSaidNotThisGroup
    by = proposal.accepted_by
    invite(request=proposal.request, group=proposal.group, proposal=proposal, by=by, now=now)
