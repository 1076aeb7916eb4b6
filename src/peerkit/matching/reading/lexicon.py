"""Reading a person's own words: what they live with, what they do not want, and what suits them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from peerkit.matching.reading.evidence import Places, Sign, signs_in, weigh
from peerkit.matching.reading.phrases import Phrasebook, Spot
from peerkit.matching.reading.places import NOWHERE, Named, Near, Towns
from peerkit.matching.reading.suggesting import Found, blend, voice_of, worth_asking
from peerkit.matching.reading.tongues import TONGUES
from peerkit.matching.reading.weights import Weights, learned
from peerkit.matching.reading.wishes import Wishes, wishes
from peerkit.matching.reading.words import Tongue, Word, word_set, words
from peerkit.matching.values import Free
from peerkit.matching.vocabulary import Term, Tree

__all__ = ["Found", "Lexicon", "Named", "Towns", "Understanding"]

_FAR: Final = 5
# No reason to show by themselves, and too short to stand among words that are never corrected.
_EMPTY: Final = word_set(
    "all also any ask can day did door else etc few get go goes got how let lot may more new not no "
    "now off old one only out own put say says see set too try two up use want way who why yes yet"
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was read in a text, surest first; empty tuples mean the text says nothing of it.

    formats: "online", "in_person", "phone". languages: ISO 639 codes. access: "step_free",
    "captions", "text_only", "camera_optional", "easy_read". only: "women", "men" or "". place: one
    of the towns it was read with.
    """

    experiences: tuple[Found, ...] = ()
    not_wanted: tuple[Found, ...] = ()
    free: tuple[Free, ...] = ()
    formats: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    only: str = ""
    place: Named | None = None


@dataclass(frozen=True)
class _Heard:
    """A text cut into words, the names and the place in it, and the names that are turned down."""

    read: Sequence[Word]
    spots: Sequence[Spot]
    turned: Sequence[Spot]
    near: Near | None = None

    @property
    def refused(self) -> frozenset[str]:
        return frozenset(spot.phrase.term_id for spot in self.turned)

    @property
    def skipped(self) -> frozenset[int]:
        return frozenset(place for spot in self.turned for place in spot.places)

    @property
    def is_explicit(self) -> bool:
        """Whether a name was read that tells something by itself."""
        return any(not spot.phrase.vague for spot in self.spots if spot not in self.turned)


class Lexicon:
    """A vocabulary in one language ("en" or "es"), ready to read texts. Build it once, keep it.

    Raises KeyError for a language the engine cannot read.
    """

    def __init__(
        self, terms: Iterable[Term], language: str, weights: Weights | None = None
    ) -> None:
        known = tuple(terms)
        self._ids: Final = frozenset(term.id for term in known)
        self._tongue: Final[Tongue] = TONGUES[language]
        self._given: Final = weights
        self._silent: Final = self._tongue.stops | self._tongue.common | _EMPTY
        self._book: Final = Phrasebook(known, self._tongue)
        self.tree: Final = Tree.of(known)
        self._beside: Final[Mapping[str, str]] = _beside(known, self.tree)
        self._ends: Final = frozenset(self._beside.values())
        self._refusal: Final = re.compile("|".join(f"(?:{one})" for one in self._tongue.refusals))

    def understand(self, text: str, towns: Towns = NOWHERE) -> Understanding:
        """Read `text`: several experiences, refusals ("not alcohol"), one's own and another's.

        Of places only these `towns` are known.
        Only what the rules read in so many words: what all words together speak for is a question
        to ask (`suggest`), never an answer to assume.
        """
        heard = self._hear(text, towns)
        told, near = self._told(heard), heard.near
        used = {place for spot in heard.spots for place in spot.places}
        used.update(near.places if near else ())
        wish: Wishes = wishes([word for word in heard.read if word.place not in used], self._tongue)
        refusals = self._sum(
            [((spot.phrase.term_id, 1.0), spot) for spot in heard.turned], heard.read
        )
        return Understanding(told, refusals, *wish, place=near.named if near else None)

    def suggest(self, text: str, most: int = 3) -> tuple[Found, ...]:
        """Ask "did you mean": at most `most` terms, likeliest first, each with the words for it.

        What the rules read stands first where the text is plain; in a long letter all its words
        are weighed as well. A refused term is never suggested, nor a narrower one that was not told
        by name. English only is weighed; in other languages this is what the rules read.
        """
        heard = self._hear(text)
        groups = self._weights.terms if self._weights else ()
        voice = voice_of(len(heard.read), is_explicit=heard.is_explicit)
        ranked = blend(self._told(heard), self._signs(heard), groups, self.tree, voice=voice)
        return tuple(ranked)[:most]

    def evidence(self, text: str) -> Mapping[str, list[Places]]:
        """Return the features of `text` (see `signs_in`): what learned weights are fitted on."""
        heard = self._hear(text)
        return signs_in(heard.read, heard.spots, self.tree, heard.skipped)

    @cached_property
    def _weights(self) -> Weights | None:
        return self._given or learned(self._tongue.code)

    def _hear(self, text: str, towns: Towns = NOWHERE) -> _Heard:
        read = words(text, self._tongue)
        near = towns.near(text, read, self._tongue)
        taken = frozenset(near.places if near else ())
        spots = self._book.spots(
            read, lambda spot: taken.isdisjoint(spot.places) and self._may_be(spot, read)
        )
        return _Heard(read, spots, self._refused(read, spots), near)

    def _told(self, heard: _Heard) -> tuple[Found, ...]:
        wanted = [spot for spot in heard.spots if spot not in heard.turned]
        telling = [spot for spot in wanted if not spot.phrase.vague] or wanted
        whose = [(self._whose(spot, heard.read, heard.spots), spot) for spot in telling]
        meant = [(one, spot) for one, spot in whose if one[0] not in heard.refused]
        return self._sum(meant, heard.read)

    def _signs(self, heard: _Heard) -> list[Sign]:
        if self._weights is None:
            return []
        signs = signs_in(heard.read, heard.spots, self.tree, heard.skipped)
        found = weigh(signs, heard.read, self._weights, self._silent)
        known = [sign for sign in found if sign.term_id in self._ids]
        return worth_asking(known, self.tree, len(heard.read), heard.refused)

    def _may_be(self, spot: Spot, read: Sequence[Word]) -> bool:
        """Say no to "mother has cancer" where the text says "I am a mother with cancer"."""
        if spot.phrase.term_id not in self._ends:
            return True
        people = [read[place] for place in spot.places if _is_person(read[place], self._tongue)]
        return not any(self._is_self(person, read) for person in people)

    def _whose(self, spot: Spot, read: Sequence[Word], spots: Sequence[Spot]) -> tuple[str, float]:
        """Return the term, or the term for those beside, when someone else is the one living it."""
        term = spot.phrase.term_id
        beside = self._beside.get(term)
        if not beside or any(_is_person(read[place], self._tongue) for place in spot.places):
            return term, 1.0
        person = self._person_near(spot, read)
        if person is None:
            return term, 1.0
        explained = any(person.place in other.places for other in spots if other is not spot)
        return beside, 0.5 if explained else 0.95

    def _person_near(self, spot: Spot, read: Sequence[Word]) -> Word | None:
        first, last = spot.places[0], spot.places[-1]
        clause = [word for word in read if word.clause == read[first].clause]
        before = [word for word in clause if first - _FAR <= word.place < first]
        after = [word for word in clause if word.place == last + 1]
        for word in (*reversed(before), *after):
            if _is_person(word, self._tongue) and not self._is_self(word, read):
                return word
        return None

    def _is_self(self, person: Word, read: Sequence[Word]) -> bool:
        """Tell "I am a mother with cancer" from "my mother with cancer"."""
        before = [word.text for word in read[max(0, person.place - 3) : person.place]]
        while before and before[-1] in {"a", "an", "single", "new", "young", "lone", "una", "un"}:
            before.pop()
        return bool(before) and before[-1] in self._tongue.self_marks

    def _refused(self, read: Sequence[Word], spots: Sequence[Spot]) -> list[Spot]:
        """Return the spots a refusal reaches: next to it, or in a list joined by "or"."""
        text, starts = _joined(read)
        holder = {place: spot for spot in spots for place in spot.places}
        refused: list[Spot] = []
        for found in self._refusal.finditer(text):
            inside = [
                place for place, start in enumerate(starts) if found.start() <= start < found.end()
            ]
            if not inside or any(place in holder for place in inside):
                continue
            place = inside[-1] + 1
            while place < len(read) and _goes_on(read, place):
                if place in holder:
                    refused.append(holder[place])
                elif read[place].text not in self._tongue.refusal_fillers:
                    break
                place += 1
        return list(dict.fromkeys(refused))

    def _sum(
        self, readings: Sequence[tuple[tuple[str, float], Spot]], read: Sequence[Word]
    ) -> tuple[Found, ...]:
        """Gather spots by term; a broader term said beside a narrower one adds nothing."""
        best: dict[str, Found] = {}
        for (term, share), spot in readings:
            said = " ".join(read[place].spoken for place in spot.places)
            found = Found(term, said, round(spot.certainty * share, 4))
            if term not in best or best[term].certainty < found.certainty:
                best[term] = found
        broader = {above for term in best for above in self.tree.ancestors(term)}
        kept = [found for term, found in best.items() if term not in broader]
        return tuple(sorted(kept, key=lambda found: (-found.certainty, found.term_id)))


def _beside(terms: Sequence[Term], tree: Tree) -> Mapping[str, str]:
    own = {term.id: term.beside for term in terms if term.beside}
    # Whoever already stands beside someone is not sent one step further.
    ends = set(own.values())
    line = {
        term.id: next((own[one] for one in (term.id, *tree.ancestors(term.id)) if one in own), "")
        for term in terms
    }
    return {term: beside for term, beside in line.items() if beside and term not in ends}


def _is_person(word: Word, tongue: Tongue) -> bool:
    return word.stem.startswith("@") or word.text in tongue.others


def _joined(read: Sequence[Word]) -> tuple[str, list[int]]:
    starts: list[int] = []
    text = ""
    for word in read:
        starts.append(len(text))
        text += word.text + " "
    return text.rstrip(), starts


def _goes_on(read: Sequence[Word], place: int) -> bool:
    same = read[place].clause == read[place - 1].clause
    return same or read[place].text in {"or", "nor", "o", "ni"}
