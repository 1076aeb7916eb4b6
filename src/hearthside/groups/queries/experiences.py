"""The vocabulary as a tree, and the words that lead to each thing in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from hearthside.groups.models import Experience, ExperienceName


@dataclass(frozen=True)
class Branch:
    """One experience with everything that is part of it."""

    experience: Experience
    children: "Sequence[Branch]" = ()

    @property
    def key(self) -> str:
        return str(self.experience.pk)

    def walk(self) -> "Iterator[Branch]":
        yield self
        for child in self.children:
            yield from child.walk()


def tree() -> list[Branch]:
    """The whole vocabulary, broadest first and by name, in two queries; `group_count` on each."""
    found = Experience.objects.with_names().annotate(group_count=Count("groups"))
    by_parent: dict[UUID | None, list[Experience]] = {}
    for experience in sorted(found, key=lambda one: one.label().casefold()):
        by_parent.setdefault(experience.parent_id, []).append(experience)
    return _branches(None, by_parent)


def phrases(branches: Sequence[Branch], *, language: str) -> list[str]:
    """Every word of one language, once, for a browser to suggest while somebody types."""
    words = {
        name.text
        for top in branches
        for branch in top.walk()
        for name in branch.experience.names.all()
        if name.language == language
    }
    return sorted(words, key=str.casefold)


def experience_called(words: str) -> Experience | None:
    """The experience with that name or synonym in any language; labels win over synonyms."""
    name = (
        ExperienceName.objects.filter(text__iexact=words.strip())
        .select_related("experience")
        .order_by("-is_label", "language")
        .first()
    )
    return name.experience if name else None


def words_in(experience: Experience, language: str) -> dict[str, str]:
    """Name, sentence, synonyms and vague words (one on each line) in one language, as a form shows them."""
    names = [name for name in experience.names.all() if name.language == language]
    label = next((name for name in names if name.is_label), None)
    return {
        "language": language,
        "label": label.text if label else "",
        "description": label.description if label else "",
        "synonyms": _lines(name for name in names if not name.is_label and not name.is_vague),
        "vague": _lines(name for name in names if name.is_vague),
    }


def _lines(names: Iterable[ExperienceName]) -> str:
    return "\n".join(name.text for name in names)


def everything_under(experience: Experience) -> set[UUID]:
    """The keys of the experience and all that is part of it, at any depth."""
    parents = dict(Experience.objects.values_list("pk", "parent_id"))
    under: set[UUID] = {experience.pk}
    grows = True
    while grows:
        more = {pk for pk, parent in parents.items() if parent in under} - under
        under |= more
        grows = bool(more)
    return under


def _branches(parent: UUID | None, by_parent: dict[UUID | None, list[Experience]]) -> list[Branch]:
    return [
        Branch(experience, _branches(experience.pk, by_parent))
        for experience in by_parent.get(parent, [])
    ]
