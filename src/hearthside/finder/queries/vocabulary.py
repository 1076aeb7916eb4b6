"""The vocabulary of lived experience as the engine reads it, kept in this process and checked for changes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from hearthside.groups.models import Experience, ExperienceName
from peerkit.matching import Found, Lexicon, Term, Towns, Tree, Understanding

TONGUES: Final = ("en", "es")
STALE_AFTER: Final = timedelta(minutes=1)
NOTHING: Final = Understanding()
NOWHERE: Final = Towns()


class Reading(NamedTuple):
    """What was read in somebody's words, and in which language it made sense."""

    understanding: Understanding
    language: str


@dataclass(frozen=True)
class Rows:
    """The vocabulary as it lies in the tables."""

    experiences: Sequence[tuple[str, str, str]]
    related: Sequence[tuple[str, str]]
    names: Sequence[tuple[str, str, str, bool, bool]]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Everything the finder asks of the vocabulary; experiences are named by their slugs.

    Each is like none but itself, so that what is made of it can be kept.
    """

    rows: Rows

    @cached_property
    def tree(self) -> Tree:
        return Tree.of(self._terms("en"))

    @cached_property
    def tops(self) -> Sequence[str]:
        return [slug for slug, parent, _ in self.rows.experiences if not parent]

    @cached_property
    def slugs(self) -> frozenset[str]:
        return frozenset(slug for slug, _, _ in self.rows.experiences)

    @cached_property
    def _lexicons(self) -> dict[str, Lexicon]:
        return {}

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        for slug, language, text, is_label, _ in self.rows.names:
            if is_label:
                labels[language][slug] = text
        return labels

    def read(self, words: str, language: str, towns: Towns = NOWHERE) -> Reading:
        """Understand words in the reader's language, or else in whichever makes sense of them.

        Of places only these towns are known.
        """
        own = language if language in TONGUES else TONGUES[0]
        for tongue in (own, *(one for one in TONGUES if one != own)):
            found = self._lexicon(tongue).understand(words, towns) if words.strip() else NOTHING
            if found != NOTHING:
                return Reading(found, tongue)
        return Reading(NOTHING, own)

    def suggest(self, words: str, language: str) -> Sequence[Found]:
        """What words in this language may mean as well, likeliest first; never what they refuse."""
        return self._lexicon(language).suggest(words) if words.strip() else ()

    def label(self, slug: str, language: str) -> str:
        """The experience's name in the language, else in English, else its slug."""
        spoken, english = self._labels.get(language, {}), self._labels.get("en", {})
        return spoken.get(slug) or english.get(slug) or slug.replace("-", " ")

    def children(self, slug: str, language: str) -> list[str]:
        """What is part of the experience at any depth, by name."""
        below = self.tree.descendants(slug)
        return sorted(below, key=lambda one: self.label(one, language).casefold())

    def _lexicon(self, language: str) -> Lexicon:
        if language not in self._lexicons:
            self._lexicons[language] = Lexicon(self._terms(language), language)
        return self._lexicons[language]

    def _terms(self, language: str) -> list[Term]:
        names: defaultdict[str, list[str]] = defaultdict(list)
        vague: defaultdict[str, list[str]] = defaultdict(list)
        related: defaultdict[str, list[str]] = defaultdict(list)
        for slug, spoken, text, _, is_vague in self.rows.names:
            if spoken == language:
                (vague if is_vague else names)[slug].append(text)
        for slug, other in self.rows.related:
            related[slug].append(other)
        return [
            Term(slug, parent, tuple(names[slug]), tuple(related[slug]), beside, tuple(vague[slug]))
            for slug, parent, beside in self.rows.experiences
        ]


class _Kept:
    """The vocabulary last read: one for the whole process."""

    vocabulary: Vocabulary | None = None
    version: object = None
    read_at: datetime | None = None


def vocabulary(*, version: object, now: datetime) -> Vocabulary:
    """The vocabulary, read again when `version` differs or a minute has passed: three queries then.

    What is costly to build stays as long as the rows are the same.
    """
    is_fresh = _Kept.read_at is not None and abs(now - _Kept.read_at) < STALE_AFTER
    if _Kept.vocabulary is None or _Kept.version != version or not is_fresh:
        rows = _rows()
        if _Kept.vocabulary is None or _Kept.vocabulary.rows != rows:
            _Kept.vocabulary = Vocabulary(rows)
        _Kept.version, _Kept.read_at = version, now
    return _Kept.vocabulary


def forget() -> None:
    """Read everything anew the next time."""
    _Kept.vocabulary = _Kept.version = _Kept.read_at = None


def _rows() -> Rows:
    experiences = Experience.objects.order_by("slug").values_list(
        "slug", "parent__slug", "beside__slug"
    )
    related = Experience.related.through.objects.order_by("pk").values_list(
        "from_experience__slug", "to_experience__slug"
    )
    names = ExperienceName.objects.order_by("experience__slug", "language", "-is_label", "text")
    return Rows(
        experiences=[(slug, parent or "", beside or "") for slug, parent, beside in experiences],
        related=list(related),
        names=list(
            names.values_list("experience__slug", "language", "text", "is_label", "is_vague")
        ),
    )
