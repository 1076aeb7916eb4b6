"""What placing holds about a person: to be seen, erased, and ended when they take a consent back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.placing.actions import requests, together
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Decision, Invitation, Load, Proposal, Request, Run, Together


class PlacingHoldings:
    """A DataHolder for requests, invitations, what was decided and proposed, and pairs."""

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Where you asked for a place"),
                _("So that a coordinator can look for a group for you."),
                list(_requests(person)),
            ),
            Held(
                _("Places you were offered"),
                _("So that a place is kept for you, and none is offered that you said no to."),
                list(_invitations(person)),
            ),
            Held(
                _("What was decided or proposed while we looked for you"),
                _("So that you can see how a place was found, or why not yet."),
                [*_decided_about(person), *_proposed_for(person)],
            ),
            Held(
                _("With whom you want to go"),
                _("So that people who want it come to the same group."),
                list(_together(person)),
            ),
            Held(
                _("What you decided about places for others"),
                _("So that it is known who is answerable. Your name goes with your account."),
                list(_records(person)),
            ),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:
        """All of it goes at once. Places kept for the person are free again first."""
        requests.withdraw_all(person=person, now=now)
        together.undo(person=person)
        Request.objects.of(person).delete()
        Load.objects.filter(person=person).delete()


def stop_waiting(person: Person, *, purpose: Purpose, now: datetime) -> None:
    """Without consent to keep what somebody looks for, they wait nowhere and go with nobody.

    That they waited is gone too: it tells what they live with.
    """
    if purpose == Purpose.HEALTH:
        requests.withdraw_all(person=person, now=now)
        together.undo(person=person)
        Request.objects.of(person).delete()


def _requests(person: Person) -> Iterable[dict[str, Any]]:
    for held in Request.objects.of(person).select_related("site"):
        yield {
            _("Where"): held.site.name,
            _("Since"): held.from_at,
            _("Until"): held.until_at,
            _("How it ended"): held.get_ended_display(),
            _("Last letter about it"): held.told_at,
        }


def _invitations(person: Person) -> Iterable[dict[str, Any]]:
    for held in Invitation.objects.of(person).select_related("group"):
        yield {
            _("Group"): held.group.name,
            _("Offered"): held.at,
            _("Kept until"): held.expires_at,
            _("Your answer"): held.get_answer_display(),
            _("Answered"): held.answered_at,
            _("Because"): held.get_because_display(),
            _("Taken back"): held.withdrawn_at,
        }


def _decided_about(person: Person) -> Iterable[dict[str, Any]]:
    words = {
        Verdict.PIN.value: _("A coordinator wants this group for you."),
        Verdict.FORBID.value: _("A coordinator does not want this group for you."),
    }
    about = Decision.objects.filter(request__person=person).select_related("group")
    for held in about.order_by("at"):
        yield {_("What"): words[held.verdict], _("Group"): held.group.name, _("When"): held.at}


def _proposed_for(person: Person) -> Iterable[dict[str, Any]]:
    about = Proposal.objects.filter(request__person=person).select_related("group", "run")
    for held in about.order_by("run__asked_at"):
        if held.group is not None:
            what = _("The computer proposed this group for you.")
        elif held.opening_id is not None:
            what = _("The computer proposed a new group for you.")
        else:
            what = _("The computer found no place for you yet.")
        group = held.group.name if held.group is not None else ""
        yield {_("What"): what, _("Group"): group, _("When"): held.run.asked_at}


def _together(person: Person) -> Iterable[dict[str, Any]]:
    for held in Together.objects.of(person).select_related("asked_by", "other"):
        others = {held.asked_by, held.other} - {person, None}
        yield {
            _("With"): ", ".join(str(one) for one in others),
            _("The words"): held.code,
            _("Asked"): held.asked_at,
            _("Agreed"): held.agreed_at,
        }


def _records(person: Person) -> Iterable[dict[str, Any]]:
    kinds: tuple[tuple[str, QuerySet[Any], str], ...] = (
        (_("A place offered"), Invitation.objects.filter(by=person), "at"),
        (_("A group asked for or ruled out"), Decision.objects.filter(by=person), "at"),
        (_("A search for places"), Run.objects.filter(by=person), "asked_at"),
        (_("How many people somebody looks after"), Load.objects.filter(by=person), "at"),
    )
    for what, rows, moment in kinds:
        for row in rows.order_by(moment):
            yield {_("What"): what, _("When"): getattr(row, moment)}
    for load in Load.objects.filter(person=person):
        what = _("You look after %d people at most.") % load.people_max
        yield {_("What"): what, _("When"): load.at}
