"""One message held against the rules of its language."""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from peerkit.crisis.pack import Pack, Rule
from peerkit.crisis.patterns import Shortlist
from peerkit.crisis.values import Polarity, Reading, Signal, Tier, When, tier_of
from peerkit.crisis.words import Word, sentences, words

# So many words before what was noticed may turn it round.
_REACH: Final = 4
_LESS: Final = {Tier.EXPLICIT: Tier.CONCERN, Tier.CONCERN: Tier.NONE, Tier.NONE: Tier.NONE}


@dataclass(frozen=True)
class Sentence:
    """Words in a row, as one string that patterns are held against."""

    pack: Pack
    words: Sequence[Word]

    @cached_property
    def plain(self) -> str:
        """The words parted by single spaces; harmless turns of phrase are blotted out letter by letter."""
        plain = self._whole
        for one in self.pack.harmless.of(self.texts):
            plain = one.expression.sub(_blotted, plain)
        return plain

    @cached_property
    def texts(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(word.text for word in self.words)

    @cached_property
    def _whole(self) -> str:
        return " " + " ".join(word.text for word in self.words) + " "

    @cached_property
    def _starts(self) -> list[int]:
        return [*accumulate((len(word.text) + 1 for word in self.words[:-1]), initial=1)]

    def place_of(self, letter: int) -> int:
        """Return the number of the word that a letter of `plain` belongs to."""
        return bisect(self._starts, letter) - 1

    def has(self, guard: str) -> bool:
        """Tell whether a guard's pattern stands in the sentence."""
        if guard not in self._has:
            self._has[guard] = any(
                one.expression.search(self._whole) for one in self.pack.guards[guard]
            )
        return self._has[guard]

    @cached_property
    def _has(self) -> dict[str, bool]:
        return {}

    @cached_property
    def negated(self) -> frozenset[int]:
        """The numbers of words that deny."""
        spared: set[int] = set()
        for one in self.pack.no_negators:
            for match in one.expression.finditer(self._whole):
                spared.update(
                    range(self.place_of(match.start() + 1), self.place_of(match.end() - 2) + 1)
                )
        return frozenset(
            n
            for n, word in enumerate(self.words)
            if word.text in self.pack.negators and n not in spared
        )

    def is_denied(self, first: int, last: int, *, says_no: bool) -> bool:
        """Tell whether what stands from word `first` to `last` is denied.

        A pause ends the reach of a denial, and so does a word of `stops` ("and", "because").
        """
        if not says_no and any(n in self.negated for n in range(first, last + 1)):
            return True
        for n in range(first - 1, max(-1, first - 1 - _REACH), -1):
            if self.words[n].pause or self.words[n].text in self.pack.stops:
                return False
            if n in self.negated:
                return True
        return False


def read(pack: Pack, text: str) -> Reading:
    """Return what was noticed in a message, in the order it stands there."""
    found = pack.repairs.mend(words(text, splits=pack.splits))
    cut = [Sentence(pack, one) for one in sentences(found, pack.breaks)]
    signals = [one for sentence in cut for one in _signals(pack.says, sentence, text)]
    signals += _signals(pack.says_whole, Sentence(pack, found), text)
    kept = tuple(sorted(dict.fromkeys(signals), key=lambda one: one.start))
    return Reading(tier_of(kept), kept)


def _signals(says: Shortlist, sentence: Sentence, text: str) -> list[Signal]:
    found = []
    for one in says.of(sentence.texts):
        for match in one.expression.finditer(sentence.plain):
            signal = _signal(sentence.pack.rules[one], sentence, match, text)
            if signal:
                found.append(signal)
    return found


def _signal(rule: Rule, sentence: Sentence, match: re.Match[str], text: str) -> Signal | None:
    counts = {
        name
        for name in ("past", "asking", "talk", "joke")
        if name not in rule.ignores and sentence.has(name)
    }
    if "talk" in counts:
        return None
    first, last = sentence.place_of(match.start() + 1), sentence.place_of(match.end() - 2)
    start, end = sentence.words[first].start, sentence.words[last].end
    is_past = "past" in counts and not sentence.has("recent")
    polarity = Polarity.AFFIRMED
    if "asking" in counts:
        polarity = Polarity.ASKED
    if "denial" not in rule.ignores and sentence.is_denied(first, last, says_no=rule.says_no):
        polarity = Polarity.DENIED
    return Signal(
        act=rule.act,
        who=rule.who,
        when=When.PAST if is_past else When.NOW,
        polarity=polarity,
        level=_LESS[_LESS[rule.level]] if "joke" in counts else rule.level,
        quote=text[start:end],
        start=start,
        end=end,
        rule=rule.id,
    )


def _blotted(match: re.Match[str]) -> str:
    return " " + "".join(" " if one == " " else "0" for one in match[0][1:])
