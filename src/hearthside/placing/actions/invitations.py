"""Offering a place, and what somebody answers: nobody is placed without a yes.

Each offer keeps one place free for a week. Locks are always taken in one order, person, group,
invitation, so that of two offers for the last place one is refused, and of a yes and a withdrawal
at the same moment one wins.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from hearthside.accounts.models import Person
from hearthside.finder.queries.wishes import wish_of
from hearthside.groups.actions import membership as joining
from hearthside.groups.enums import Standing
from hearthside.groups.models import GroundRules, Group, Membership
from hearthside.groups.queries.belonging import membership_of
from hearthside.meetings.actions import take_seat
from hearthside.meetings.actions.refusals import Refusal
from hearthside.meetings.models import Meeting, Seat
from hearthside.placing.actions import letters
from hearthside.placing.actions.refusals import (
    AlreadyBelongs,
    AlreadyOffered,
    GroupIsFull,
    KeptApart,
    NobodyWaits,
    PlaceIsGone,
    SaidNo,
    TakesNobody,
    TooLateToUndo,
)
from hearthside.placing.enums import Answer, Ended
from hearthside.placing.models import Invitation, Proposal, Request
from hearthside.placing.queries import waiting
from hearthside.placing.queries.suggestion import reasons_for

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Taken:
    """What a yes led to: the membership, and at the next meeting a seat or why there is none."""

    membership: Membership
    seat: Seat | None = None
    no_seat_because: str = ""


@transaction.atomic
def invite(
    *,
    request: Request,
    group: Group,
    proposal: Proposal | None,
    by: Person | None,
    now: datetime,
) -> Invitation:
    """Keep one place in the group for a week, and write to the person.

    Raises NobodyWaits, TakesNobody, AlreadyOffered, AlreadyBelongs, SaidNo, KeptApart or GroupIsFull.
    """
    _lock(request.person, group)
    request.refresh_from_db()
    request.invitations.lapsed(now=now).update(withdrawn_at=F("expires_at"))
    _refuse_misfits(request, group, now)
    request.invitations.exclude(because="").update(because="")
    made = Invitation.objects.create(
        request=request,
        group=group,
        proposal=proposal,
        by=by,
        at=now,
        expires_at=now + KEPT_FOR,
        reasons=proposal.reasons if proposal else reasons_for(request, group, now=now),
    )
    letters.place(invitation=made, now=now)
    return made


@transaction.atomic
def withdraw(*, invitation: Invitation, now: datetime) -> bool:
    """The place is free for others again, and whoever has read of it is told; False if it did not stand."""
    held = _locked(invitation)
    if not held.stands(now=now):
        return False
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    letters.place_is_gone(invitation=held, now=now)
    return True


def accept(
    *,
    invitation: Invitation,
    ground_rules: GroundRules | None,
    says_it_fits: bool,
    now: datetime,
    is_listening_only: bool = True,
    seat_at: Meeting | None = None,
) -> Taken:
    """A yes: the person visits the group, with a seat at the meeting if they name one, and waits no more.

    Raises PlaceIsGone, and what visiting a group raises. A second yes changes nothing.
    """
    try:
        with transaction.atomic():
            return _accept(
                invitation, ground_rules, says_it_fits=says_it_fits, seat_at=seat_at, now=now,
                is_listening_only=is_listening_only,
            )  # fmt: skip
    except (
        KeptApart,
        TakesNobody,
        joining.NotOpen,
        joining.OnABreak,
        joining.NeedsConsent,
    ) as reason:
        withdraw(invitation=invitation, now=now)
        raise PlaceIsGone from reason


@transaction.atomic
def decline(*, invitation: Invitation, because: str = "", now: datetime) -> None:
    """Not this group, and never again; the person keeps waiting. `because` is for the next proposal only.

    Raises PlaceIsGone if it was taken back or has run out.
    """
    _lock(invitation.request.person, invitation.group)
    held = _locked(invitation)
    if not (held.is_declined() or held.stands(now=now)):
        raise PlaceIsGone
    is_new = not held.is_declined()
    held.answer, held.because = Answer.DECLINED, because
    held.answered_at = now if is_new else held.answered_at
    held.save(update_fields=["answer", "answered_at", "because"])
    letters.call_off(invitation=held, because="answered", now=now)


@transaction.atomic
def take_back_yes(*, invitation: Invitation, now: datetime) -> bool:
    """Undo a yes until the first meeting: out of the group, the seat given back, waiting as before.

    False where the place could not be kept for the person again: then it is withdrawn. Raises TooLateToUndo.
    """
    person = invitation.request.person
    _lock(person, invitation.group)
    held = _locked(invitation)
    if not waiting.may_undo_yes(held, now=now):
        raise TooLateToUndo
    own = membership_of(person, held.group, now=now)
    # Whoever was in the group before they said yes stays in it.
    if own is not None and own.from_at == held.answered_at:
        joining.leave(membership=own, now=now)
    waits = _wait_again(held.request)
    has_another = Invitation.objects.standing(now=now).of(person).exists()
    is_kept = waits and not has_another and _is_free(person, held.group, now)
    _stand_again(held, is_withdrawn=not is_kept, now=now)
    return is_kept


@transaction.atomic
def take_back_no(*, invitation: Invitation, now: datetime) -> None:
    """Undo a no: the place is kept again for the rest of the week, if there still is one.

    Raises TooLateToUndo, or PlaceIsGone.
    """
    person, group = invitation.request.person, invitation.group
    _lock(person, group)
    held = _locked(invitation)
    if not held.is_declined() or held.expires_at <= now or held.request.until_at is not None:
        raise TooLateToUndo
    if waiting.standing_invitation(held.request, now=now):
        raise TooLateToUndo
    if not _is_free(person, group, now):
        raise PlaceIsGone
    _stand_again(held, now=now)


def withdraw_all(*, request: Request, now: datetime) -> None:
    """Whoever waits no more keeps no place from others."""
    for invitation in request.invitations.standing(now=now):
        Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=now)
        letters.call_off(invitation=invitation, because="waits no more", now=now)


def expire_due(*, now: datetime) -> int:
    """Put away the offers that nobody answered in time; how many. Their places are free already."""
    return Invitation.objects.lapsed(now=now).update(withdrawn_at=F("expires_at"))


def _accept(
    invitation: Invitation,
    ground_rules: GroundRules | None,
    *,
    says_it_fits: bool,
    is_listening_only: bool,
    seat_at: Meeting | None,
    now: datetime,
) -> Taken:
    person, group = invitation.request.person, _lock(invitation.request.person, invitation.group)
    held = _locked(invitation)
    if held.is_accepted() and (own := membership_of(person, group, now=now)):
        return Taken(own)
    if not held.stands(now=now):
        raise PlaceIsGone
    _refuse_company(person, group, now)
    made = joining.visit_by_invitation(
        group=group, person=person, ground_rules=ground_rules, says_it_fits=says_it_fits,
        is_listening_only=is_listening_only, now=now,
    )  # fmt: skip
    held.answer, held.answered_at = Answer.ACCEPTED, now
    held.save(update_fields=["answer", "answered_at"])
    letters.call_off(invitation=held, because="answered", now=now)
    Request.objects.filter(pk=held.request_id).update(until_at=now, ended=Ended.PLACED)
    return _with_seat(Taken(made), seat_at, now)


def _with_seat(taken: Taken, meeting: Meeting | None, now: datetime) -> Taken:
    """A seat that cannot be had spoils no yes: the person is told, and chooses another meeting."""
    if meeting is None:
        return taken
    try:
        seat = take_seat(meeting=meeting, person=taken.membership.person, now=now)
    except Refusal as refusal:
        return Taken(taken.membership, no_seat_because=str(refusal))
    return Taken(taken.membership, seat)


def _refuse_misfits(request: Request, group: Group, now: datetime) -> None:
    person = request.person
    if request.until_at is not None:
        raise NobodyWaits
    if not group.is_findable():
        raise TakesNobody
    if waiting.standing_invitation(request, now=now):
        raise AlreadyOffered
    own = membership_of(person, group, now=now)
    if own is not None and own.standing != Standing.ASKED:
        raise AlreadyBelongs
    if group.pk in waiting.never_again(person):
        raise SaidNo
    if waiting.is_kept_apart(person, group, now=now):
        raise KeptApart
    if not waiting.places_left(group, now=now):
        raise GroupIsFull


def _refuse_company(person: Person, group: Group, now: datetime) -> None:
    """What may have changed in the week since the place was offered."""
    if not group.is_findable():
        raise TakesNobody
    if waiting.is_kept_apart(person, group, now=now):
        raise KeptApart


def _wait_again(request: Request) -> bool:
    """Open as before; False where the person asked anew meanwhile, or has forgotten what they looked for."""
    others = Request.objects.open().of(request.person).at(request.site)
    wish = request.wish or wish_of(request.person)
    if wish is None or others.exists():
        return False
    Request.objects.filter(pk=request.pk).update(until_at=None, ended="", wish=wish)
    return True


def _is_free(person: Person, group: Group, now: datetime) -> bool:
    """A place in a group that takes people, for somebody who may meet everybody there."""
    is_open = group.is_findable() and waiting.places_left(group, now=now) > 0
    return is_open and not waiting.is_kept_apart(person, group, now=now)


def _stand_again(invitation: Invitation, *, is_withdrawn: bool = False, now: datetime) -> None:
    """As before the answer; one whose week is over has lapsed, and one that cannot be kept is gone."""
    invitation.answer, invitation.answered_at, invitation.because = "", None, ""
    invitation.withdrawn_at = now if is_withdrawn else None
    if invitation.expires_at <= now:
        invitation.withdrawn_at = invitation.expires_at
    invitation.save(update_fields=["answer", "answered_at", "because", "withdrawn_at"])


def _lock(person: Person, group: Group) -> Group:
    """The group as it is now. Nobody else offers, takes or gives back places in it until this is done."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    return Group.objects.select_for_update(no_key=True).get(pk=group.pk)


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("request__person", "request__site", "group").get(pk=invitation.pk)
