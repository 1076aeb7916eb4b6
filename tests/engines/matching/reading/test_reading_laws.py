"""What holds for every text and every vocabulary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.matching import Kinship, Lexicon, Term, Tree
from peerkit.matching.reading.tongues import TONGUES
from tests.engines.matching.seed import lexicon, rows

WORDS = st.sampled_from(
    [
        "not",
        "no",
        "without",
        "my",
        "mum",
        "husband",
        "drinks",
        "died",
        "sober",
        "online",
        "tuesday",
        "evening",
        "and",
        "or",
        "can't",
        "i",
        "anxiety",
        "religion",
        ",",
        ".",
        "women",
        "only",
        "in",
        "spanish",
        "été",
        "!?",
        "grief",
    ]
)
LONG_NAMES = {
    row["en"]["name"]: row["id"]
    for row in rows()
    if row["en"]["name"].isalpha() and len(row["en"]["name"]) >= 8
}
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))


@given(TEXTS, st.sampled_from(["en", "es"]))
def test_any_text_at_all_is_read_without_failing(text: str, language: str) -> None:
    read = lexicon(language).understand(text)
    known = {row["id"] for row in rows()}
    for found in (*read.experiences, *read.not_wanted):
        assert found.term_id in known
        assert found.words
        assert 0 < found.certainty <= 1
    for free in read.free:
        assert 0 <= free.weekday <= 6
        assert 0 <= free.from_minute < free.until_minute <= 1440


@given(TEXTS)
def test_the_same_text_is_always_read_alike(text: str) -> None:
    assert lexicon("en").understand(text) == lexicon("en").understand(text)
    assert lexicon("en").understand(text) == lexicon("en").understand(text.upper().lower())


@given(TEXTS)
def test_a_broader_term_is_never_told_beside_its_narrower_one(text: str) -> None:
    book = lexicon("en")
    told = {found.term_id for found in book.understand(text).experiences}
    assert not any(told & set(book.tree.ancestors(term)) for term in told)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_name_of_the_vocabulary_leads_to_its_term(language: str) -> None:
    book = lexicon(language)
    lost = [
        (row["id"], name)
        for row in rows()
        for name in (row[language]["name"], *row[language]["synonyms"])
        if row["id"] not in {found.term_id for found in book.understand(name).experiences}
    ]
    assert lost == []


@pytest.mark.parametrize("name", LONG_NAMES)
def test_one_slip_in_a_long_word_is_forgiven(name: str) -> None:
    slipped = name[:3] + name[4] + name[3] + name[5:]
    found = {one.term_id for one in lexicon("en").understand(f"about {slipped}").experiences}
    assert LONG_NAMES[name] in found


def test_a_language_nobody_taught_is_refused() -> None:
    with pytest.raises(KeyError):
        Lexicon([Term("grief", "", ("grief",))], "xx")


def test_a_very_long_text_is_read_in_part() -> None:
    assert (
        lexicon("en").understand("grief " + "la " * 5_000 + "anxiety").experiences[0].term_id
        == "grief"
    )


def test_nearer_kin_weighs_more() -> None:
    tree = Tree(
        {"widowed": "grief", "young widow": "widowed", "pet": "grief"}, {"grief": ("lonely",)}
    )
    near = tree.near("grief")
    order = ["grief", "widowed", "young widow", "lonely"]
    assert sorted(order, key=lambda term: -near[term].weight) == order
    assert tree.near("widowed")["grief"].kinship == Kinship.BROADER
    assert near["widowed"].weight > tree.near("widowed")["grief"].weight
    assert "pet" not in tree.near("widowed")


def test_a_circle_in_the_tree_does_not_trap_it() -> None:
    tree = Tree({"a": "b", "b": "a"})
    assert tree.ancestors("a") == ("b",)
    assert tree.descendants("a") == {"b"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_naming_a_person_alone_says_no_experience(language: str) -> None:
    people = [word for word, name in TONGUES[language].classes.items() if name.startswith("@")]
    assert [word for word in people if lexicon(language).understand(word).experiences] == []
