"""The words of cards, lines and hints: short, plain in both languages, and naming no way of dying."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise, product
from types import SimpleNamespace
from typing import Final
from uuid import UUID

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from hearthside.rooms.queries.crisis import Help, Language
from hearthside.safety import helplines
from hearthside.safety.helplines import Helpline, Kind
from hearthside.safety.queries.lines import Nearest

KINDS: Final = ("now", "abuse", "medical", "reality", "harm", "other", "past", "bereaved")
ACTS: Final = ("passive", "active", "plan", "attempt", "self_harm")
PARTS: Final = ("cards", "help", "coach", "panel", "words")
LANGUAGES: Final = ("en", "es")
MOST_WORDS = 90
HARDEST_GRADE = 6.0
HARDEST_SPANISH = 65.0
# Ways and means of dying or of self-harm, as stems.
METHODS: Final = re.compile(
    r"\b(pill|tablet|overdos|rope|noose|hang|jump|bridge|gun|shoot|knife|blade|razor|cut|drown|poison|gas|train|"
    r"pastilla|sobredosis|cuerda|ahorc|colg|salt|puente|pistola|dispar|cuchill|cort|veneno|ahog)\w*", re.IGNORECASE
)  # fmt: skip
BLOCKS: Final = {"p", "h2", "li", "button", "summary", "label", "span", "section", "div", "ul"}
VOID: Final = {"input", "br"}


def the_help() -> Help:
    lines = helplines.for_country("GB")
    return Help(
        spoken=(Language("en", "English"),),
        read=(Language("en", "English"),),
        is_tender=False,
        nearest=Nearest(
            "GB", "United Kingdom", lines.emergency[0], _first(lines, Kind.SUICIDE_CRISIS)
        ),
        abuse=_first(lines, Kind.DOMESTIC_ABUSE),
    )


def _first(lines: helplines.Lines, kind: Kind) -> Helpline:
    return next(each for each in lines.lines if each.kind is kind)


def rendered(part: str, language: str) -> str:
    room = SimpleNamespace(pk=UUID(int=1), group_id=UUID(int=2), is_side=False)
    with translation.override(language):
        return render_to_string(
            f"rooms/crisis/{part}.html", {"crisis": the_help(), "room": room, "leads": False}
        )


class Sentences(HTMLParser):
    """What stands in a piece of a page, block by block, names of services among it."""

    def __init__(self, *, without: set[tuple[str, str]]) -> None:
        super().__init__()
        self.without, self.blocks = without, [""]
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        told = {name: value or "" for name, value in attrs}
        is_out = any(
            name in told and value not in told[name].split() for name, value in self.without
        )
        self._open.append((tag, is_out))
        if tag in BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self._open.pop()
        if tag in BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._is_out():
            self.blocks[-1] += data

    def _is_out(self) -> bool:
        return any(is_out for _tag, is_out in self._open)

    def said(self) -> list[str]:
        return [" ".join(block.split()) for block in self.blocks if re.search(r"[^\W\d_]", block)]


def read(html: str, *without: tuple[str, str]) -> list[str]:
    parser = Sentences(without=set(without))
    parser.feed(html)
    parser.close()
    return parser.said()


def cards(language: str) -> Iterator[tuple[str, list[str]]]:
    """Every card as it may be shown: whole or short, before or after sending, for each act."""
    html = rendered("cards", language)
    for kind in KINDS:
        card = re.search(rf'<section[^>]*data-card="{kind}".*?</section>', html, re.DOTALL)
        assert card, kind
        held = "no" if kind in ("other", "past", "bereaved") else "yes"
        for length, act in product(("whole", "short"), ACTS if kind == "now" else ("",)):
            shown = [
                ("data-length", length),
                ("data-held", held),
                *([("data-noticed", act)] if act else []),
            ]
            yield f"{kind} {act} {length}".replace("  ", " "), read(card[0], *shown)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*", text)


def syllables(word: str) -> int:
    """English, by groups of vowels: a silent e at the end is none, and every word has one."""
    found = len(
        re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$", "", word.lower()))
    )
    return max(1, found)


def silabas(word: str) -> int:
    """Spanish: two strong vowels, or a weak one with an accent, are two syllables."""
    found = 0
    for group in re.findall(r"[aeiouáéíóúü]+", re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower())):
        found += 1 + sum(_parts(a, b) for a, b in pairwise(group))
    return max(1, found)


def _parts(one: str, other: str) -> bool:
    return (one in "aeoáéó" and other in "aeoáéó") or one in "íú" or other in "íú"


def grade(blocks: list[str]) -> float:
    """Flesch-Kincaid (Kincaid et al. 1975); a block that ends without a full stop is a sentence too."""
    said = sum(max(1, len(re.findall(r"[.?!:]+(?=[\s”\"]|$)", block))) for block in blocks)
    spoken = [word for block in blocks for word in words(block)]
    return 0.39 * len(spoken) / said + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


def ease(blocks: list[str]) -> float:
    """Reading ease of Spanish (Fernández Huerta 1959): 100 is easiest."""
    said = sum(max(1, len(re.findall(r"[.?!:]+(?=[\s”\"]|$)", block))) for block in blocks)
    spoken = [word for block in blocks for word in words(block)]
    return 206.84 - 60 * sum(map(silabas, spoken)) / len(spoken) - 1.02 * len(spoken) / said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_has_at_most_ninety_words_with_its_numbers_and_buttons(language: str) -> None:
    for name, blocks in cards(language):
        count = sum(len(words(block)) + len(re.findall(r"\d[\d ]*", block)) for block in blocks)
        assert 10 < count <= MOST_WORDS, (name, count)


def test_a_second_card_is_shorter() -> None:
    told = {name: len(words(" ".join(blocks))) for name, blocks in cards("en")}
    for name, count in told.items():
        if name.endswith("whole"):
            assert told[name.replace("whole", "short")] <= count
    assert told["now plan short"] < told["now plan whole"] * 0.75


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_plain_to_read(language: str) -> None:
    for name, blocks in cards(language):
        if language == "en":
            assert grade(blocks) <= HARDEST_GRADE, (name, grade(blocks), blocks)
        else:
            assert ease(blocks) >= HARDEST_SPANISH, (name, ease(blocks), blocks)


@pytest.mark.parametrize(("part", "language"), list(product(PARTS, LANGUAGES)))
def test_lines_hints_and_sentences_are_plain_as_well(part: str, language: str) -> None:
    blocks = read(rendered(part, language))
    if language == "en":
        assert grade(blocks) <= HARDEST_GRADE, (grade(blocks), blocks)
    else:
        assert ease(blocks) >= HARDEST_SPANISH, (ease(blocks), blocks)


@pytest.mark.parametrize(("part", "language"), list(product(PARTS, LANGUAGES)))
def test_no_way_of_dying_is_named_nothing_is_promised_and_nobody_is_shamed(
    part: str, language: str
) -> None:
    told = " ".join(read(rendered(part, language)))
    assert not METHODS.search(told)
    assert not re.search(
        r"\b(promise|contract|selfish|attention|weak|prometo|contrato|egoísta)\b",
        told,
        re.IGNORECASE,
    )
    assert not re.search(r"\b(partner|husband|wife|pareja|marido|esposa)\b", told, re.IGNORECASE)


def test_every_sentence_is_translated() -> None:
    names = {line.name for line in helplines.for_country("GB").lines}
    for part in PARTS:
        alike = set(read(rendered(part, "en"))) & set(read(rendered(part, "es")))
        assert not {each for each in alike if len(words(each)) > 3} - names, part


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_card_says_what_was_noticed_and_asks_one_question(language: str) -> None:
    for name, blocks in cards(language):
        asked = [
            block
            for block in blocks
            if "?" in block and "¿Qué palabras" not in block and "Which words" not in block
        ]
        screen = 1 if name.startswith("abuse") else 0
        soft = name.startswith(("past", "bereaved"))
        assert len(asked) == (1 if soft or name.endswith("whole") else 0) + screen, (name, asked)


def test_the_formulas_give_what_is_known_of_them() -> None:
    assert [
        syllables(word) for word in ("help", "people", "facilitator", "noticed", "are", "device")
    ] == [1, 2, 5, 2, 1, 2]
    assert [silabas(word) for word in ("ayuda", "día", "país", "quieres", "ahora", "cuidado")] == [
        3,
        2,
        2,
        2,
        3,
        3,
    ]
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45, abs=0.01)
