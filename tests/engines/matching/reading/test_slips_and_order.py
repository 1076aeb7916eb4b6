"""One slip in a long word and another order of clauses change nothing."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from peerkit.matching.reading.tongues import TONGUES
from peerkit.matching.reading.words import stem_of, words
from tests.engines.matching.seed import lexicon, rows

# Clauses that lean on no other: each names its own people.
CLAUSES = {
    "en": [
        "my mum died", "I have panic attacks", "I lost my job", "I live with chronic pain",
        "I can't stop gambling", "my husband drinks", "I am trans", "we are in debt",
        "I had a miscarriage", "I care for my father", "not alcohol", "nothing about religion",
        "on Tuesday evenings",
    ],
    "es": [
        "murió mi madre", "tengo ansiedad", "perdí mi trabajo", "tengo dolor crónico",
        "no puedo dejar de apostar", "mi marido bebe", "tengo deudas", "no quiero alcohol",
    ],
}  # fmt: skip
LONG = [
    (row["en"]["name"], row["id"])
    for row in rows()
    if row["en"]["name"].isalpha() and len(row["en"]["name"]) >= 6
]
STEMS = {
    word.text: word.stem
    for row in rows()
    for name in (row["en"]["name"], *row["en"]["synonyms"], *row["en"].get("vague", ()))
    for word in words(name, TONGUES["en"])
}
SLIPS = ("left out", "doubled", "swapped", "another")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["en", "es"]), st.data())
def test_the_order_of_clauses_does_not_matter(language: str, data: st.DataObject) -> None:
    said = data.draw(st.lists(st.sampled_from(CLAUSES[language]), max_size=6, unique=True))
    turned = data.draw(st.permutations(said))
    for joint in (". ", ", "):
        one = lexicon(language).understand(joint.join(said))
        two = lexicon(language).understand(joint.join(turned))
        assert _ids(one.experiences) == _ids(two.experiences)
        assert _ids(one.not_wanted) == _ids(two.not_wanted)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(LONG), st.sampled_from(SLIPS), st.integers(1, 30), st.sampled_from("aeinrstz")
)
def test_one_slip_in_a_word_of_six_letters_keeps_the_reading(
    name: tuple[str, str], slip: str, place: int, letter: str
) -> None:
    word, term = name
    slipped = _slipped(word, slip, place % (len(word) - 1) or 1, letter)
    assume(_is_clear(slipped.casefold(), word.casefold()))
    read = lexicon("en").understand(f"I live with {slipped}")
    assert term in _ids(read.experiences), slipped


def _slipped(word: str, slip: str, at: int, letter: str) -> str:
    if slip == "left out":
        return word[:at] + word[at + 1 :]
    if slip == "doubled":
        return word[: at + 1] + word[at:]
    if slip == "swapped":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + letter + word[at + 1 :]


def _is_clear(slipped: str, word: str) -> bool:
    """Tell slips that point to one word only: "harding" is hard, "hoaring" may be hearing."""
    near = {stem for other, stem in STEMS.items() if OSA.distance(slipped, other) <= 1}
    stem = stem_of(slipped, "english")
    return near <= {STEMS[word]} and (stem == STEMS[word] or stem not in STEMS.values())


def _ids(some: tuple[object, ...]) -> set[str]:
    return {str(getattr(found, "term_id", "")) for found in some}
