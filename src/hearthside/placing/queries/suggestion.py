"""One place that somebody is offered: the next meeting, why it fits, and what does not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.finder import wording as finder
from hearthside.finder.queries import offers
from hearthside.finder.queries.catalogue import catalogue
from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.groups.models import Group
from hearthside.meetings.models import Meeting
from hearthside.meetings.queries.people import greeter_of
from hearthside.placing.models import Invitation, Request
from hearthside.placing.wording import Labels, packed, why_words
from peerkit.matching import Match, Reason

WHY_SHOWN: Final = 4
FAR_KM: Final = 5.0
LONG_UNTIL: Final = timedelta(days=14)
# A place is kept, so what others read of a full or closed group is not true for them; and when it meets
# next stands on the page.
_NOT_FOR_THEM: Final = frozenset({"full", "not_open", "soon", "seats"})
_ONLY_CLOSE: Final = frozenset({"experience_broader", "experience_related"})


@dataclass(frozen=True)
class Suggestion:
    """What somebody should know before they say yes or no; without `drawback` we know of none."""

    meeting: Meeting | None
    greeter: Person | None
    why: Sequence[str]
    drawback: str


def suggestion_of(invitation: Invitation, *, now: datetime) -> Suggestion:
    """Why the group was chosen, as it was kept, and the group as it is now."""
    groups = catalogue(now=now)
    labels = _labels(groups.words)
    meeting = next_meeting(invitation.group, now=now)
    match = _match(groups, invitation.request, invitation.group, now=now)
    said = (why_words(one["code"], one["params"], labels) for one in _kept(invitation))
    return Suggestion(
        meeting=meeting,
        greeter=greeter_of(meeting, now=now) if meeting else None,
        why=list(dict.fromkeys(words for words in said if words))[:WHY_SHOWN],
        drawback=next(_drawbacks(match, meeting, labels, now), ""),
    )


def reasons_for(request: Request, group: Group, *, now: datetime) -> list[dict[str, Any]]:
    """Why the group fits what the person looks for, as an invitation keeps it; strongest first."""
    match = _match(catalogue(now=now), request, group, now=now)
    return [packed(one.code, one.params) for one in match.reasons] if match else []


def next_meeting(group: Group, *, now: datetime) -> Meeting | None:
    """The next meeting that takes place and has not begun."""
    coming = Meeting.objects.standing().filter(group=group, starts_at__gt=now)
    return coming.select_related("group").order_by("starts_at").first()


def _match(groups: Catalogue, request: Request, group: Group, *, now: datetime) -> Match | None:
    seeker = offers.seeker_of_wish(request.sought, now=now)
    return groups.index.why_not(seeker, str(group.pk), now=now)


def _kept(invitation: Invitation) -> Iterator[Mapping[str, Any]]:
    return (one for one in invitation.reasons if one["code"] not in _NOT_FOR_THEM)


def _drawbacks(
    match: Match | None, meeting: Meeting | None, labels: Labels, now: datetime
) -> Iterator[str]:
    """What speaks against it, the weightiest first."""
    reasons = match.reasons if match else ()
    if match:
        for miss in match.misses:
            if miss.code not in _NOT_FOR_THEM:
                yield finder.miss_words(miss, labels)
    if any(one.code in _ONLY_CLOSE for one in reasons):
        yield _("It is about something close to what you named, not exactly that.")
    if meeting is None:
        yield _("No meeting is planned at the moment.")
    elif meeting.starts_at - now > LONG_UNTIL:
        yield _("The next meeting is more than two weeks away.")
    if (km := _km(reasons)) > FAR_KM:
        yield _("It is %s away.") % finder.distance_words(km)
    if match:
        yield from (
            finder.note_words(note, labels) for note in match.notes if finder.is_worth_a_note(note)
        )


def _km(reasons: Sequence[Reason]) -> float:
    found = (one.params.get("km") for one in reasons if one.code == "near")
    return max((float(km) for km in found if isinstance(km, int | float)), default=0.0)


def _labels(words: Vocabulary) -> Labels:
    language = (get_language() or "en").split("-")[0]
    return lambda slug: words.label(slug, language)
