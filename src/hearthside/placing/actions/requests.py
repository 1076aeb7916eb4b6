"""Asking for a place, waiting no more, and going on waiting."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.queries import agrees
from hearthside.finder.models import Wish
from hearthside.finder.queries.wishes import wish_of
from hearthside.groups.models import Site
from hearthside.placing.actions import invitations
from hearthside.placing.actions.refusals import NotAgreed, TooLateToUndo
from hearthside.placing.enums import Answer, Ended
from hearthside.placing.models import Decision, Invitation, Proposal, Request
from hearthside.placing.queries.outlook import may_undo_end
from hearthside.placing.queries.waiting import open_request, open_requests

# The panel on fairness looks back a year.
KEPT_FOR: Final = timedelta(days=366)


@transaction.atomic
def ask(*, person: Person, wish: Wish, site: Site, now: datetime) -> Request:
    """The person waits for a place at the site, from now on; who waits there already goes on waiting.

    Raises NotAgreed.
    """
    # That somebody waits for such a group tells what they live with: GDPR article 9(2)(a).
    if not agrees(person, Purpose.HEALTH, now=now):
        raise NotAgreed
    # One person's requests go one after the other, or two taps would meet the constraint.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    waiting = open_request(person, site)
    return waiting or Request.objects.create(person=person, wish=wish, site=site, from_at=now)


@transaction.atomic
def withdraw(*, request: Request, now: datetime) -> None:
    """The person waits no more, without a reason; a place kept for them is free again."""
    _end(request, Ended.WITHDRAWN, now)


@transaction.atomic
def found(*, request: Request, now: datetime) -> None:
    """The person found a group by themselves and waits no more."""
    _end(request, Ended.PLACED, now)


def still_wait(*, request: Request, now: datetime) -> None:
    """The person found a group and waits all the same; they are not asked again about that one."""
    Request.objects.open().filter(pk=request.pk).update(still_at=now)


@transaction.atomic
def take_back(*, request: Request, now: datetime) -> None:
    """Wait again as if nothing had happened, since the same day as before. Raises TooLateToUndo after a day."""
    Person.objects.select_for_update(no_key=True).get(pk=request.person_id)
    request.refresh_from_db()
    if request.is_open():
        return
    if not may_undo_end(request, now=now) or open_request(request.person, request.site):
        raise TooLateToUndo
    if not agrees(request.person, Purpose.HEALTH, now=now):
        raise NotAgreed
    request.until_at, request.ended = None, ""
    request.wish = request.wish or wish_of(request.person)
    request.save(update_fields=["until_at", "ended", "wish"])


@transaction.atomic
def withdraw_all(*, person: Person, now: datetime) -> None:
    """The person waits nowhere any more."""
    for request in open_requests(person):
        _end(request, Ended.WITHDRAWN, now)


@transaction.atomic
def forget_search(*, person: Person, now: datetime) -> None:
    """The kept search goes: the person waits nowhere, and what was worked out from the search goes too.

    What stays is where and how long they waited, what they were offered, and their answers, so that no
    group is offered again that they said no to.
    """
    withdraw_all(person=person, now=now)
    Proposal.objects.filter(request__person=person).delete()
    Decision.objects.filter(request__person=person).delete()
    Invitation.objects.of(person).update(reasons=[], because="")


def forget_old(*, now: datetime) -> int:
    """A year after the end of somebody's waiting only the groups that they said no to are kept; how many requests went."""
    old = Request.objects.filter(until_at__lte=now - KEPT_FOR)
    past = Invitation.objects.filter(request__in=old)
    past.exclude(answer=Answer.DECLINED).delete()
    past.update(reasons=[], because="")
    Proposal.objects.filter(request__in=old).delete()
    Decision.objects.filter(request__in=old).delete()
    return old.exclude(invitations__answer=Answer.DECLINED).delete()[1].get("placing.Request", 0)


def _end(request: Request, ended: Ended, now: datetime) -> None:
    # First the person, as whoever offers a place does: none is kept for somebody who waits no more.
    Person.objects.select_for_update(no_key=True).get(pk=request.person_id)
    done = Request.objects.open().filter(pk=request.pk).update(until_at=now, ended=ended)
    if done:
        invitations.withdraw_all(request=request, now=now)
    request.refresh_from_db()
