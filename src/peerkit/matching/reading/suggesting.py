"""Putting together what the rules read and what all the words weigh: "did you mean", with honest certainty."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from peerkit.matching.reading.evidence import Sign
from peerkit.matching.vocabulary import Tree

# A short text gives too little to weigh: only what stands out is worth asking about.
_LONG_ENOUGH: Final = 15
_STANDS_OUT: Final = 0.5
_WORTH_ASKING: Final = 0.01
_VAGUE: Final = 0.5
_SENTENCE: Final = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A term read in a text, the words that said so, and how sure the reading is (0..1)."""

    term_id: str
    words: str
    certainty: float


def blend(
    told: Sequence[Found],
    signs: Sequence[Sign],
    groups: Collection[str],
    tree: Tree,
    *,
    voice: float,
) -> list[Found]:
    """Rank topic groups: one term each, the narrowest that was told, else the group itself.

    A group's certainty is 1 - (1 - share)(1 - voice · told): with a `voice` of 1 what was told stands
    as surely as it was read, and with less the weighing has its say.
    """
    shares = {sign.term_id: sign for sign in signs}
    best: dict[str, Found] = {
        sign.term_id: Found(sign.term_id, sign.words, sign.share) for sign in signs
    }
    said: set[str] = set()
    for found in told:
        group = group_of(found.term_id, groups, tree)
        if group in said:
            continue
        said.add(group)
        share = shares[group].share if group in shares else 0.0
        sure = 1 - (1 - share) * (1 - voice * found.certainty)
        best[group] = Found(found.term_id, found.words, round(sure, 4))
    return sorted(best.values(), key=lambda found: (-found.certainty, found.term_id))


def voice_of(length: int, *, is_explicit: bool) -> float:
    """How far the rules have the first word in a text of `length` words: 1 in a sentence or two.

    A letter names much in passing; from 20 words on the voice falls with the fourth power, the
    steepest fall that leaves short texts alone (tried on texts left out of the training).
    """
    told = 1.0 if is_explicit else _VAGUE
    return told * min(1.0, (_SENTENCE / max(length, 1)) ** 4)


def group_of(term_id: str, groups: Collection[str], tree: Tree) -> str:
    """Return the topic group a term belongs to: itself or the nearest above; else it stands alone."""
    line = (term_id, *tree.ancestors(term_id))
    return next((one for one in line if one in groups), term_id)


def worth_asking(
    signs: Sequence[Sign], tree: Tree, length: int, refused: Collection[str]
) -> list[Sign]:
    """Leave out what was refused, what is part of it, and guesses from a few words."""
    barred = {*refused, *(below for one in refused for below in tree.descendants(one))}
    least = _WORTH_ASKING if length >= _LONG_ENOUGH else _STANDS_OUT
    return [sign for sign in signs if sign.share >= least and sign.term_id not in barred]
