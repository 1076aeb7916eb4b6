"""Every group that can be found, as the engine's index, with what the pages count beside it."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from hearthside.finder.enums import LGBTQ_ONLY
from hearthside.finder.queries import weights
from hearthside.finder.queries.reading.groups import Facts, Found, open_groups
from hearthside.finder.queries.reading.people import returns
from hearthside.finder.queries.vocabulary import NOWHERE, Vocabulary
from hearthside.groups.enums import GenderRule
from peerkit.matching import Index, Offer, Towns

MANY: Final = 10_000


@dataclass
class Catalogue:
    """The engine's index; facts by group; how many groups there are by experience, language and clock."""

    index: Index
    words: Vocabulary
    facts: dict[str, Facts] = field(default_factory=dict)
    prints: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    zones: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    returns: Mapping[UUID, float] = field(default_factory=dict)
    # How often a town came or went, and at which of these times the towns that are kept were made.
    towns_turned: int = 0
    _towns: tuple[int, Towns] = (0, NOWHERE)

    def __len__(self) -> int:
        return len(self.facts)

    @property
    def usual_zone(self) -> str:
        """The clock that most groups keep."""
        most = max(self.zones.values(), default=0)
        return min((zone for zone, many in self.zones.items() if many == most > 0), default="UTC")

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages that groups are held in."""
        return tuple(sorted(code for code, many in self.languages.items() if many))

    @property
    def towns(self) -> Towns:
        """Where groups meet in a room, ready to be found in somebody's words."""
        # The number is read first: what changes meanwhile is seen by whoever asks next.
        turn = self.towns_turned
        known, towns = self._towns
        if known != turn:
            towns = Towns(self._places_held())
            self._towns = turn, towns
        return towns

    def meets_in(self, town: str) -> Offer | None:
        """A group that meets in a room there, or None; one in a place of just that name goes first."""
        if town not in self.towns:
            return None
        held = [place for place in self._places_held() if town in Towns.called(place)]
        there = town if town in held else next(iter(held), "")
        told = list(self.facts.items()) if there else ()
        key = next((key for key, facts in told if facts.town == there), "")
        return self.index.offer(key) if key else None

    def take(self, found: Found) -> None:
        """This group is as it was now found; one that is the same as before costs nothing."""
        offer = for_finding(found.offer)
        mark = _mark(offer)
        if self.prints.get(offer.id) != mark:
            self._forget_facts(offer.id)
            self.index.put(offer)
            self.learn(offer.id, found.facts, mark)

    def learn(self, key: str, facts: Facts, mark: int) -> None:
        """Count a group that the index holds."""
        self.facts[key], self.prints[key] = facts, mark
        self._count(facts, 1)

    def drop(self, key: str) -> None:
        """This group can be found no longer."""
        self._forget_facts(key)
        self.index.drop(key)

    def above(self, facts: Facts) -> frozenset[str]:
        """The experiences of a group, and all that they are part of."""
        tree = self.words.tree
        return facts.experiences.union(*(tree.ancestors(slug) for slug in facts.experiences))

    def counted_without(self, excluded: Iterable[str]) -> Mapping[str, int]:
        """How many groups are about each experience or a part of it, some groups left out."""
        counts = Counter(self.counts)
        for key in excluded:
            if key in self.facts:
                counts.subtract(self.above(self.facts[key]))
        return counts

    def _forget_facts(self, key: str) -> None:
        facts = self.facts.pop(key, None)
        self.prints.pop(key, None)
        if facts is not None:
            self._count(facts, -1)

    def _count(self, facts: Facts, step: int) -> None:
        for slug in self.above(facts):
            self.counts[slug] += step
        for language in facts.languages:
            self.languages[language] += step
        self.zones[facts.zone] += step
        if facts.town:
            was_there = bool(self.places[facts.town])
            self.places[facts.town] += step
            self.towns_turned += bool(self.places[facts.town]) != was_there

    def _places_held(self) -> list[str]:
        return [place for place, many in list(self.places.items()) if many]


def everything(words: Vocabulary, *, now: datetime) -> Catalogue:
    """All groups, read from the tables in a dozen queries."""
    made = Catalogue(Index((), now=now), words, returns=returns(now=now))

    def each() -> Iterator[Offer]:
        for found in open_groups(None, words.tree, made.returns, now=now):
            offer = for_finding(found.offer)
            made.learn(offer.id, found.facts, _mark(offer))
            yield offer

    made.index = Index(each(), now=now, tree=words.tree, weights=weights.newest())
    if len(made) > MANY:
        # What stays for good is looked at no more by the collector, which stops every thread meanwhile.
        gc.collect()
        gc.freeze()
    return made


def read_again(groups: Iterable[UUID], held: Catalogue, *, now: datetime) -> list[Found]:
    """These groups as the tables have them now; those that can be found no longer are not in it."""
    keys = set(groups)
    return list(open_groups(keys, held.words.tree, held.returns, now=now)) if keys else []


def for_finding(offer: Offer) -> Offer:
    """Somebody who says "a woman" has not said that they are not LGBTQ+: that rule shuts nobody out.

    So here it is no rule about gender, but something that a group has and somebody may ask for.
    """
    if offer.gender_rule != GenderRule.LGBTQ:
        return offer
    return replace(offer, gender_rule="", access=offer.access | {LGBTQ_ONLY})


def _mark(offer: Offer) -> int:
    """A number that differs where the offer does."""
    values = (
        offer.experiences, offer.upcoming, offer.rhythms, offer.languages, offer.formats,
        offer.access, offer.comfort, offer.latitude, offer.longitude, offer.age_from,
        offer.age_until, offer.gender_rule, offer.seats_free, offer.welcomes_newcomers,
        offer.returns, tuple(sorted(offer.makeup.items())),
    )  # fmt: skip
    return hash(values)
