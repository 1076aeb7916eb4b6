"""A place is read only where somebody asks to be near it, and only if there are groups there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.matching import Free, Named, Towns
from tests.engines.matching.seed import lexicon

TOWNS = Towns(["Leeds", "Bradford", "Reading", "Newcastle upon Tyne", "Le\u00f3n", "Keighley, UK"])
ENGLISH = {
    "drinking too much, in Leeds": ("Leeds", "in leeds"),
    "I live near bradford and my mum died": ("Bradford", "near bradford"),
    "anxiety in central Leeds, evenings": ("Leeds", "in central leeds"),
    "I'm from Bradford": ("Bradford", "from bradford"),
    "just moved to Leeds and lonely": ("Leeds", "moved to leeds"),
    "not far from Newcastle upon Tyne": ("Newcastle upon Tyne", "not far from newcastle upon tyne"),
    "close to Keighley": ("Keighley", "close to keighley"),
    "a group in Reading": ("Reading", "in reading"),
    "born in Leeds, now in Bradford": ("Bradford", "in bradford"),
}
NOWHERE = [
    "my mum died in Leeds",
    "I grew up in Bradford",
    "anything but not in Leeds",
    "I am interested in reading",
    "we cried in reading aloud",
    "Leeds",
    "my brother lives in Bradford",
    "in York",
    "",
]
SPANISH = {
    "vivo en Le\u00f3n y bebo": ("Le\u00f3n", "en le\u00f3n"),
    "cerca de leon": ("Le\u00f3n", "cerca de leon"),
}


@pytest.mark.parametrize(("said", "meant"), ENGLISH.items())
def test_a_place_that_somebody_asks_to_be_near_is_read(said: str, meant: tuple[str, str]) -> None:
    assert lexicon("en").understand(said, TOWNS).place == Named(*meant)


@pytest.mark.parametrize(("said", "meant"), SPANISH.items())
def test_a_place_in_spanish_is_read(said: str, meant: tuple[str, str]) -> None:
    assert lexicon("es").understand(said, TOWNS).place == Named(*meant)


@pytest.mark.parametrize("said", NOWHERE)
def test_a_place_in_a_story_or_without_groups_is_not_read(said: str) -> None:
    assert lexicon("en").understand(said, TOWNS).place is None


@pytest.mark.parametrize("said", ["mi madre muri\u00f3 en Le\u00f3n", "nac\u00ed en Le\u00f3n"])
def test_a_place_in_a_spanish_story_is_not_read(said: str) -> None:
    assert lexicon("es").understand(said, TOWNS).place is None


def test_the_words_of_a_place_mean_nothing_else() -> None:
    towns = Towns(["Friday Harbour", "Widow's Cross"])
    read = lexicon("en").understand("alcohol, near Friday Harbour", towns)
    assert (read.place, read.free) == (Named("Friday Harbour", "near friday harbour"), ())
    assert [one.term_id for one in read.experiences] == ["alcohol"]
    assert lexicon("en").understand("in Widow's Cross", towns).experiences == ()


def test_without_towns_the_rest_is_read_as_ever() -> None:
    said = "grief in Leeds, Friday evenings"
    with_towns, without = (lexicon("en").understand(said, *some) for some in ([TOWNS], []))
    assert without.place is None
    assert with_towns.experiences == without.experiences
    assert with_towns.free == without.free == (Free(4, 1020, 1380),)


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_is_read_with_any_towns(said: str, names: list[str]) -> None:
    found = lexicon("en").understand(said, Towns(names)).place
    assert found is None or any(found.name in Towns.called(name) for name in names)


def test_a_place_is_read_by_any_part_of_its_name_and_a_whole_name_goes_first() -> None:
    assert Towns.called("Headingley, Leeds,") == ("Headingley, Leeds,", "Headingley", "Leeds")
    towns = Towns(["Headingley, Leeds", "LEEDS", "Burley"])
    asked = {said: lexicon("en").understand(f"drinking, in {said}", towns).place
             for said in ("Leeds", "Headingley Leeds", "Headingley")}  # fmt: skip
    names = {said: place and place.name for said, place in asked.items()}
    assert names == {
        "Leeds": "LEEDS", "Headingley Leeds": "Headingley, Leeds", "Headingley": "Headingley",
    }  # fmt: skip


@given(st.lists(st.text("ab, ", max_size=8), max_size=4), st.text("ab, ", max_size=8))
def test_towns_hold_what_their_places_are_called_and_nothing_else(
    names: list[str], asked: str
) -> None:
    assert (asked in Towns(names)) == any(asked in Towns.called(name) for name in names)
