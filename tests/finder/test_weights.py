"""How groups are ranked is the programme's to set: looked at first, saved with a name, and taken back."""

from datetime import datetime, timedelta
from re import DOTALL, findall

import pytest
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.finder.actions import weights as actions
from hearthside.finder.actions import wishes
from hearthside.finder.models import Weighting
from hearthside.finder.queries import weights
from hearthside.finder.queries.catalogue import catalogue
from hearthside.finder.queries.preview import Preview, preview
from hearthside.finder.queries.typical import MANY, typical_searches
from hearthside.finder.search import Search
from hearthside.finder.weight_words import GROUPS, WEIGHTS
from hearthside.groups.enums import RoleKind
from peerkit.matching import Weights
from tests import world
from tests.finder import town

pytestmark = pytest.mark.django_db
ADDRESS = "/programme/weights/"
USUAL = {name: round(share * 100) for name, share in Weights().shares().items()}
SOON_ONLY = Weights.of({**dict.fromkeys(USUAL, 0.0), "soon": 1.0})


def operator() -> Person:
    return world.role(RoleKind.OPERATOR)


def two_groups() -> None:
    """One about exactly what is looked for, and one about a broader thing that meets sooner."""
    town.words()
    town.group("Exactly", "alcohol", at=timezone.now() + timedelta(days=9))
    town.group("Sooner", "addiction", at=timezone.now() + timedelta(hours=5))


def keepers(count: int, **search: object) -> None:
    for _ in range(count):
        wishes.keep(
            person=world.agree(world.person()),
            search=Search(about=("alcohol",), **search),  # type: ignore[arg-type]
            main=None, is_new=True, zone="UTC", place=None, now=timezone.now(),
        )  # fmt: skip


def seen(after: Weights) -> Preview:
    return preview(before=Weights(), after=after, language="en", now=timezone.now())


def test_every_weight_of_the_engine_has_words_and_no_other() -> None:
    assert set(WEIGHTS) == set(Weights().shares())
    grouped = [name for _heading, names in GROUPS for name in names]
    assert sorted(grouped) == sorted(WEIGHTS)


def test_beside_each_number_stands_its_share_of_the_whole() -> None:
    browser = world.browser(operator())
    told = {**dict.fromkeys(USUAL, "0"), "time": "30", "soon": "10", "do": "save", "seats": "x"}
    page = browser.post(ADDRESS, told).content.decode()
    shares = dict(findall(r'name="(\w+)" value="[^"]*".*?<meter [^>]*value="(\d+)"', page, DOTALL))
    assert len(shares) == len(WEIGHTS)
    assert {name: share for name, share in shares.items() if share != "0"} == {
        "time": "75",
        "soon": "25",
    }


def test_before_anybody_sets_them_the_engine_s_own_are_in_force(now: datetime) -> None:
    assert weights.in_force(now) == Weights()


def test_what_is_set_is_in_force_at_once_and_costs_no_query_until_it_grows_old(
    now: datetime, django_assert_num_queries: object, django_capture_on_commit_callbacks: object
) -> None:
    weights.in_force(now)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.set_weights(weights=SOON_ONLY, by=operator(), now=now)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert weights.in_force(now) == SOON_ONLY
        assert weights.in_force(now + timedelta(seconds=19)) == SOON_ONLY
    Weighting.objects.create(weights=dict(Weights().shares()), at=now + timedelta(seconds=1))
    assert weights.in_force(now + timedelta(seconds=19)) == SOON_ONLY
    assert weights.in_force(now + timedelta(seconds=21)) == Weights()


def test_a_version_with_a_weight_that_is_gone_still_counts_for_the_others(now: datetime) -> None:
    Weighting.objects.create(weights={"soon": 0.5, "phlogiston": 1.0}, at=now)
    assert weights.in_force(now) == Weights.of({"soon": 0.5})
    town.words()
    town.group("Sober evenings", "alcohol")
    assert catalogue(now=now).index.weights == Weights.of({"soon": 0.5})


def test_an_earlier_version_and_the_defaults_can_be_gone_back_to(now: datetime) -> None:
    by = operator()
    first = actions.set_weights(weights=SOON_ONLY, by=by, now=now)
    actions.reset(by=by, now=now + timedelta(minutes=1))
    weights.forget()
    assert weights.in_force(now) == Weights()
    back = actions.go_back(version=first, by=by, now=now + timedelta(minutes=2))
    weights.forget()
    assert weights.in_force(now) == SOON_ONLY
    assert (back.by, Weighting.objects.count()) == (by, 3)


def test_the_preview_counts_people_for_whom_another_group_would_come_first() -> None:
    two_groups()
    keepers(12)
    changed = seen(SOON_ONLY).everyone
    assert (changed.people, changed.first, changed.three) == (12, 12, 0)
    same = seen(Weights()).everyone
    assert (same.people, same.first, same.three) == (12, 0, 0)


def test_the_preview_is_broken_down_and_says_nothing_of_fewer_than_ten() -> None:
    two_groups()
    keepers(11, languages=("en",), age=34)
    keepers(4, age=70)
    found = seen(SOON_ONLY)
    told = {row.label: (row.people, row.first_told) for row in found.by_language if row.is_told}
    assert told == {"English": (11, "11")}
    ages = {row.label: row.is_told for row in found.by_age}
    assert ages == {"30 to 44": True, "65 or older": False}
    page = world.browser(operator()).post(ADDRESS, {**numbers(SOON_ONLY), "do": "preview"})
    text = page.content.decode()
    row = text.partition("65 or older")[2].partition("</tr>")[0]
    assert "fewer than 10" in row
    assert ">4<" not in row


def test_the_made_up_searches_are_always_the_same_and_tell_of_nobody() -> None:
    two_groups()
    # So that alcohol is asked for with nothing that either group lacks.
    for number in range(2):
        town.group(f"Beside it {number}", "death-parent")
    held = catalogue(now=timezone.now())
    made = typical_searches(held)
    assert made == typical_searches(held)
    assert 0 < len(made) <= MANY
    found = seen(SOON_ONLY)
    assert found.examples_first >= 1
    one = next(example for example in found.examples if example.is_other_first)
    assert {one.before, one.after} == {"Exactly", "Sooner"}


def numbers(of: Weights) -> dict[str, int]:
    return {name: round(share * 100) for name, share in of.shares().items()}


def test_numbers_are_looked_at_before_they_are_saved() -> None:
    two_groups()
    browser = world.browser(operator())
    page = browser.post(ADDRESS, {**numbers(SOON_ONLY), "do": "preview"}).content.decode()
    assert not Weighting.objects.exists()
    assert "Save these numbers" in page
    assert 'name="soon" value="100"' in page
    browser.post(ADDRESS, {**numbers(SOON_ONLY), "do": "save"})
    version = Weighting.objects.get()
    assert weights.weights_of(version) == SOON_ONLY
    assert version.by is not None


@pytest.mark.parametrize("wrong", ["", "-1", "101", "half"])
def test_a_wrong_number_is_explained_and_all_that_was_typed_stays(wrong: str) -> None:
    browser = world.browser(operator())
    told = {**USUAL, "soon": wrong, "place": "77", "do": "save"}
    text = browser.post(ADDRESS, told).content.decode()
    assert "Please give a whole number from 0 to 100." in text
    assert 'name="place" value="77"' in text
    assert not Weighting.objects.exists()


def test_if_nothing_counted_nothing_could_come_first() -> None:
    browser = world.browser(operator())
    text = browser.post(ADDRESS, {**dict.fromkeys(USUAL, 0), "do": "save"}).content.decode()
    assert "If nothing counts, no group can come first." in text
    assert not Weighting.objects.exists()


def test_the_page_goes_back_to_a_version_and_to_the_defaults() -> None:
    by = operator()
    first = actions.set_weights(weights=SOON_ONLY, by=by, now=timezone.now() - timedelta(days=1))
    browser = world.browser(by)
    browser.post(f"{ADDRESS}reset/")
    assert weights.weights_of(Weighting.objects.all()[0]) == Weights()
    assert "Back to this one" in browser.get(ADDRESS).content.decode()
    browser.post(f"{ADDRESS}{first.pk}/back/")
    assert weights.weights_of(Weighting.objects.all()[0]) == SOON_ONLY


def test_only_those_who_run_the_programme_come_here() -> None:
    group = world.group()
    version = actions.set_weights(weights=SOON_ONLY, by=operator(), now=timezone.now())
    world.browser(world.role(RoleKind.COORDINATOR)).get(ADDRESS)
    for who in (
        world.person(),
        world.role(RoleKind.FACILITATOR, group=group),
        world.role(RoleKind.COORDINATOR, site=group.site),
        world.role(RoleKind.SAFETY_LEAD),
    ):
        browser = world.browser(who)
        assert browser.get(ADDRESS).status_code == 404
        assert browser.post(f"{ADDRESS}reset/").status_code == 404
        assert browser.post(f"{ADDRESS}{version.pk}/back/").status_code == 404
    assert world.browser(world.role(RoleKind.COORDINATOR)).get(ADDRESS).status_code == 200
    assert Weighting.objects.count() == 1
