"""What a coordinator reads before anybody is invited, and what no page may tell."""

from datetime import timedelta
from html import unescape
from re import sub

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.finder.enums import Felt
from hearthside.finder.models import Impression
from hearthside.groups.models import Group, Site
from hearthside.placing import reports, wording
from hearthside.placing.actions import openings
from hearthside.placing.choices import Choices
from hearthside.placing.clashes import clash_words
from hearthside.placing.models import Proposal, Request, Run
from hearthside.placing.queries import desk as desks
from hearthside.placing.queries import diffs
from hearthside.placing.queries.engine import Clash
from tests import world
from tests.placing import desk, people
from tests.world import NOW

pytestmark = pytest.mark.django_db


def told(site: Site, run: Run) -> str:
    """The page of the run as a coordinator reads it."""
    page = desk.coordinator(site).get(reverse("placing_run", args=[run.pk])).content.decode()
    return text(page)


def text(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(sub(r"<[^>]+>", " ", main)).split())


def placed(request: Request, group: Group | None, **fields: object) -> Run:
    """A run that proposes this one thing."""
    sums = {
        "value": 993, "bound": 1000, "share": 0.993, "is_optimal": False, "was_stopped": False,
        "seconds": 3, "waiting": 1, "placed": int(group is not None), "worst": 870,
    }  # fmt: skip
    run = Run.objects.create(
        site=request.site, asked_at=NOW, stand="done", result=sums, settings=Choices().packed()
    )
    Proposal.objects.create(run=run, request=request, group=group, fit=870, **fields)
    return run


def test_each_group_says_how_many_sit_there_now_and_then_who_would_come_and_why(
    site: Site,
) -> None:
    desk.group(site, sitting=4)
    desk.waits(site, who=world.person("blue-fern"), weeks=5)
    desk.waits(site, who=world.person("quiet-otter"), weeks=0)
    run = desk.run_at(site)
    comers = diffs.diff_of(run, now=NOW).groups[0].comers
    assert sorted((str(one.request.person), one.weeks) for one in comers) == [
        ("blue-fern", 5),
        ("quiet-otter", 0),
    ]
    said = told(site, run)
    for words in (
        "Thursday, sober now 4 → then 6 of 8",
        "blue-fern",
        "quiet-otter",
        "It is about what they named: Alcohol.",
        "2 of 2 people",
        "The best possible. This is proven",
        "Everybody who waits would have a place",
    ):
        assert words in said, words
    assert "you are free" not in said


def test_the_proven_share_is_said_with_what_it_means(site: Site) -> None:
    said = told(site, placed(desk.waits(site), desk.group(site)))
    assert "At least 99.3 % of the best possible." in said
    assert "This is proven, not guessed" in said


def test_who_goes_on_waiting_is_told_with_what_would_help(site: Site) -> None:
    desk.group(site, size_max=4, size_min=3, sitting=4)
    desk.waits(site, who=world.person("blue-fern"))
    desk.waits(site, "grief-parent", who=world.person("quiet-otter"))
    said = told(site, desk.run_at(site))
    assert "1 more place in “Thursday, sober”." in said
    assert "Thursday, sober: all 4 places are taken" in said
    assert "A new group about “Death of a parent”" in said
    assert "1 person fits no group here" in said
    assert "No place for anybody just now" in said


def test_a_group_that_could_open_becomes_a_draft_with_its_hour_once(site: Site) -> None:
    for _number in range(4):
        desk.waits(site, "grief-parent", search={"ways": ("online",), "free": ((3, 1080, 1260),)})
    run = desk.run_at(site)
    assert "Death of a parent Thursday, 6 p.m., online" in told(site, run)
    browser, opening = desk.coordinator(site), run.openings.get()
    address = reverse("placing_opening", args=[run.pk, opening.pk])
    answer = browser.post(address)
    group = Group.objects.get(stage="draft")
    assert answer["Location"] == reverse("group_edit", args=[group.slug])
    browser.post(address)
    assert Group.objects.count() == 1
    assert (group.format, list(group.languages)) == ("online", ["en"])
    series = group.series.get()
    assert series.starts_local.endswith("T18:00")
    assert series.rule == "FREQ=WEEKLY;BYDAY=TH"
    opening.refresh_from_db()
    assert openings.draft(opening=opening, by=world.person(), now=NOW) == group
    other = desk.run_at(site)
    wrong = reverse("placing_opening", args=[other.pk, opening.pk])
    assert browser.post(wrong).status_code == 404


def test_no_page_reason_or_number_tells_that_two_people_must_not_meet(site: Site) -> None:
    group = desk.group(site)
    foe = people.agreeing(world.person("red-heron"))
    world.member(group, foe)
    request = desk.waits(site, who=world.person("blue-fern"))
    alone = desk.waits(site, who=world.person("quiet-otter"))
    people.apart(request.person, foe)
    run = desk.run_at(site)
    assert run.proposals.get(request=alone).group == group
    row = run.proposals.get(request=request)
    assert row.group is None
    assert str(group.pk) not in str(row.why_not)
    said = told(site, run).casefold()
    for word in ("red-heron", "apart", "meet somebody", "avoid", "not available"):
        assert word not in said, word
    # As somebody reads it for whom nothing here fits.
    assert "no group here fits all that they ask for" in said


def test_of_two_who_wait_and_must_not_meet_the_one_left_out_is_told_nothing_of_it(
    site: Site,
) -> None:
    group = desk.group(site)
    one = desk.waits(site, who=world.person("blue-fern"))
    other = desk.waits(site, who=world.person("quiet-otter"))
    people.apart(one.person, other.person)
    run = desk.run_at(site)
    assert run.proposals.filter(group=group).count() == 1
    left = run.proposals.get(group=None)
    assert "unavailable" not in str(left.why_not)
    said = told(site, run).casefold()
    assert "apart" not in said
    assert "not available" not in said


@pytest.mark.parametrize("code", ["pinned_apart", "seated_apart", "together_apart"])
def test_a_clash_that_names_a_pair_kept_apart_is_never_put_into_words(code: str) -> None:
    clash = Clash(code, 2, ("one", "other"))
    assert clash_words(clash, str) == ""
    assert reports.clashes([clash]) == []


def test_how_a_visit_felt_is_no_reason_that_a_coordinator_reads(site: Site) -> None:
    group = desk.group(site)
    request = desk.waits(site)
    meeting = world.meeting(group, starts_at=NOW - timedelta(days=7))
    Impression.objects.create(
        person=request.person, group=group, meeting=meeting, felt=Felt.RIGHT, at=NOW
    )
    run = desk.run_at(site)
    assert "tried" not in str(run.proposals.get().reasons)
    assert "felt right" not in told(site, run)
    assert wording.desk_why_words("tried_right", {}, str) == ""
    assert wording.why_words("tried_not_for_me", {}, str) == ""


def test_numbers_about_few_others_are_never_told() -> None:
    for code, params in (
        ("only_one", {"needs": 1}),
        ("not_opened", {"needs": 2}),
        ("newcomers", {"needs": 1}),
        ("full", {"seats": 2}),
        ("facilitator", {"most": 2}),
    ):
        assert not any(sign.isdigit() for sign in wording.why_words(code, params, str)), code
    for code in ("alike", "people", "seats", "experienced", "facilitator"):
        params = {"count": 1, "alike": 1}
        assert not any(
            sign.isdigit() for sign in wording.why_words(f"would_{code}", params, str)
        ), code


def test_every_code_of_the_engine_has_words_for_both() -> None:
    bars = {
        "full", "facilitator", "only_one", "not_opened", "openings", "newcomers", "floor",
        "together", "missed", "unavailable",
    }  # fmt: skip
    would = {"seats", "facilitator", "alike", "people", "experienced", "openings", "floor", "group"}
    assert bars <= wording.FOR_THEM.keys()
    assert bars <= wording.DESK_WHY_NOT.keys()
    assert would <= wording.DESK_WOULD.keys()
    assert would <= wording.WOULD_FOR_THEM.keys()


def test_what_would_help_is_said_to_the_person_as_well(site: Site) -> None:
    desk.group(site, size_max=4, sitting=4)
    desk.waits(site)
    said = [
        wording.why_words(one["code"], one["params"], str)
        for one in desk.run_at(site).proposals.get().why_not
    ]
    assert said == [
        "All its places are taken.",
        "It would help if somebody gave up a place.",
    ]


def test_a_reason_survives_being_kept_as_json() -> None:
    kept = wording.packed("format", {"formats": ("in_person", "online"), "at": NOW})
    assert kept["params"]["at"] == NOW.isoformat()
    assert wording.desk_why_words(kept["code"], kept["params"], str) == (
        "They can come in person and online."
    )


def test_who_waits_stands_on_the_sites_page_and_on_its_own(site: Site) -> None:
    desk.group(site)
    browser = desk.coordinator(site)
    empty = text(browser.get(reverse("placing", args=[site.slug])).content.decode())
    assert "Nobody waits here" in empty
    panel = text(browser.get(reverse("site", args=[site.slug])).content.decode())
    assert "Nobody waits for a place in a group here." in panel
    desk.waits(world.site("York"), who=world.person("far-away"))
    desk.waits(site, who=world.person("blue-fern"), search={"ways": ("online",)})
    panel = text(browser.get(reverse("site", args=[site.slug])).content.decode())
    assert "1 person waits for a place in a group." in panel
    page = text(browser.get(reverse("placing", args=[site.slug])).content.decode())
    assert "blue-fern" in page
    assert "Alcohol Online" in page
    assert "far-away" not in page


def test_somebodys_own_words_are_no_part_of_what_a_coordinator_reads(site: Site) -> None:
    request = desk.waits(site)
    request.sought.search = {"about": ["alcohol"], "words": "my brother found out"}
    request.sought.save()
    page = desk.coordinator(site).get(reverse("placing", args=[site.slug])).content.decode()
    assert "brother" not in page


def test_the_waiting_list_says_for_how_long(site: Site) -> None:
    desk.waits(site, weeks=3)
    desk.waits(site)
    assert [row.weeks for row in desks.rows_of(site, now=NOW)] == [3, 0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(
    site: Site, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.group(site)
    for _number in range(count):
        desk.waits(site)
    run = desk.run_at(site)
    with django_assert_num_queries(8):
        diffs.diff_of(run, now=NOW)
    with django_assert_num_queries(17):
        desks.desk_of(site, now=NOW)
