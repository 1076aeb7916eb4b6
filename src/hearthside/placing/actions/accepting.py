"""A coordinator accepts what a run proposes: places are offered; and takes the offers back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.meetings.actions.refusals import Refusal
from hearthside.placing.actions.invitations import invite, withdraw
from hearthside.placing.actions.refusals import PlaceNotOffered
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Decision, Invitation, Proposal, Run


class YouSaidNotThisGroup(Refusal):
    def sentence(self) -> str:
        return _("You said not this group for them after the run.")


@dataclass(frozen=True)
class Refused:
    """Somebody who could not be invited any more, and why, in a sentence."""

    proposal: Proposal
    because: str


@dataclass(frozen=True)
class Accepted:
    """Who was invited, and who could not be."""

    invited: Sequence[Proposal]
    refused: Sequence[Refused]


def accept(*, run: Run, chosen: Collection[UUID], by: Person, now: datetime) -> Accepted:
    """Offer the chosen proposals' places, each by itself: one that fails keeps back no other."""
    rows = run.proposals.filter(pk__in=chosen, group__isnull=False)
    invited: list[Proposal] = []
    refused: list[Refused] = []
    for proposal in rows.select_related("request__person", "group").order_by("-fit", "pk"):
        try:
            _offer(proposal, by, now)
        except Refusal as refusal:
            refused.append(Refused(proposal, str(refusal)))
        except (IntegrityError, ObjectDoesNotExist):
            # The person or the group went while the page was open.
            refused.append(Refused(proposal, str(PlaceNotOffered())))
        else:
            invited.append(proposal)
    return Accepted(invited, refused)


def undo(*, run: Run, now: datetime) -> int:
    """Take back every offer of this run that nobody has answered; how many."""
    offers = Invitation.objects.standing(now=now).filter(proposal__run=run)
    return sum(withdraw(invitation=one, now=now) for one in offers.select_related("request"))


def _offer(proposal: Proposal, by: Person, now: datetime) -> None:
    assert proposal.group is not None
    said = Decision.objects.filter(request=proposal.request_id, group=proposal.group_id)
    if said.filter(verdict=Verdict.FORBID).exists():
        raise YouSaidNotThisGroup
    invite(request=proposal.request, group=proposal.group, proposal=proposal, by=by, now=now)
