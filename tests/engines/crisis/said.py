"""What people might write: drawn at random, and made unreadable on purpose or in haste."""

from hypothesis import strategies as st

_SAID = """
i want to die kill myself a an end it all not never dont suicide pills tonight k i l l he she my wife
gun voices blood years ago lol film if you are cutting overdose knife baby
"""
WORDS = _SAID.split()
HIDDEN = "\u200b\u00ad\u0301"
_LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "$", "t": "7"})

SENTENCES = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def hidden(text: str) -> str:
    """The text with a letter that nobody sees after each."""
    return "".join(one + HIDDEN[place % 2] for place, one in enumerate(text))


def in_figures(text: str) -> str:
    """The text with figures and signs for letters."""
    return text.translate(_LEET)


TEXTS = st.one_of(
    st.text(max_size=300),
    SENTENCES,
    SENTENCES.map(str.upper),
    SENTENCES.map(hidden),
    SENTENCES.map(in_figures),
    SENTENCES.map(lambda text: text.replace(" ", "")),
    SENTENCES.map(lambda text: "".join(letter * 3 for letter in text)),
)
