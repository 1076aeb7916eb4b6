"""The real seed vocabulary, read into lexicons for the tests."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from peerkit import matching

VOCABULARY = Path(__file__).parents[3] / "src/hearthside/groups/data/vocabulary.toml"


@cache
def rows() -> list[dict[str, Any]]:
    """Return the terms as the file has them."""
    terms: list[dict[str, Any]] = tomllib.loads(VOCABULARY.read_text("utf-8"))["terms"]
    return terms


@cache
def lexicon(language: str) -> matching.Lexicon:
    """Return the lexicon of one language."""
    return matching.Lexicon([_term(row, language) for row in rows()], language)


def _term(row: dict[str, Any], language: str) -> matching.Term:
    words = row[language]
    return matching.Term(
        id=row["id"],
        parent=row.get("parent", ""),
        names=(words["name"], *words["synonyms"]),
        related=tuple(row.get("related", ())),
        beside=row.get("beside", ""),
        vague=tuple(words.get("vague", ())),
    )
