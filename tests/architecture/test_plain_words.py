"""Nothing that people read asks for more than six years of school, in English and in Spanish.

English: grade of Flesch and Kincaid (1975). Spanish: years of school by Crawford (1989). Both by textstat, which
counts syllables with a dictionary. A grade means something for a page, not for a label, so texts are judged by page.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import textstat
from babel.messages.pofile import read_po

ROOT: Final = Path(__file__).resolve().parents[2]
SITE: Final = ROOT / "src" / "hearthside"
HIGHEST_GRADE: Final = 6.0
# Fewer words than this are labels and buttons.
A_PAGE: Final = 60
NOT_SPOKEN: Final = re.compile(r"<[^>]+>|https?://\S+")
BLANK: Final = re.compile(r"%\(\w+\)[sd]|\{\w+\}")

Texts = dict[str, list[str]]


def spoken(words: str) -> str:
    """What is read aloud of a phrase, as a sentence with an end."""
    plain = BLANK.sub("five", NOT_SPOKEN.sub("", words)).strip()
    return plain if plain.endswith((".", "!", "?", ":", "…")) else f"{plain}."


def of_catalogue() -> tuple[Texts, Texts]:
    """The phrases of every page and file: English, Spanish."""
    english: Texts = defaultdict(list)
    spanish: Texts = defaultdict(list)
    with (SITE / "locale/es/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale="es")
    for message in catalogue:
        if not message.id:
            continue
        said = message.id if isinstance(message.id, str) else message.id[-1]
        told = message.string if isinstance(message.string, str) else (message.string or ("",))[-1]
        for place, _line in message.locations:
            english[place].append(spoken(said))
            spanish[place].append(spoken(told))
    return english, spanish


def of_training(language: str) -> Texts:
    folder = SITE / "groups/data/training" / language
    return {
        path.name: [spoken(one) for one in strings(tomllib.loads(path.read_text()))]
        for path in sorted(folder.glob("*.toml"))
    }


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name != "sources":
                yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def grade(text: str, language: str) -> float:
    textstat.set_lang("en_US" if language == "en" else language)
    return float(
        textstat.flesch_kincaid_grade(text) if language == "en" else textstat.crawford(text)
    )


def too_hard(texts: Texts, language: str) -> dict[str, float]:
    pages = {place: " ".join(said) for place, said in texts.items()}
    grades = {
        place: grade(text, language) for place, text in pages.items() if len(text.split()) >= A_PAGE
    }
    assert grades, "nothing was read"
    return {place: found for place, found in grades.items() if found > HIGHEST_GRADE}


def test_a_hard_page_would_be_found() -> None:
    hard = "Notwithstanding contractual obligations, organisational representatives necessarily deliberate. "
    assert too_hard({"page": [hard * 10]}, "en")
    dura = "Independientemente de responsabilidades institucionales, representantes organizacionales deliberan. "
    assert too_hard({"page": [dura * 10]}, "es")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_read_with_six_years_of_school(language: str) -> None:
    english, spanish = of_catalogue()
    assert too_hard(english if language == "en" else spanish, language) == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_training_is_read_with_six_years_of_school(language: str) -> None:
    assert too_hard(of_training(language), language) == {}
