"""Cross-validation of the reading: every question is read by weights that never saw it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from peerkit.matching import Lexicon, Tree
from peerkit.matching.reading.evidence import weigh
from peerkit.matching.reading.suggesting import group_of
from peerkit.matching.reading.tongues import TONGUES
from peerkit.matching.reading.weights import RULES_ALONE
from peerkit.matching.reading.words import words
from scripts.train_reading import TERM_OF, Question, terms, train

GROUPS: Final = frozenset(TERM_OF.values())
NOWHERE: Final = 999


@dataclass
class Ranks:
    """For each question the place (0 = first) of its right topic group; `kin` by the looser rule.

    Group: the suggested term or the nearest term above it that the table names is a right one. Kin:
    the suggested term is a right one, or broader or narrower than one.
    """

    group: list[int] = field(default_factory=list)
    kin: list[int] = field(default_factory=list)
    topics: list[tuple[str, ...]] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)

    def add(
        self, question: Question, ranked: Sequence[str], tree: Tree, share: float = 0.0
    ) -> None:
        """Note where the right one stands among the terms ranked for a question."""
        right = set(question.terms)
        near = {kin for one in right for kin in (one, *tree.ancestors(one), *tree.descendants(one))}
        at = enumerate(ranked)
        groups = [place for place, one in at if group_of(one, GROUPS, tree) in right]
        self.group.append(min(groups, default=NOWHERE))
        self.kin.append(
            min((place for place, one in enumerate(ranked) if one in near), default=NOWHERE)
        )
        self.topics.append(question.topics)
        self.shares.append(share)


def within(ranks: Sequence[int], most: int) -> float:
    """Return the share of questions whose right one stands among the first `most`."""
    return float(np.mean([rank < most for rank in ranks]))


def folds(
    asked: Sequence[Question], seed: int, number: int = 10
) -> Iterator[tuple[list[int], list[int]]]:
    """Deal questions into stratified folds: yield (trained on, asked) as places."""
    chance = np.random.default_rng(seed)
    shuffled = [int(at) for at in chance.permutation(len(asked))]
    dealt = sorted(shuffled, key=lambda at: asked[at].topics[-1])
    start = int(chance.integers(number))
    fold = {at: (start + place) % number for place, at in enumerate(dealt)}
    for one in range(number):
        yield (
            [at for at in range(len(asked)) if fold[at] != one],
            [at for at in range(len(asked)) if fold[at] == one],
        )


def ours(asked: Sequence[Question], seed: int, number: int = 10) -> Ranks:
    """Suggest for each question with weights fitted on the other folds, rules unchanged."""
    known = terms()
    rules = Lexicon(known, "en")
    texts = [rules.evidence(one.text) for one in asked]
    ranks = Ranks()
    for learnt, held in folds(asked, seed, number):
        weights = train([texts[at] for at in learnt], [asked[at].terms for at in learnt])
        lexicon = Lexicon(known, "en", weights)
        for at in held:
            found = lexicon.suggest(asked[at].text, most=5)
            first = found[0].certainty if found else 0.0
            ranks.add(asked[at], [one.term_id for one in found], rules.tree, first)
    return ranks


def rules_alone(asked: Sequence[Question]) -> Ranks:
    """Take what the rules read, surest first."""
    lexicon = Lexicon(terms(), "en", RULES_ALONE)
    ranks = Ranks()
    for one in asked:
        read = lexicon.understand(one.text).experiences
        ranks.add(one, [found.term_id for found in read], lexicon.tree)
    return ranks


def ours_by_topic(asked: Sequence[Question], seed: int) -> list[int]:
    """Rank CounselChat's own 31 topics with weights fitted on them: the strictest reading."""
    lexicon = Lexicon(terms(), "en")
    texts = [lexicon.evidence(one.text) for one in asked]
    ranks: list[int] = []
    for learnt, held in folds(asked, seed):
        weights = train([texts[at] for at in learnt], [asked[at].topics for at in learnt])
        for at in held:
            ranked = [
                one.term_id
                for one in weigh(texts[at], words(asked[at].text, TONGUES["en"]), weights)
            ]
            ranks.append(place_of(asked[at].topics, ranked))
    return ranks


def place_of(right: Sequence[str], ranked: Sequence[str]) -> int:
    """Return the first place where a right label stands."""
    return min((place for place, one in enumerate(ranked) if one in right), default=NOWHERE)
