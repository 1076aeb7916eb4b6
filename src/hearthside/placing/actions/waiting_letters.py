"""A letter to whoever waits: after two weeks, then every four weeks, with what their page says."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from hearthside.notices import actions as notices
from hearthside.notices.enums import Kind
from hearthside.placing.actions import letters
from hearthside.placing.models import Invitation, Request
from hearthside.placing.queries.outlook import outlook_of

FIRST_AFTER: Final = timedelta(weeks=2)
THEN_EVERY: Final = timedelta(weeks=4)
# One task must be over long before the next is due.
AT_ONCE: Final = 200


def tell_due(*, now: datetime) -> int:
    """Write to those who have waited long enough for it, the longest first; returns how many were looked at."""
    first = Q(told_at=None, from_at__lte=now - FIRST_AFTER)
    again = Q(told_at__lte=now - THEN_EVERY)
    # Whoever is offered a place has another letter to think about.
    offered = Invitation.objects.standing(now=now).values("request")
    due = (
        Request.objects.open().filter(first | again, person__is_active=True).exclude(pk__in=offered)
    )
    rows = due.select_related("person", "site", "wish__main").order_by("told_at", "from_at")
    return sum(tell(request=one, now=now) for one in rows[:AT_ONCE])


@transaction.atomic
def tell(*, request: Request, now: datetime) -> bool:
    """Write where the person stands; False if somebody else has just done so, or they wait no more."""
    # The update decides, so that of two workers one writes.
    mine = Request.objects.open().filter(pk=request.pk, told_at=request.told_at)
    if not mine.update(told_at=now):
        return False
    person = request.person
    with override(person.language or settings.LANGUAGE_CODE):
        seen = outlook_of(request, language=letters.language_of(person=person), now=now)
        context = {
            "person": person,
            "seen": seen,
            "site": request.site,
            "url": letters.address(name="place_request", key=request.pk),
        }
        notices.post(
            person=person,
            kind=Kind.WAITING,
            about=f"waiting:{request.pk}:{now:%Y-%m-%d}",
            subject=_("Where things stand for you"),
            text=letters.told(template="waiting", context=context),
            due_at=now,
            now=now,
            expires_at=now + THEN_EVERY,
        )
    return True
