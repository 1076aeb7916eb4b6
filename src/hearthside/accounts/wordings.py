"""The words that ship with accounts, by language: what each consent says, and gentle pseudonyms."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hearthside.accounts.enums import Purpose

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Wording:
    """What one consent says in one language, and what follows when it is taken back."""

    purpose: Purpose
    version: str
    title: str
    text: tuple[str, ...]
    label: str
    withdraw: str


def wording(purpose: Purpose, *, language: str) -> Wording:
    """The words in force; English where a language has none."""
    return _wordings(_known(language))[purpose]


def suggested(*, language: str, chance: Random, count: int) -> list[str]:
    """Some made-up pseudonyms, such as "quiet-kettle"; none twice."""
    words = _pseudonyms()[_known(language)]
    found: dict[str, None] = {}
    while len(found) < count:
        name = words["order"].format(
            first=chance.choice(words["first"]), second=chance.choice(words["second"])
        )
        found[name] = None
    return list(found)


def _known(language: str) -> str:
    base = language.partition("-")[0]
    return base if (DATA / f"consents.{base}.toml").is_file() else "en"


@cache
def _wordings(language: str) -> dict[Purpose, Wording]:
    read = tomllib.loads((DATA / f"consents.{language}.toml").read_text(encoding="utf-8"))
    return {
        purpose: Wording(
            purpose=purpose, **{**read[purpose.value], "text": tuple(read[purpose.value]["text"])}
        )
        for purpose in Purpose
    }


@cache
def _pseudonyms() -> dict[str, Any]:
    return tomllib.loads((DATA / "pseudonyms.toml").read_text(encoding="utf-8"))
