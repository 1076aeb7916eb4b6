"""Terms of lived experience, and the tree that says how near one is to another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Self


@dataclass(frozen=True, slots=True)
class Term:
    """One experience as one language names it.

    `vague` names count only when a text holds nothing more telling. `beside` is the term for those
    who live beside a person with this experience; without one, the parent's counts.
    """

    id: str
    parent: str
    names: tuple[str, ...]
    related: tuple[str, ...] = ()
    beside: str = ""
    vague: tuple[str, ...] = ()


class Kinship(StrEnum):
    """How an offered experience stands to a wanted one."""

    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    RELATED = "related"


# Invented weights, to be set with facilitators and members. What matters is their order.
_STEP_DOWN: Final = 0.85
_STEP_UP: Final = 0.7
_RELATED: Final = 0.4


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near an offered experience is to a wanted one: 1 is the same."""

    weight: float
    kinship: Kinship


@dataclass(frozen=True)
class Tree:
    """Who is the parent, child or neighbour of whom. Ids it does not know stand alone."""

    parents: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _children: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    _near: dict[str, Mapping[str, Nearness]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        children = defaultdict(list)
        for child, parent in self.parents.items():
            children[parent].append(child)
        object.__setattr__(self, "_children", dict(children))

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Self:
        """Return the tree of these terms; being related holds both ways."""
        parents: dict[str, str] = {}
        related: dict[str, set[str]] = defaultdict(set)
        for term in terms:
            if term.parent:
                parents[term.id] = term.parent
            for other in term.related:
                related[term.id].add(other)
                related[other].add(term.id)
        return cls(parents, {key: tuple(sorted(some)) for key, some in related.items()})

    def ancestors(self, term_id: str) -> tuple[str, ...]:
        """Return parent, grandparent and so on; a circle in the data ends where it closes."""
        line: list[str] = []
        parent = self.parents.get(term_id, "")
        while parent and parent not in line and parent != term_id:
            line.append(parent)
            parent = self.parents.get(parent, "")
        return tuple(line)

    def descendants(self, term_id: str) -> frozenset[str]:
        """Return every narrower term at any depth."""
        return frozenset(self._below(term_id)) - {term_id}

    def near(self, term_id: str) -> Mapping[str, Nearness]:
        """Return every term that may stand in for `term_id`, with how near it is."""
        if term_id not in self._near:
            self._near[term_id] = self._spread(term_id)
        return self._near[term_id]

    def _spread(self, term_id: str) -> Mapping[str, Nearness]:
        near = {
            other: Nearness(_RELATED, Kinship.RELATED) for other in self.related.get(term_id, ())
        }
        for steps, other in enumerate(self.ancestors(term_id), start=1):
            near[other] = Nearness(_STEP_UP**steps, Kinship.BROADER)
        for other, steps in self._below(term_id).items():
            near[other] = Nearness(_STEP_DOWN**steps, Kinship.NARROWER)
        near[term_id] = Nearness(1.0, Kinship.SAME)
        return near

    def _below(self, term_id: str) -> dict[str, int]:
        steps = {term_id: 0}
        queue = [term_id]
        for here in queue:
            for child in self._children.get(here, ()):
                if child not in steps:
                    steps[child] = steps[here] + 1
                    queue.append(child)
        return steps
