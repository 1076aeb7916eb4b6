"""The training modules as they are written down in data/training: sections to read, questions, and why each answer."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent.parent / "data" / "training"
# The order in which they build on each other; the first names the role, the last how it ends.
MODULES: Final = (
    "role", "ground-rules", "equal-time", "distress", "crisis", "confidentiality", "endings",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A paragraph, a list, or words to say: `kind` is text, list or say."""

    kind: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Option:
    """One answer to a question: its words, whether it is right, and why."""

    key: str
    text: str
    is_right: bool
    why: str


@dataclass(frozen=True)
class Question:
    """One question of a knowledge check; exactly one of its options is right."""

    key: str
    ask: str
    options: Sequence[Option]

    def option(self, key: str) -> Option | None:
        return next((each for each in self.options if each.key == key), None)


@dataclass(frozen=True)
class Module:
    """A short module: to read first, then to check. `counts_from` is the oldest version that still counts."""

    slug: str
    title: str
    about: str
    minutes: int
    version: int
    counts_from: int
    sections: Sequence[Section]
    questions: Sequence[Question]
    sources: Sequence[str]
    reviewed_by: str

    def question_keys(self) -> frozenset[str]:
        return frozenset(each.key for each in self.questions)


def modules(language: str) -> list[Module]:
    """All seven in order, in that language or else in English."""
    return [module(slug, language) for slug in MODULES]


@cache
def module(slug: str, language: str) -> Module:
    """One module; raises KeyError for a slug that is none. Versions and keys are the same in all languages."""
    if slug not in MODULES:
        raise KeyError(slug)
    # Only a folder that exists is ever opened: a language code comes from a browser.
    known = {path.name for path in DATA.iterdir() if path.is_dir()}
    short = language.split("-", maxsplit=1)[0]
    folder = short if short in known else "en"
    written = tomllib.loads((DATA / folder / f"{slug}.toml").read_text(encoding="utf-8"))
    return _module(slug, written)


def _module(slug: str, written: dict[str, Any]) -> Module:
    return Module(
        slug=slug,
        title=written["title"],
        about=written["about"],
        minutes=written["minutes"],
        version=written["version"],
        counts_from=written["counts_from"],
        sections=[Section(each["heading"], _blocks(each["text"])) for each in written["sections"]],
        questions=[_question(each) for each in written["questions"]],
        sources=written["sources"],
        reviewed_by=written["reviewed_by"],
    )


def _question(written: dict[str, Any]) -> Question:
    options = [
        Option(str(number), each["text"], each.get("right", False), each["why"])
        for number, each in enumerate(written["options"], start=1)
    ]
    return Question(written["key"], written["ask"], options)


def _blocks(text: str) -> list[Block]:
    """Paragraphs stand apart by an empty line; lines that begin with "- " are a list, with "> " words to say."""
    blocks = []
    for part in text.strip().split("\n\n"):
        lines = [line.strip() for line in part.splitlines()]
        if all(line.startswith("- ") for line in lines):
            blocks.append(Block("list", [line[2:] for line in lines]))
        elif all(line.startswith("> ") for line in lines):
            blocks.append(Block("say", [line[2:] for line in lines]))
        else:
            blocks.append(Block("text", [" ".join(lines)]))
    return blocks
