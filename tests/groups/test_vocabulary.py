"""The seed vocabulary is sound: one tree, two whole languages, no word that leads astray."""

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from peerkit.matching.reading.words import fold
from tests.engines.matching.seed import VOCABULARY, lexicon, rows

IDS = {row["id"] for row in rows()}


def test_ids_are_unique_slugs() -> None:
    counts = Counter(row["id"] for row in rows())
    assert [slug for slug, count in counts.items() if count > 1] == []
    assert [slug for slug in counts if not re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)] == []


def test_it_is_a_tree_of_branches_and_no_more_than_two_steps_below() -> None:
    tree = lexicon("en").tree
    branches = [row["id"] for row in rows() if "parent" not in row]
    assert 12 <= len(branches) <= 20
    for row in rows():
        line = tree.ancestors(row["id"])
        assert set(line) <= IDS
        assert row["id"] not in line
        assert len(line) <= 2
        assert row["id"] in branches or line[-1] in branches


def test_terms_only_point_to_terms() -> None:
    for row in rows():
        assert set(row.get("related", ())) <= IDS - {row["id"]}
        assert row.get("beside", row["id"]) in IDS


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_language_is_complete(language: str) -> None:
    for row in rows():
        words = row[language]
        assert words["name"]
        assert words["name"][0].isupper()
        assert words["description"].endswith(".")
        assert len(words["description"]) <= 120
        assert len(words["synonyms"]) >= 4
        names = [fold(name) for name in (words["name"], *words["synonyms"])]
        assert len(names) == len(set(names)), row["id"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_name_claims_two_terms_that_are_not_related(language: str) -> None:
    claims = defaultdict(set)
    for row in rows():
        words = row[language]
        for name in (words["name"], *words["synonyms"], *words.get("vague", ())):
            claims[fold(name)].add(row["id"])
    shared = {name: terms for name, terms in claims.items() if len(terms) > 1}
    near = lexicon(language).tree.near
    assert {
        name: terms
        for name, terms in shared.items()
        if not all(two in near(one) for one, two in combinations(sorted(terms), 2))
    } == {}


def test_codes_look_like_codes() -> None:
    for row in rows():
        assert re.fullmatch(r"D\d{6}(\d{3})?", row.get("mesh", "D000000"))
        assert re.fullmatch(r"[0-9A-Z]{4}(\.[0-9A-Z]{1,2})?", row.get("icd11", "6A70"))
    meshes = Counter(row["mesh"] for row in rows() if "mesh" in row)
    assert [code for code, count in meshes.items() if count > 1] == []


def test_words_that_label_people_are_not_in_what_is_shown() -> None:
    shown = " ".join(fold(row["en"]["name"] + " " + row["en"]["description"]) for row in rows())
    labels = (
        r"\b(suffer\w*|victims?|addicts?|alcoholics?|schizophrenics?|committed|abnormal|obese)\b"
    )
    assert re.findall(labels, shown) == []


def test_the_file_names_its_sources() -> None:
    head = VOCABULARY.read_text("utf-8").partition("[[terms]]")[0]
    assert "Medical Subject Headings" in head
