"""How visits felt: which one to ask about, what was said, and what may come next. Read by its person only.

Threat: whoever leads a group reads that somebody did not like it there. So every function here begins
with the person who asks, and no other app reads these rows but to erase them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person
from hearthside.finder.enums import Felt
from hearthside.finder.models import Impression
from hearthside.finder.queries import offers
from hearthside.finder.queries.results import Card
from hearthside.finder.queries.wishes import wish_of
from hearthside.finder.sealed import sealed
from hearthside.finder.search import Search
from hearthside.groups.models import Group
from hearthside.groups.queries.belonging import Place, place_of
from hearthside.groups.queries.rights import Reader
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance, Meeting

ASKED_FOR: Final = timedelta(days=30)
OTHERS_SHOWN: Final = 3
_CAME: Final = (Mark.CAME, Mark.LATE, Mark.LEFT)


@dataclass(frozen=True)
class FollowUp:
    """What was said of a visit, and what may come next; nothing of it is expected.

    `word` is a sealed search for groups about the same, where no wish is kept to rank by.
    """

    felt: Felt
    place: Place
    others: Sequence[Card] = ()
    word: str = ""
    next_meeting: Meeting | None = None


def visits_of_one(person: Reader) -> QuerySet[Attendance]:
    """The meetings that the person came to, with their groups."""
    return Attendance.objects.filter(person=person.pk, mark__in=_CAME).select_related(
        "meeting__group__site"
    )


def visit_to_ask_about(
    person: Reader, *, now: datetime, group: Group | None = None
) -> Attendance | None:
    """The newest visit of the last 30 days that nothing was said of, in one query.

    Whoever answered for a later visit to the same group is not asked about the earlier ones, and
    whoever took back that we may keep which groups they join is not asked at all.
    """
    if not isinstance(person, Person):
        return None
    said = Impression.objects.filter(
        person=OuterRef("person"),
        group=OuterRef("meeting__group"),
        meeting__starts_at__gte=OuterRef("meeting__starts_at"),
    )
    agreed = Consent.objects.of(person).in_force(now=now).filter(purpose=Purpose.HEALTH)
    rows = visits_of_one(person).filter(
        ~Exists(said),
        Exists(agreed),
        meeting__ends_at__lte=now,
        meeting__ends_at__gt=now - ASKED_FOR,
    )
    if group is not None:
        rows = rows.filter(meeting__group=group)
    return rows.order_by("-meeting__starts_at").first()


def follow_up(visit: Attendance, *, language: str, now: datetime) -> FollowUp | None:
    """What the person said of this visit and what may come next; None while nothing was said."""
    said = Impression.objects.filter(person=visit.person_id, meeting=visit.meeting_id).first()
    if said is None:
        return None
    felt, group = Felt(said.felt), visit.meeting.group
    place = place_of(visit.person, group, now=now)
    if felt == Felt.NOT_FOR_ME:
        cards, word = _elsewhere(visit.person, group, language=language, now=now)
        return FollowUp(felt, place, others=cards, word=word)
    if felt == Felt.UNSAID:
        return FollowUp(felt, place)
    coming = group.meetings.upcoming(now=now).standing().filter(starts_at__gt=now).first()
    return FollowUp(felt, place, next_meeting=coming)


def _elsewhere(
    person: Person, group: Group, *, language: str, now: datetime
) -> tuple[Sequence[Card], str]:
    """Up to three other groups by the person's own wish, or else a search about the same."""
    wish = wish_of(person)
    if wish is None:
        about = tuple(group.experiences.order_by("slug").values_list("slug", flat=True))
        return (), sealed(Search(about=about), now=now)
    ranking = offers.ranking_for(wish, now=now, most=OTHERS_SHOWN + 1)
    cards = offers.cards_for(wish, ranking, language=language, now=now, most=OTHERS_SHOWN + 1)
    others = [card for card in cards if card.listing.id != str(group.pk)]
    return others[:OTHERS_SHOWN], ""
