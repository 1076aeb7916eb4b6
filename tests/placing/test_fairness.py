"""The panel that asks whether it is fair: right figures for many, and nothing about few."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Site
from hearthside.placing.enums import Ended
from hearthside.placing.models import Request
from hearthside.placing.queries import fairness
from hearthside.placing.queries.fairness import LEAST, Case, cell, told
from tests import world
from tests.placing import desk, people
from tests.world import NOW


def case(key: str, weeks: float = 1, *, was_invited: bool = False) -> Case:
    return Case(weeks, was_invited, key, "en", "", "Leeds")


def by_experience(one: Case) -> str:
    return one.experience


def test_the_figures_of_a_cell_are_the_median_the_ninety_and_the_share_invited() -> None:
    some = [case("a", weeks, was_invited=weeks > 10) for weeks in range(1, 21)]
    found = cell("a", some)
    assert (found.people, found.median, found.ninety, found.invited) == (20, 10.5, 18, 0.5)


def offered(key: str, yes: int, no: int) -> list[Case]:
    """So many people who were offered a place, and so many who were not."""
    return [case(key, was_invited=number < yes) for number in range(yes + no)]


@pytest.mark.parametrize(("yes", "no"), [(3, 51), (9, 30), (30, 9), (0, 40), (40, 0)])
def test_a_share_of_fewer_than_ten_or_of_all_but_a_few_is_not_told(yes: int, no: int) -> None:
    assert cell("a", offered("a", yes, no)).invited is None


def test_ten_who_were_offered_a_place_beside_ten_who_were_not_are_a_share() -> None:
    assert cell("a", offered("a", 10, 10)).invited == 0.5


def test_a_share_is_left_out_where_with_the_total_it_would_tell_of_few() -> None:
    # 36 of 86 were offered a place: without "b", three of 30 would be left over for "c".
    every = offered("a", 20, 13) + offered("b", 13, 10) + offered("c", 3, 27)
    part = told("", every, by_experience)
    assert {one.key: one.invited for one in part.cells} == {
        "a": pytest.approx(20 / 33),
        "b": None,
        "c": None,
    }


@given(
    st.dictionaries(
        st.text(max_size=3), st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6
    )
)
def test_no_share_of_few_can_be_worked_out_from_the_shares_beside_it(
    sizes: dict[str, tuple[int, int]],
) -> None:
    every = [one for key, (yes, no) in sizes.items() for one in offered(key, yes, no)]
    part = told("", every, by_experience)
    shown = {one.key: one.invited for one in part.cells if one.invited is not None}
    assert all(min(sizes[key]) >= LEAST for key in shown)
    left = [one for key, one in sizes.items() if key not in shown and any(one)]
    if shown and left:
        assert len(left) >= 2
        assert sum(yes for yes, _no in left) >= LEAST
        assert sum(no for _yes, no in left) >= LEAST


def test_a_cell_of_nine_is_hidden_and_one_beside_it_so_that_the_total_does_not_tell() -> None:
    every = [case("a")] * 9 + [case("b")] * 12 + [case("c")] * 30
    part = told("experience", every, by_experience)
    assert [one.key for one in part.cells] == ["c"]
    assert part.hidden == 21


def test_two_small_cells_hide_each_other_only_if_they_are_ten_together() -> None:
    few = [case("a")] * 3 + [case("b")] * 4 + [case("c")] * 11 + [case("d")] * 30
    assert [one.key for one in told("", few, by_experience).cells] == ["d"]
    enough = [case("a")] * 6 + [case("b")] * 4 + [case("c")] * 11
    part = told("", enough, by_experience)
    assert [one.key for one in part.cells] == ["c"]
    assert part.hidden == 10


def test_too_few_altogether_are_not_told_at_all() -> None:
    part = told("", [case("a")] * 9, by_experience)
    assert not part.is_told
    assert part.hidden == 0


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 40), max_size=8))
def test_nothing_about_fewer_than_ten_can_be_worked_out(sizes: dict[str, int]) -> None:
    every = [case(key) for key, size in sizes.items() for _number in range(size)]
    part = told("", every, by_experience)
    shown = sum(one.people for one in part.cells)
    left = len(every) - shown
    hidden = len(sizes) - len(part.cells)
    assert all(one.people >= LEAST for one in part.cells)
    if part.cells and hidden:
        assert left == part.hidden >= LEAST
        assert hidden >= 2


@pytest.mark.parametrize(
    ("age", "band"), [(None, ""), (17, "0-17"), (18, "18-25"), (60, "41-60"), (99, "61-120")]
)
def test_ages_are_told_in_bands(age: int | None, band: str) -> None:
    assert fairness.band(age) == band


def placed(request: Request, *, after: timedelta) -> None:
    Request.objects.filter(pk=request.pk).update(
        ended=Ended.PLACED, until_at=request.from_at + after
    )


def test_it_counts_who_waits_and_who_was_placed_in_a_year_and_nobody_else(site: Site) -> None:
    desk.waits(site, "alcohol", weeks=4)
    placed(desk.waits(site, "grief-mother", weeks=10), after=timedelta(weeks=3))
    placed(desk.waits(site, weeks=70), after=timedelta(weeks=1))
    gone = desk.waits(site)
    Request.objects.filter(pk=gone.pk).update(ended=Ended.WITHDRAWN, until_at=NOW)
    desk.waits(world.site("York"))
    found = sorted(fairness.cases([site], as_of=NOW), key=lambda one: one.weeks)
    assert [(round(one.weeks), one.experience) for one in found] == [
        (3, "grief"),
        (4, "addiction"),
    ]


def test_an_invitation_counts_whatever_was_said_to_it(site: Site) -> None:
    request = desk.waits(site)
    people.offered(desk.group(site), request)
    assert [one.was_invited for one in fairness.cases([site], as_of=NOW)] == [True]


def test_the_page_says_too_few_to_tell_and_names_nobody_who_could_be_found(site: Site) -> None:
    for _number in range(9):
        desk.waits(site, weeks=9)
    page = read(site)
    assert "Too few to tell" in page
    assert "Addiction" not in page


def test_the_page_shows_what_may_be_told_and_hides_one_person_among_many(site: Site) -> None:
    for _number in range(25):
        desk.waits(site, weeks=9, search={"languages": ("en",), "age": 30})
    desk.waits(site, "grief-parent", weeks=9, search={"languages": ("pl",), "age": 70})
    page = read(site)
    # One person alone could be worked out of the total, so that nothing by experience is told.
    assert "about 25" in page
    for word in ("Grief", "Addiction", "polski", "61"):
        assert word not in page, word


def test_the_page_does_not_tell_that_three_of_many_were_offered_a_place(site: Site) -> None:
    group = desk.group(site)
    for number in range(30):
        request = desk.waits(site, weeks=9)
        if number < 3:
            people.offered(group, request)
    page = read(site)
    assert "30" in page
    assert "too few to tell" in page
    assert "10 %" not in page


def happens(site: Site, before: Request) -> None:
    """Somebody new waits who is unlike the others, and somebody is offered a place, takes it, or goes."""
    desk.waits(site, weeks=0, search={"languages": ("pl",), "age": 70})
    people.offered(desk.group(site), before, now=timezone.now())


def goes(site: Site, before: Request) -> None:
    Request.objects.filter(pk=before.pk).update(ended=Ended.WITHDRAWN, until_at=timezone.now())


def is_placed(site: Site, before: Request) -> None:
    Request.objects.filter(pk=before.pk).update(ended=Ended.PLACED, until_at=timezone.now())


@pytest.mark.parametrize("what", [happens, goes, is_placed])
def test_the_panel_before_and_after_one_person_differs_in_nothing(
    site: Site, what: Callable[[Site, Request], None]
) -> None:
    requests = [
        desk.waits(site, weeks=weeks, search={"languages": ("en",), "age": 30})
        for weeks in range(1, 25)
    ]
    # The world of these tests stands still; the page is read by the real clock, a week or more later.
    Request.objects.update(from_at=F("from_at") + (timezone.now() - NOW) - timedelta(weeks=2))
    before = read(site)
    assert "about 25" in before
    what(site, requests[0])
    assert read(site) == before


def figures(some: list[Case]) -> tuple[object, ...]:
    found = cell("", some)
    return found.people_told, found.median_told, found.ninety_told, found.percent_told


@given(st.lists(st.integers(0, 60), min_size=10, max_size=60), st.integers(0, 400), st.data())
def test_two_newcomers_of_the_same_week_leave_the_same_figures(
    others: list[int], one: int, data: st.DataObject
) -> None:
    """The attack: last Monday's figures, this Monday's, and their difference is how long the newcomer waited."""
    other = data.draw(st.integers(one // 7 * 7, one // 7 * 7 + 6))
    waits = (fairness.whole_weeks(timedelta(days=days, hours=5)) for days in (one, other))
    told = [figures([*(case("", weeks) for weeks in others), case("", own)]) for own in waits]
    assert told[0] == told[1]
    assert told[0][0] == fairness.in_fives(len(others) + 1)


def read(site: Site) -> str:
    address = reverse("placing_fairness", args=[site.slug])
    browser = world.browser(
        Person.objects.filter(pseudonym="heron-desk").first()
        or world.role(RoleKind.COORDINATOR, world.person("heron-desk"), site=site)
    )
    page = browser.get(address).content.decode()
    return page.partition("<main")[2].partition("</main>")[0]
