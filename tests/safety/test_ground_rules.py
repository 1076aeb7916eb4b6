"""The default words of a new group: complete in every language, short, and plain."""

import re
import tomllib
from pathlib import Path

import pytest

from hearthside.groups.enums import Format

DATA = Path(__file__).resolve().parents[2] / "src" / "hearthside" / "groups" / "data"
LANGUAGES = ["en", "es"]


def rules(language: str) -> list[tuple[str, str]]:
    text = (DATA / f"ground_rules.{language}.md").read_text(encoding="utf-8")
    found = re.findall(r"^## (.+)\n(.+)\n", text, flags=re.MULTILINE)
    assert len(found) == text.count("##")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_a_heading_and_one_to_three_sentences(language: str) -> None:
    for heading, text in rules(language):
        assert len(heading) <= 60
        assert 1 <= len(re.findall(r"[.!?](?=\s|$)", text)) <= 3, heading


def test_every_language_has_the_same_rules() -> None:
    assert len({len(rules(language)) for language in LANGUAGES}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_tells_a_newcomer_what_will_happen_in_three_lines(language: str) -> None:
    path = DATA / f"what_will_happen.{language}.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(words) == set(Format.values)
    for said in words.values():
        assert set(said) == {"first_visit", "meeting"}
        assert len(said["first_visit"]) == 3
        assert all(len(line) <= 120 for line in said["first_visit"])
        assert said["meeting"].strip()
