"""A search as a value: sealed for the address bar, changed one thing at a time."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hearthside.finder.enums import IAm, Only, Way
from hearthside.finder.sealed import LASTS, opened, sealed
from hearthside.finder.search import KM, Search, in_columns
from peerkit.matching import Free
from tests.world import NOW

SLUGS = st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), max_size=4, unique=True).map(tuple)
SPANS = st.builds(Free, st.integers(0, 6), st.integers(0, 700), st.integers(701, 1440))
SEARCHES = st.builds(
    Search,
    words=st.text(max_size=80),
    about=SLUGS,
    not_about=SLUGS,
    free=st.lists(SPANS, max_size=6, unique=True).map(tuple),
    ways=st.lists(st.sampled_from([str(way) for way in Way]), unique=True).map(tuple),
    languages=SLUGS,
    access=SLUGS,
    only=st.sampled_from(["", *map(str, Only)]),
    place=st.text(max_size=20),
    km=st.sampled_from(KM),
    age=st.none() | st.integers(5, 120),
    i_am=st.lists(st.sampled_from([str(one) for one in IAm]), unique=True).map(tuple),
)


@given(SEARCHES)
def test_a_sealed_search_comes_out_as_it_went_in(search: Search) -> None:
    assert opened(sealed(search, now=NOW), now=NOW + timedelta(minutes=5)) == search


@given(SEARCHES)
def test_after_two_hours_nobody_can_open_it(search: Search) -> None:
    word = sealed(search, now=NOW)
    assert opened(word, now=NOW + LASTS - timedelta(seconds=1)) == search
    assert opened(word, now=NOW + LASTS + timedelta(seconds=1)) is None


@given(SEARCHES, st.integers(0, 60), st.sampled_from("ABCxyz019-_"))
def test_a_word_that_was_tampered_with_opens_nothing(search: Search, at: int, letter: str) -> None:
    word = sealed(search, now=NOW)
    other = word[:at] + letter + word[at + 1 :]
    assert other == word or opened(other, now=NOW) is None


@given(st.text(max_size=300))
def test_no_made_up_word_is_ever_an_error(word: str) -> None:
    assert opened(word, now=NOW) is None


@given(SEARCHES, SEARCHES, SEARCHES)
def test_new_words_never_undo_what_was_chosen_by_hand(
    by_hand: Search, before: Search, now: Search
) -> None:
    after = by_hand.reworded(before=before, now=now)
    for key in ("about", "free", "ways", "languages", "access"):
        chosen = set(getattr(by_hand, key)) - set(getattr(before, key))
        assert set(getattr(after, key)) == chosen | set(getattr(now, key))
    own = by_hand.place if by_hand.place != before.place else ""
    assert after.place == (own or now.place)
    assert (after.age, after.i_am) == (by_hand.age, by_hand.i_am)


@given(SEARCHES)
def test_taking_one_thing_away_leaves_the_rest(search: Search) -> None:
    for slug in search.about:
        less = search.without(f"about:{slug}")
        assert slug not in less.about
        assert replace(less, about=search.about) == search
    assert search.without("place:").place == ""
    assert search.without("nonsense") == search


def test_mornings_read_in_a_text_tick_the_column_of_mornings() -> None:
    assert in_columns([Free(1, 360, 720)]) == (Free(1, 0, 720),)
    assert in_columns([Free(2, 0, 1440)]) == (
        Free(2, 0, 720),
        Free(2, 720, 1080),
        Free(2, 1020, 1440),
    )
    assert in_columns([Free(3, 1110, 1440)]) == (Free(3, 1110, 1440),)
