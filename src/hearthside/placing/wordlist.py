"""Easy words, by language, of which the code is made with which two people find each other."""

import secrets
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "data" / "words.toml"
# Three of about 240 words are 14 million codes, each good for three days and for one person.
WORDS_IN_A_CODE: Final = 3


def new_code(*, language: str) -> str:
    """Three words in the language, or in English where it has no list: "amber-kettle-robin"."""
    lists = _lists()
    words = lists.get(language.partition("-")[0]) or lists["en"]
    return "-".join(secrets.choice(words) for _ in range(WORDS_IN_A_CODE))


def as_code(typed: str) -> str:
    """What was typed as a code is written: capitals, accents, commas and spaces do not matter."""
    plain = unicodedata.normalize("NFKD", typed).casefold()
    letters = "".join(
        one if one.isalpha() else " " for one in plain if not unicodedata.combining(one)
    )
    return "-".join(letters.split())


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {language: tuple(words.split()) for language, words in read.items()}
