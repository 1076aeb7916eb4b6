"""Did you mean: what is suggested, with which words, and what never is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerkit.matching.reading.evidence import Sign
from peerkit.matching.reading.suggesting import Found, blend, group_of, voice_of
from tests.engines.matching.seed import lexicon, rows

LETTERS = {
    "My girlfriend keeps texting a man from her office and lying about where she goes at night. I "
    "found the messages and now we fight about trust every weekend.": "relationships",
    "My kid screams and throws things when I say no, and my mother in law says I spoil him. I do "
    "not know what to do with him any more.": "parenting",
    "I wake up and cannot see the point of any of it. I do not eat much, I cry in the shower, and "
    "nothing I used to enjoy makes me feel anything now.": "depression",
}
NEUTRAL = (
    """I put the onions in the pan and let them brown slowly, then I add carrots, potatoes and a
    litre of water, and leave it to simmer for an hour before tasting.""",
    """The train leaves at nine from platform four and arrives in the city at noon, please bring
    your tickets and a warm coat because it may rain on the way back.""",
    """Our choir sings on Thursdays in the old hall behind the library, the roof was mended in spring
    and the piano has been tuned for the concert in June.""",
)


@pytest.mark.parametrize(("letter", "meant"), LETTERS.items())
def test_a_long_letter_is_weighed_as_a_whole(letter: str, meant: str) -> None:
    assert meant in [found.term_id for found in lexicon("en").suggest(letter)]


def test_a_letter_without_a_name_in_it_is_asked_about_and_never_assumed() -> None:
    letter = next(text for text, meant in LETTERS.items() if meant == "parenting")
    assert lexicon("en").understand(letter).experiences == ()
    found = lexicon("en").suggest(letter)[0]
    assert found.term_id == "parenting"
    assert 0.6 <= found.certainty < 0.95
    assert all(word in letter.lower() for word in found.words.replace(",", "").split())


@pytest.mark.parametrize("text", NEUTRAL)
def test_a_long_text_about_nothing_we_know_is_not_understood(text: str) -> None:
    assert lexicon("en").understand(text).experiences == ()


def test_what_was_told_plainly_comes_first() -> None:
    suggested = lexicon("en").suggest("I have a stoma and panic attacks")
    assert {found.term_id for found in suggested[:2]} == {"stoma", "panic"}


def test_without_words_nothing_is_suggested() -> None:
    for text in ("", "hello", "...", "and the of", "help", "not alcohol", "I want to be happy"):
        assert lexicon("en").suggest(text) == ()


def test_no_more_is_suggested_than_was_asked_for() -> None:
    letter = "I have a stoma, panic attacks and debts"
    every = lexicon("en").suggest(letter, most=30)
    assert len(every) == 3
    for most in (0, 1, 2):
        assert lexicon("en").suggest(letter, most=most) == every[:most]


def test_spanish_is_read_by_rules_alone() -> None:
    text = "Tengo ansiedad y desde que murió mi madre no duermo"
    told = {found.term_id for found in lexicon("es").understand(text).experiences}
    assert {found.term_id for found in lexicon("es").suggest(text)} == told


def test_a_refusal_silences_the_words_it_refuses() -> None:
    letter = next(iter(LETTERS))
    for refused in ("not about relationships", "nothing about relationships please"):
        suggested = {found.term_id for found in lexicon("en").suggest(f"{letter} {refused}.", 5)}
        assert "relationships" not in suggested
        assert "breakup" not in suggested


NAMES = st.sampled_from([row["en"]["name"] for row in rows()])
PIECES = st.one_of(
    NAMES,
    NAMES.map(lambda name: f"not {name}"),
    NAMES.map(lambda name: f"nothing about {name}"),
    st.sampled_from([*LETTERS, "my husband drinks", "I drink", "no alcohol", "I can't cope"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=8).map(". ".join))
def test_what_is_refused_is_neither_understood_nor_suggested(text: str) -> None:
    book = lexicon("en")
    read = book.understand(text)
    refused = {found.term_id for found in read.not_wanted}
    assert not refused & {found.term_id for found in read.experiences}
    suggested = {found.term_id for found in book.suggest(text, most=30)}
    assert not suggested & refused
    unsaid = suggested - {found.term_id for found in read.experiences}
    assert not any(unsaid & book.tree.descendants(one) for one in refused)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "es"]))
def test_any_text_is_suggested_for_without_failing(text: str, language: str) -> None:
    for found in lexicon(language).suggest(text):
        assert found.words
        assert 0 < found.certainty <= 1


def test_a_group_is_told_once_by_the_narrowest_that_was_read() -> None:
    tree = lexicon("en").tree
    told = [Found("panic", "panic", 1.0), Found("social-anxiety", "shy", 0.9)]
    signs = [Sign("anxiety", 0.5, "fear"), Sign("sleep", 0.3, "night")]
    ranked = blend(told, signs, ("anxiety", "sleep"), tree, voice=1.0)
    assert [(found.term_id, found.certainty) for found in ranked] == [
        ("panic", 1.0),
        ("sleep", 0.3),
    ]
    quiet = blend(told, signs, ("anxiety", "sleep"), tree, voice=0.0)
    assert quiet[0].certainty == 0.5


def test_rules_have_the_first_word_in_a_sentence_and_less_in_a_letter() -> None:
    voices = [voice_of(length, is_explicit=True) for length in (0, 5, 20, 40, 200)]
    assert voices[:3] == [1.0, 1.0, 1.0]
    assert voices == sorted(voices, reverse=True)
    assert voice_of(5, is_explicit=False) < 1


def test_a_term_outside_every_group_stands_alone() -> None:
    tree = lexicon("en").tree
    assert group_of("panic", {"anxiety"}, tree) == "anxiety"
    assert group_of("stoma", {"anxiety"}, tree) == "stoma"
