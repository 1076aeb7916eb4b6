"""The answer to one search: groups that fit, groups that nearly do, and what one change would open."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hearthside.finder import wording
from hearthside.finder.queries.asked import Asking
from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.queries.listings import Listing, Upcoming, listings, meetings
from hearthside.finder.queries.reach import Ranked, ranked
from hearthside.finder.queries.vocabulary import Vocabulary
from hearthside.finder.queries.wider import Wider, wider
from hearthside.finder.queries.young import crosses
from peerkit.matching import Match, Reason

# Few enough to read when tired; whoever wants more asks for more.
PER_PAGE: Final = 6
NEARLY_SHOWN: Final = 4
NEARLY_LOOKED_AT: Final = 12
WIDER_SHOWN: Final = 4
WHY_SHOWN: Final = 4
# Said elsewhere on the card: the next meeting, and how full it is.
_ON_THE_CARD: Final = frozenset({"soon", "seats"})


@dataclass(frozen=True)
class Card:
    """One group in the results, with its reasons in words."""

    listing: Listing
    meeting: Upcoming | None
    why: Sequence[str] = ()
    misses: Sequence[str] = ()
    notes: Sequence[str] = ()
    km: float | None = None

    @property
    def distance(self) -> str:
        return wording.distance_words(self.km) if self.km is not None else ""


@dataclass(frozen=True)
class Results:
    """One page of cards; those of all earlier pages stand above it, so that a page is a whole."""

    cards: Sequence[Card]
    total: int
    nearly: Sequence[Card]
    wider: Sequence[Wider]
    page: int

    @property
    def has_more(self) -> bool:
        return self.total > self.page * PER_PAGE

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def next_new(self) -> int:
        """The number of the first card that the next page adds."""
        return self.page * PER_PAGE + 1

    @property
    def first_new(self) -> int:
        """The number of the first card that this page adds."""
        return self.next_new - PER_PAGE

    @property
    def numbered(self) -> Sequence[tuple[int, Card]]:
        """The cards with their numbers from 1."""
        return list(enumerate(self.cards, start=1))

    @property
    def added(self) -> Sequence[tuple[int, Card]]:
        """Those of them that the page before did not show."""
        return self.numbered[self.first_new - 1 :]


NO_RESULTS: Final = Results((), 0, (), (), 1)


def results(asking: Asking, groups: Catalogue, words: Vocabulary, *, page: int = 1) -> Results:
    """Rank every group for the search and read what is shown, in two queries."""
    most = page * PER_PAGE
    found = ranked(asking, groups, most=most, nearest=NEARLY_LOOKED_AT)
    nearly = _nearly(found, asking.search.age) if found.total <= most else []
    own = frozenset[str]() if asking.search.languages else frozenset({"language"})
    dealt = cards((*found.matches, *nearly), words, asking.language, unsaid=own)
    return Results(
        cards=_some(dealt, found.matches),
        total=found.total,
        nearly=_some(dealt, nearly),
        wider=list(wider(found, asking, words))[:WIDER_SHOWN],
        page=page,
    )


def cards(
    matches: Collection[Match],
    words: Vocabulary,
    language: str,
    *,
    unsaid: Collection[str] = (),
) -> Mapping[str, Card]:
    """Cards by group, in two queries; a group closed a moment ago has none.

    `unsaid` are codes of reasons that nobody asked about.
    """

    def label(slug: str) -> str:
        return words.label(slug, language)

    shown = listings([match.offer_id for match in matches])
    when = meetings(matches, shown)
    silent = _ON_THE_CARD.union(unsaid)
    return {
        match.offer_id: Card(
            listing=shown[match.offer_id],
            meeting=when.get(match.offer_id),
            why=why_words(match, label, silent),
            misses=[wording.miss_words(miss, label) for miss in match.misses],
            notes=_notes(match, label),
            km=_km(match),
        )
        for match in matches
        if match.offer_id in shown
    }


def why_words(match: Match, label: wording.Labels, silent: Collection[str] = ()) -> list[str]:
    """The strongest reasons in words; the order is the engine's."""
    told = [reason for reason in match.reasons if reason.code not in silent]
    return [wording.reason_words(reason, label) for reason in told[:WHY_SHOWN]]


def _notes(match: Match, label: wording.Labels) -> list[str]:
    worth: Iterator[Reason] = (note for note in match.notes if wording.is_worth_a_note(note))
    return [wording.note_words(note, label) for note in worth]


def _some(dealt: Mapping[str, Card], matches: Sequence[Match]) -> list[Card]:
    return [dealt[match.offer_id] for match in matches if match.offer_id in dealt]


def _nearly(found: Ranked, age: int | None) -> Sequence[Match]:
    """What nearly fits; something else altogether only where there is nothing better."""
    nearest = [match for match in found.nearest if not crosses(match, age)]
    near = [match for match in nearest if all(miss.code != "experience" for miss in match.misses)]
    return (near if found.matches or near else nearest)[:NEARLY_SHOWN]


def _km(match: Match) -> float | None:
    for one in (*match.reasons, *match.misses):
        km = one.params.get("km")
        if one.code in ("near", "distance") and isinstance(km, int | float):
            return float(km)
    return None
