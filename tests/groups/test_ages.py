"""Laws of who may be in a group by age, whatever numbers a group gives."""

from hypothesis import given
from hypothesis import strategies as st

from hearthside.groups.ages import (
    ADULT_FROM,
    YOUNG_FROM_LEAST,
    YOUNG_UNTIL_MOST,
    Ages,
)

LEAST = st.integers(0, 100)
MOST = st.none() | st.integers(0, 120)
AGES = st.builds(Ages, LEAST, MOST)
PEOPLE = st.integers(0, 120)


@given(AGES, PEOPLE, PEOPLE)
def test_no_group_within_the_rule_has_both_a_child_and_an_older_adult(
    ages: Ages, one: int, other: int
) -> None:
    if ages.is_within_rule and ages.admits(one) and one < ADULT_FROM and ages.admits(other):
        assert YOUNG_FROM_LEAST <= other <= YOUNG_UNTIL_MOST


@given(AGES, PEOPLE)
def test_a_group_that_is_not_for_young_people_takes_no_child(ages: Ages, age: int) -> None:
    if not ages.is_young and age < ADULT_FROM:
        assert not ages.admits(age)


@given(AGES, AGES, PEOPLE)
def test_no_guest_comes_to_a_group_that_would_not_take_them(
    host: Ages, guests: Ages, age: int
) -> None:
    if (host.is_young or guests.is_young) and host.takes_all_of(guests) and guests.admits(age):
        assert host.admits(age)


@given(AGES, AGES)
def test_children_are_never_guests_of_adults_nor_adults_of_children(
    host: Ages, guests: Ages
) -> None:
    if host.is_young != guests.is_young:
        assert not host.takes_all_of(guests)


@given(MOST)
def test_a_group_that_names_no_age_is_for_adults(most: int | None) -> None:
    if most is None or most >= ADULT_FROM:
        assert Ages(0, most).lower == ADULT_FROM
        assert not Ages(0, most).is_young


def test_the_bounds_of_the_rule_are_inside_it() -> None:
    assert Ages(YOUNG_FROM_LEAST, YOUNG_UNTIL_MOST).is_within_rule
    assert not Ages(YOUNG_FROM_LEAST - 1, 17).is_within_rule
    assert not Ages(14, YOUNG_UNTIL_MOST + 1).is_within_rule
    assert not Ages(14, None).is_within_rule
    assert not Ages(14, 60).is_within_rule
    assert not Ages(0, 17).is_within_rule
    assert Ages(18, 60).is_within_rule
