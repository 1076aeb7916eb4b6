"""What a visitor's words may mean as well: asked, and never chosen for them."""

from dataclasses import dataclass
from typing import Final

from hearthside.finder.queries.asked import Asking
from hearthside.finder.queries.vocabulary import Vocabulary

# One in five: beside something that was understood, a guess less likely than that only distracts.
WORTH_ASKING: Final = 0.2
# One in twenty, where nothing was understood: below it the words that speak for a guess tell nothing.
WORTH_TRYING: Final = 0.05


@dataclass(frozen=True)
class Suggestion:
    """An experience by its slug and its name, and the words that speak for it."""

    slug: str
    words: str
    said: str


def suggestions(asking: Asking, words: Vocabulary) -> list[Suggestion]:
    """What was not understood but may be meant; without a certain reading, also what is less likely."""
    found = words.suggest(asking.search.words, asking.reading.language)
    least = WORTH_ASKING if asking.search.about or asking.search.not_about else WORTH_TRYING
    settled = _settled(asking, words)
    return [
        Suggestion(one.term_id, words.label(one.term_id, asking.language), one.words)
        for one in found
        if one.certainty >= least and one.term_id not in settled
    ]


def _settled(asking: Asking, words: Vocabulary) -> frozenset[str]:
    """What needs no question: what is there, what it is part of, and whatever was turned down.

    A chip taken away is as much of a no as a "not" in the words.
    """
    search, read = asking.search, asking.reading.understanding
    there = {*search.about}
    understood = {found.term_id for found in read.experiences}
    refused = {*search.not_about, *(found.term_id for found in read.not_wanted)}
    no = refused | (understood - there)
    broader = {above for one in there | understood for above in words.tree.ancestors(one)}
    narrower = {below for one in no for below in words.tree.descendants(one)}
    return frozenset(there | broader | no | narrower)
