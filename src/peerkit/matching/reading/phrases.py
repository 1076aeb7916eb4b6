"""Finding the names of a vocabulary in a text: loose in form and order, careful in spelling."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, product
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from peerkit.matching.reading.words import Tongue, Word, word_set, words
from peerkit.matching.vocabulary import Term

_MOST_GAP: Final = 2
_MOST_PLACINGS: Final = 64
_SHORTEST_TYPO: Final = 6
# A word of six may have lost a letter.
_SHORTEST_SLIP: Final = _SHORTEST_TYPO - 1
_TWO_SLIPS: Final = 11
# "Out of work" is not "work out": with such a word the order is the meaning.
_KEEPS_ORDER: Final = word_set("out up off over no not without sin never")


class Phrase(NamedTuple):
    """A name of a term as a row of stems."""

    term_id: str
    stems: tuple[str, ...]
    vague: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A name found: the places of its words in the text, and how sure the reading is (0..1)."""

    phrase: Phrase
    places: tuple[int, ...]
    certainty: float

    @property
    def strength(self) -> float:
        """Longer names win over shorter ones, surer readings over looser ones."""
        return len(self.phrase.stems) * self.certainty


class Phrasebook:
    """Every name of a vocabulary, ready to be found in texts of one language."""

    def __init__(self, terms: Iterable[Term], tongue: Tongue) -> None:
        self._tongue: Final = tongue
        phrases: list[Phrase] = []
        runs: list[Phrase] = []
        spoken: dict[str, str] = {}
        for term in terms:
            for name in (*term.names, *term.vague):
                found = [word for word in words(name, tongue) if word.text not in tongue.stops]
                if found:
                    across = found[0].clause != found[-1].clause
                    stems = tuple(word.stem for word in found)
                    phrase = Phrase(term.id, stems, name in term.vague)
                    (runs if across else phrases).append(phrase)
                    spoken.update((word.text, word.stem) for word in found)
        self._spoken: Final[Mapping[str, str]] = spoken
        self._stems: Final = frozenset(spoken.values())
        self._correctable: Final = _by_first_letter(
            word for word in sorted(spoken) if len(word) >= _SHORTEST_TYPO
        )
        self._under: Final = _by_rarest_stem(phrases)
        self._runs: Final = tuple(sorted(set(runs)))

    def spots(
        self, text: Sequence[Word], may_be: Callable[[Spot], bool] = lambda _: True
    ) -> Sequence[Spot]:
        """Return the names found in `text`, each word used once; equal claims are all kept."""
        claims = sorted(
            filter(may_be, (*self._claims(text), *self._run_claims(text))),
            key=lambda spot: (-spot.strength, spot.places, spot.phrase.term_id),
        )
        taken: dict[int, Spot] = {}
        kept: list[Spot] = []
        for spot in claims:
            holders = {id(taken[place]): taken[place] for place in spot.places if place in taken}
            rival = next(iter(holders.values()), None)
            if rival is None or _is_equal_claim(spot, rival):
                kept.append(spot)
                taken.update(dict.fromkeys(spot.places, spot))
        return kept

    def _claims(self, text: Sequence[Word]) -> Iterator[Spot]:
        for _, clause in groupby(text, key=lambda word: word.clause):
            content = [word for word in clause if word.text not in self._tongue.stops]
            read = [self._read(word) for word in content]
            places: dict[str, list[int]] = defaultdict(list)
            for at, (stem, _) in enumerate(read):
                places[stem].append(at)
            for stem in places:
                for phrase in self._under.get(stem, ()):
                    placing = _best_placing(phrase.stems, places)
                    if placing:
                        yield _spot(phrase, placing, content, [sure for _, sure in read])

    def _run_claims(self, text: Sequence[Word]) -> Iterator[Spot]:
        """Find names that hold an "and" of their own ("binge and purge"): word by word only."""
        content = [word for word in text if word.text not in self._tongue.stops]
        stems = [word.stem for word in content]
        for phrase in self._runs:
            if not set(phrase.stems) <= set(stems):
                continue
            length = len(phrase.stems)
            for at in range(len(stems) - length + 1):
                if tuple(stems[at : at + length]) == phrase.stems:
                    placing = tuple(range(at, at + length))
                    yield _spot(phrase, placing, content, [1.0] * len(content))

    def _read(self, word: Word) -> tuple[str, float]:
        """Return the stem a word stands for: its own if known, else that of a word spelt nearly so.

        Short words, everyday words and first letters are never corrected: "sad" is not a slip for
        "said", nor "fight" for "light".
        """
        if word.stem in self._stems or not self._may_be_slip(word.text):
            return word.stem, 1.0
        slips = 1 if len(word.text) < _TWO_SLIPS else 2
        likely = self._correctable.get(word.text[0], ())
        near = process.extractOne(word.text, likely, scorer=OSA.distance, score_cutoff=slips)
        if near is None:
            return word.stem, 1.0
        return self._spoken[near[0]], 0.85

    def _may_be_slip(self, word: str) -> bool:
        return len(word) >= _SHORTEST_SLIP and word not in self._tongue.common and word.isalpha()


def _is_equal_claim(spot: Spot, rival: Spot) -> bool:
    return spot.places == rival.places and spot.certainty == rival.certainty


def _by_first_letter(some: Iterable[str]) -> Mapping[str, Sequence[str]]:
    under: dict[str, list[str]] = defaultdict(list)
    for word in some:
        under[word[0]].append(word)
    return under


def _by_rarest_stem(phrases: Iterable[Phrase]) -> Mapping[str, Sequence[Phrase]]:
    unique = sorted(set(phrases))
    counts = Counter(stem for phrase in unique for stem in set(phrase.stems))
    under: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in unique:
        under[min(phrase.stems, key=lambda stem: (counts[stem], stem))].append(phrase)
    return under


def _best_placing(
    stems: Sequence[str], places: Mapping[str, Sequence[int]]
) -> tuple[int, ...] | None:
    """Choose where each stem stands: in order before out of order, close before far."""
    choices = [places.get(stem, ()) for stem in stems]
    if not all(choices):
        return None
    best: tuple[bool, int, tuple[int, ...]] | None = None
    for placing in islice(product(*choices), _MOST_PLACINGS):
        if len(set(placing)) < len(placing):
            continue
        gap = max(placing) - min(placing) + 1 - len(placing)
        turned = list(placing) != sorted(placing)
        if gap > _MOST_GAP - turned or (turned and not _KEEPS_ORDER.isdisjoint(stems)):
            continue
        if best is None or (turned, gap, placing) < best:
            best = (turned, gap, placing)
    return best[2] if best else None


def _spot(
    phrase: Phrase, placing: tuple[int, ...], content: Sequence[Word], sure: Sequence[float]
) -> Spot:
    certainty = 1.0 if len(placing) > 1 else 0.9
    certainty -= 0.08 * (max(placing) - min(placing) + 1 - len(placing))
    if list(placing) != sorted(placing):
        certainty *= 0.85
    for at in placing:
        certainty *= sure[at]
    places = tuple(sorted(content[at].place for at in placing))
    return Spot(phrase, places, round(certainty, 4))
