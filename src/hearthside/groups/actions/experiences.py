"""Look after the vocabulary of lived experience: seed, add, propose, rename, merge, remove."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups import ports
from hearthside.groups.models import Experience, ExperienceName
from hearthside.groups.queries.experiences import everything_under, experience_called
from hearthside.groups.queries.groups import free_slug
from hearthside.groups.queries.words import DATA


class WordsTaken(Exception):
    """Those words are already the name of something in the vocabulary."""


class WouldCircle(Exception):
    """Something can't be part of itself."""


class InUse(Exception):
    """Groups, or narrower things, still use it: merge it instead."""


@transaction.atomic
def seed_vocabulary() -> int:
    """Add whatever of the seed the vocabulary lacks, and return how many; what exists stays as it is."""
    terms = tomllib.loads((DATA / "vocabulary.toml").read_text(encoding="utf-8"))["terms"]
    known = {one.slug: one for one in Experience.objects.all()}
    new = {term["id"]: _term(term) for term in terms if term["id"] not in known}
    known |= new
    for term in terms:
        if term["id"] in new:
            new[term["id"]].parent = known.get(term.get("parent"))
            new[term["id"]].beside = known.get(term.get("beside"))
    Experience.objects.bulk_create(new.values())
    names = (name for term in terms if term["id"] in new for name in _names(term, new[term["id"]]))
    ExperienceName.objects.bulk_create(names, batch_size=500)
    for term in terms:
        if term["id"] in new and "related" in term:
            new[term["id"]].related.add(*(known[slug] for slug in term["related"] if slug in known))
    return len(new)


@transaction.atomic
def add(
    *, label: str, language: str, parent: Experience | None = None, description: str = ""
) -> Experience:
    """A new thing in the vocabulary. Raises WordsTaken."""
    _require_free(label)
    experience = Experience.objects.create(slug=free_slug(Experience, label), parent=parent)
    _label(experience, label=label, language=language, description=description)
    return experience


@transaction.atomic
def propose(*, words: str, language: str, by: Person, now: datetime) -> Experience:
    """The experience that goes by those words, or a new one for a coordinator to look at."""
    known = experience_called(words)
    if known is not None:
        return known
    experience = Experience.objects.create(
        slug=free_slug(Experience, words), proposed_by=by, proposed_at=now
    )
    _label(experience, label=words, language=language, description="")
    return experience


@transaction.atomic
def rename(
    *,
    experience: Experience,
    language: str,
    label: str,
    synonyms: Sequence[str],
    vague: Sequence[str] = (),
    description: str = "",
) -> None:
    """In that language it has this name, sentence and words, and no others. Raises WordsTaken."""
    _require_free(label, but=experience)
    experience.names.filter(language=language).delete()
    _label(experience, label=label, language=language, description=description)
    ExperienceName.objects.bulk_create(
        ExperienceName(experience=experience, language=language, text=text, is_vague=is_vague)
        for text, is_vague in _told([label, *synonyms], vague)[1:]
    )


@transaction.atomic
def place(*, experience: Experience, parent: Experience | None, now: datetime) -> None:
    """It is part of `parent` from now on, and somebody has looked at it. Raises WouldCircle."""
    if parent is not None and parent.pk in everything_under(experience):
        raise WouldCircle
    experience.parent = parent
    experience.reviewed_at = now
    experience.save(update_fields=["parent", "reviewed_at"])


@transaction.atomic
def merge(*, experience: Experience, into: Experience) -> None:
    """Its words lead to `into`, its groups and narrower things move there, and it is gone.

    Raises WouldCircle if `into` is the same or part of it.
    """
    if into.pk in everything_under(experience):
        raise WouldCircle
    for group in experience.groups.all():
        group.experiences.add(into)
    into.related.add(*experience.related.exclude(pk=into.pk))
    experience.children.update(parent=into)
    Experience.objects.filter(beside=experience).update(beside=into)
    known = set(into.names.values_list("language", "text"))
    for name in experience.names.all():
        if (name.language, name.text) not in known:
            into.names.create(language=name.language, text=name.text, is_vague=name.is_vague)
    ports.merge(experience=experience, into=into)
    experience.delete()


@transaction.atomic
def remove(*, experience: Experience) -> None:
    """It leaves the vocabulary. Raises InUse while groups or narrower things use it."""
    if experience.groups.exists() or experience.children.exists():
        raise InUse
    experience.delete()


def _term(term: dict[str, Any]) -> Experience:
    return Experience(slug=term["id"], mesh=term.get("mesh", ""), icd11=term.get("icd11", ""))


def _names(term: dict[str, Any], experience: Experience) -> Iterator[ExperienceName]:
    for language, words in term.items():
        if not isinstance(words, dict):
            continue
        told = _told([words["name"], *words.get("synonyms", [])], words.get("vague", []))
        for index, (text, is_vague) in enumerate(told):
            yield ExperienceName(
                experience=experience,
                language=language,
                text=text,
                is_label=index == 0,
                is_vague=is_vague,
                description=words.get("description", "") if index == 0 else "",
            )


def _label(experience: Experience, *, label: str, language: str, description: str) -> None:
    ExperienceName.objects.create(
        experience=experience,
        language=language,
        text=label.strip(),
        description=description,
        is_label=True,
    )


def _require_free(label: str, *, but: Experience | None = None) -> None:
    # Two things with one name could not be told apart; as a synonym, a word may lead to both.
    named = ExperienceName.objects.filter(text__iexact=label.strip(), is_label=True)
    if but is not None:
        named = named.exclude(experience=but)
    if named.exists():
        raise WordsTaken


def _told(telling: Sequence[str], vague: Sequence[str]) -> list[tuple[str, bool]]:
    """Each text once, and whether it is only vague; what is telling as well is not."""
    known = _once(telling)
    return [(text, index >= len(known)) for index, text in enumerate(_once([*known, *vague]))]


def _once(texts: Sequence[str]) -> list[str]:
    """Each text once, as first written, whatever its capitals; the order stays."""
    seen: dict[str, str] = {}
    for text in texts:
        if text.strip():
            seen.setdefault(text.strip().casefold(), text.strip())
    return list(seen.values())
