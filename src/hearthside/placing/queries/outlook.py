"""Where somebody stands who waits: since when, what the last look found, and what would shorten it.

Only what is true: no place in a queue, because there is none, and no date, because nobody knows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.finder.queries import offers
from hearthside.finder.queries.catalogue import catalogue
from hearthside.finder.queries.reach import ranked
from hearthside.finder.queries.readback import Chip
from hearthside.finder.queries.results import Card
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.finder.queries.wishes import chips_of, wish_of
from hearthside.finder.sealed import sealed
from hearthside.groups.models import Experience, Membership
from hearthside.meetings.queries.times import date_words
from hearthside.notices.enums import Kind
from hearthside.notices.queries import why_not
from hearthside.placing import wording
from hearthside.placing.enums import Stand
from hearthside.placing.models import Invitation, Proposal, Request
from hearthside.placing.queries.changes import Change, changes_for
from hearthside.placing.queries.pairs import companions_of
from hearthside.placing.queries.waiting import never_again, open_requests, standing_invitation
from peerkit.matching import Ranking

UNDO_WITHIN: Final = timedelta(days=1)
OPEN_SHOWN: Final = 3
# Fewer could be told apart; how many more there are is never said either.
FEWEST_TOLD: Final = 3


@dataclass(frozen=True)
class LastLook:
    """What the newest run found for somebody: a sentence, what is in the way, and what would help."""

    words: str
    why: Sequence[str] = ()
    would: Sequence[str] = ()


@dataclass(frozen=True)
class Outlook:
    """One request as its person reads it. Without `invitation` no place is kept for them now.

    Unless `is_written_to`, no letter reaches them, and the page says so.
    `word` is what they look for, sealed for the way to the finder.
    """

    request: Request
    weeks: int
    invitation: Invitation | None
    is_written_to: bool
    found_by_self: Membership | None
    may_undo: bool
    last: LastLook | None
    changes: Sequence[Change]
    open_now: Sequence[Card]
    others_wait: bool
    chips: Sequence[Chip]
    word: str
    companions: Sequence[Person]
    elsewhere: Sequence[Request]


@dataclass(frozen=True)
class HomeCard:
    """One line on the person's home: they wait, or a place is kept for them."""

    request: Request
    weeks: int
    invitation: Invitation | None
    found_by_self: bool


def outlook_of(request: Request, *, language: str, now: datetime) -> Outlook:
    """Everything on the page of one open request, and in the letter about it."""
    asking = offers.asking_of_wish(request.sought, language=language, now=now)
    ruled_out = {str(group) for group in never_again(request.person)}
    most = OPEN_SHOWN + len(ruled_out)
    groups = catalogue(now=now)
    found = ranked(asking, groups, most=most, nearest=0)
    fit = tuple(match for match in found.matches if match.offer_id not in ruled_out)[:OPEN_SHOWN]
    others = [one for one in open_requests(request.person) if one.pk != request.pk]
    return Outlook(
        request=request,
        weeks=request.weeks(now=now),
        invitation=standing_invitation(request, now=now),
        is_written_to=not why_not(request.person, Kind.PLACE, now=now),
        found_by_self=found_since(request, now=now),
        may_undo=may_undo_end(request, now=now),
        last=last_look(request, groups.words, language=language),
        changes=changes_for(asking, found, groups, now=now),
        open_now=offers.cards_for(
            request.sought, Ranking(fit, (), ()), language=language, now=now, most=OPEN_SHOWN
        ),
        others_wait=others_wait(request),
        chips=chips_of(request.sought, language),
        word=sealed(asking.search, now=now),
        companions=companions_of(request.person),
        elsewhere=others,
    )


def last_look(request: Request, words: Vocabulary, *, language: str) -> LastLook | None:
    """What the newest run said of this request. A proposal is no promise, so none is made of it."""
    newest = Proposal.objects.filter(request=request, run__stand=Stand.DONE)
    held = newest.select_related("run").order_by("-run__asked_at").first()
    offered = request.invitations.first()
    if offered is not None and (held is None or held.run.asked_at < offered.at):
        day = {"day": date_words(offered.at)}
        return LastLook(_("We last suggested a group to you on %(day)s.") % day)
    if held is None:
        return None
    day = {"day": date_words(held.run.finished_at or held.run.asked_at)}
    if held.group_id or held.opening_id:
        return LastLook(
            _("We last looked on %(day)s and have an idea. A coordinator decides on it.") % day
        )
    said = {True: dict[str, None](), False: dict[str, None]()}
    for one in held.why_not:
        line = wording.why_words(
            one["code"], one["params"], lambda slug: words.label(slug, language)
        )
        said[one["code"].startswith(wording.WOULD)][line] = None
    would, why = ([line for line in said[is_help] if line] for is_help in (True, False))
    return LastLook(_("We last looked on %(day)s and found no place yet.") % day, why, would)


def others_wait(request: Request) -> bool:
    """True if three or more others wait at the site for the same, for a part of it, or for what it is part of.

    Threat: an exact count, or one of fewer, would tell who of a small town waits for what.
    """
    main = request.sought.main
    if main is None:
        return False
    alike = Experience.objects.filter(pk=main.pk) | Experience.objects.filter(parent=main)
    if main.parent_id is not None:
        alike = alike | Experience.objects.filter(pk=main.parent_id)
    others = Request.objects.open().at(request.site).filter(wish__main__in=alike)
    people = others.exclude(person=request.person).values("person").distinct()
    return people.count() >= FEWEST_TOLD


def home_cards(person: Person, *, now: datetime) -> Sequence[HomeCard]:
    """What the person waits for, for their home."""
    return [
        HomeCard(
            request=one,
            weeks=one.weeks(now=now),
            invitation=standing_invitation(one, now=now),
            found_by_self=found_since(one, now=now) is not None,
        )
        for one in open_requests(person)
    ]


def found_since(request: Request, *, now: datetime) -> Membership | None:
    """A group that the person came into since they asked us to look, or since they said that they still wait."""
    if not request.is_open():
        return None
    since = request.still_at or request.from_at
    joined = Membership.objects.belonging(now=now).of(request.person).filter(from_at__gt=since)
    return joined.select_related("group").order_by("-from_at").first()


def may_undo_end(request: Request, *, now: datetime) -> bool:
    """For a day, whoever stopped waiting may go on as if they had not; a yes is taken back elsewhere."""
    if request.until_at is None or now - request.until_at > UNDO_WITHIN:
        return False
    if request.wish is None and wish_of(request.person) is None:
        return False
    return not request.invitations.filter(answered_at=request.until_at).exists()
