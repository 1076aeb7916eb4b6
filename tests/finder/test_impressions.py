"""How a visit felt: asked once and quietly, answered for oneself alone, and never held against anybody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hearthside.accounts import ports
from hearthside.accounts.actions import consents
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.finder.actions import impressions, wishes
from hearthside.finder.enums import Felt
from hearthside.finder.models import Impression
from hearthside.finder.queries.impressions import visit_to_ask_about
from hearthside.finder.search import Search
from hearthside.groups.enums import RoleKind, Standing
from hearthside.groups.models import Group, Membership
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance
from tests import world
from tests.finder import town

pytestmark = pytest.mark.django_db
QUESTION = "How did The harbour feel?"


def visit(who: Person, of: Group, *, days_ago: float = 1, mark: Mark = Mark.CAME) -> Attendance:
    """The person was at a meeting of the group."""
    then = timezone.now() - timedelta(days=days_ago)
    return Attendance.objects.create(
        meeting=world.meeting(of, starts_at=then), person=who, mark=mark, recorded_at=then
    )


def guest(of: Group, **fields: object) -> Person:
    return world.member(
        of, world.agree(world.person()), **{"standing": Standing.VISITING, **fields}
    )


def asked(who: Person) -> Attendance | None:
    return visit_to_ask_about(who, now=timezone.now())


def answer(browser: Client, seen: Attendance, felt: str) -> str:
    page = browser.post(f"/visits/{seen.meeting_id}/felt/", {"felt": felt}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("mark", [Mark.CAME, Mark.LATE, Mark.LEFT])
def test_whoever_came_is_asked_and_whoever_did_not_is_not(mark: Mark) -> None:
    group = world.group()
    came, missed = guest(group), guest(group)
    seen = visit(came, group, mark=mark)
    visit(missed, group, mark=Mark.MISSED)
    assert asked(came) == seen
    assert asked(missed) is None


def test_only_visits_of_the_last_thirty_days_are_asked_about() -> None:
    group = world.group()
    who = guest(group)
    visit(who, group, days_ago=31)
    assert asked(who) is None
    seen = visit(who, group, days_ago=29)
    assert asked(who) == seen


def test_nobody_is_asked_twice_nor_about_visits_before_the_one_they_spoke_of() -> None:
    group, other = world.group(), world.group()
    who = guest(group)
    visit(who, group, days_ago=9)
    newest = visit(who, group, days_ago=2)
    elsewhere = visit(who, other, days_ago=5)
    assert asked(who) == newest
    impressions.say(visit=newest, felt=Felt.UNSAID, now=timezone.now())
    assert asked(who) == elsewhere
    impressions.say(visit=elsewhere, felt=Felt.RIGHT, now=timezone.now())
    assert asked(who) is None
    again = visit(who, group, days_ago=0.5)
    assert asked(who) == again


def test_whoever_took_their_consent_back_is_not_asked_and_what_they_said_is_gone() -> None:
    group = world.group()
    who = guest(group)
    seen = visit(who, group)
    impressions.say(visit=seen, felt=Felt.RIGHT, now=timezone.now())
    consents.withdraw(person=who, purpose=Purpose.HEALTH, now=timezone.now())
    assert not Impression.objects.exists()
    assert asked(who) is None


def test_the_question_stands_on_the_home_page_and_on_the_group_s_own() -> None:
    group = world.group("The harbour")
    who = guest(group)
    seen = visit(who, group)
    browser = world.browser(who)
    for page in ("/", group.get_absolute_url()):
        assert QUESTION in browser.get(page).content.decode()
        assert QUESTION not in world.browser(guest(group)).get(page).content.decode()
    answer(browser, seen, "right")
    for page in ("/", group.get_absolute_url()):
        assert QUESTION not in browser.get(page).content.decode()


def test_on_the_home_page_the_question_stands_above_what_is_coming() -> None:
    group = world.group("The harbour")
    who = guest(group)
    visit(who, group)
    world.seat(world.meeting(group, starts_at=timezone.now() + timedelta(days=2)), who)
    page = world.browser(who).get("/").content.decode()
    assert 0 < page.index(QUESTION) < page.index("Coming up for you")


def test_an_answer_can_be_undone_and_given_anew() -> None:
    group = world.group("The harbour")
    who = guest(group)
    seen = visit(who, group)
    browser = world.browser(who)
    answer(browser, seen, "not_for_me")
    assert QUESTION in answer(browser, seen, "undo")
    assert not Impression.objects.exists()
    answer(browser, seen, "unsure")
    answer(browser, seen, "right")
    assert Impression.objects.get().felt == Felt.RIGHT
    answer(browser, seen, "nonsense")
    assert Impression.objects.get().felt == Felt.RIGHT


def test_with_htmx_only_the_question_is_swapped() -> None:
    group = world.group("The harbour")
    who = guest(group)
    seen = visit(who, group)
    swapped = world.browser(who).post(
        f"/visits/{seen.meeting_id}/felt/", {"felt": "unsaid"}, headers={"HX-Request": "true"}
    )
    text = swapped.content.decode()
    assert "<html" not in text
    assert "We do not ask again about this visit." in text


def test_after_it_felt_right_a_visitor_can_become_a_member() -> None:
    group = world.group("The harbour")
    who = guest(group)
    seen = visit(who, group)
    world.meeting(group, starts_at=timezone.now() + timedelta(days=6))
    text = answer(world.browser(who), seen, "right")
    assert f"{group.get_absolute_url()}membership/stay/" in text
    assert "The next meeting:" in text
    member = guest(group, standing=Standing.MEMBER)
    text = answer(world.browser(member), visit(member, group), "right")
    assert "membership/stay/" not in text


def test_after_not_sure_the_next_meeting_is_offered_and_nothing_else() -> None:
    group = world.group("The harbour")
    who = guest(group)
    seen = visit(who, group)
    coming = world.meeting(group, starts_at=timezone.now() + timedelta(days=6))
    text = answer(world.browser(who), seen, "unsure")
    assert coming.get_absolute_url() in text
    assert "membership/stay/" not in text


def test_after_not_for_me_three_others_by_the_kept_search_and_nobody_is_made_to_leave() -> None:
    town.words()
    here = town.group("The harbour", "alcohol")
    others = [town.group(f"Other {number}", "alcohol") for number in range(4)]
    town.group("Elsewhere", "death-parent")
    who = guest(here)
    seen = visit(who, here)
    wishes.keep(
        person=who, search=Search(about=("alcohol",)), main=None, is_new=True, zone="UTC",
        place=None, now=timezone.now(),
    )  # fmt: skip
    text = answer(world.browser(who), seen, "not_for_me")
    assert "Most people try more than one group" in text
    assert sum(other.get_absolute_url() in text for other in others) == 3
    assert f"{here.get_absolute_url()}membership/end/" in text
    assert Membership.objects.get(person=who).until_at is None


def test_after_not_for_me_without_a_kept_search_the_finder_is_one_tap_away() -> None:
    town.words()
    here = town.group("The harbour", "alcohol")
    other = town.group("Another one", "alcohol")
    who = guest(here)
    browser = world.browser(who)
    text = answer(browser, visit(who, here), "not_for_me")
    link = text.partition('href="/find/?for=')[2].partition('"')[0]
    assert other.get_absolute_url() in browser.get(f"/find/?for={link}").content.decode()


def test_leaving_is_one_tap_from_there() -> None:
    group = world.group("The harbour")
    who = guest(group)
    browser = world.browser(who)
    answer(browser, visit(who, group), "not_for_me")
    browser.post(f"{group.get_absolute_url()}membership/end/")
    assert Membership.objects.get(person=who).until_at is not None


def test_nobody_answers_for_somebody_else_nor_reads_what_they_said() -> None:
    group = world.group("The harbour")
    who = guest(group)
    seen = visit(who, group)
    impressions.say(visit=seen, felt=Felt.NOT_FOR_ME, now=timezone.now())
    address = f"/visits/{seen.meeting_id}/felt/"
    for kind, scope in (
        (RoleKind.FACILITATOR, {"group": group}),
        (RoleKind.COORDINATOR, {"site": group.site}),
        (RoleKind.SAFETY_LEAD, {}),
        (RoleKind.OPERATOR, {}),
    ):
        leader = world.browser(world.role(kind, **scope))
        assert leader.get(address).status_code == 404
        assert leader.post(address, {"felt": "right"}).status_code == 404
    assert Impression.objects.get().felt == Felt.NOT_FOR_ME


def test_no_page_of_those_who_lead_shows_what_was_said() -> None:
    group = world.group("The harbour")
    who = guest(group)
    seen = visit(who, group)
    assert "Not for me" in answer(world.browser(who), seen, "not_for_me")
    pages = [
        "/", group.get_absolute_url(), f"{group.get_absolute_url()}people/", "/today/",
        f"/sites/{group.site.slug}/", "/sites/", seen.meeting.get_absolute_url(),
        f"{seen.meeting.get_absolute_url()}roster/", "/programme/weights/",
    ]  # fmt: skip
    seen_some = 0
    for kind, scope in (
        (RoleKind.FACILITATOR, {"group": group}),
        (RoleKind.COORDINATOR, {"site": group.site}),
        (RoleKind.OPERATOR, {}),
    ):
        leader = world.browser(world.role(kind, **scope))
        for page in pages:
            shown = leader.get(page)
            seen_some += shown.status_code == 200
            assert b"Not for me" not in shown.content
            assert b"not_for_me" not in shown.content
    assert seen_some > 10


def test_the_operator_s_screens_have_no_impressions_and_no_wishes() -> None:
    from django.contrib import admin

    from hearthside.finder.models import Wish

    assert not {Impression, Wish} & set(admin.site._registry)


def test_people_see_and_erase_what_they_said() -> None:
    group = world.group("The harbour")
    who = guest(group)
    impressions.say(visit=visit(who, group), felt=Felt.UNSURE, now=timezone.now())
    holder = ports.holders()["finder"]
    assert "Not sure yet" in str([held.rows for held in holder.held(who)])
    holder.erase(who, now=timezone.now())
    assert not Impression.objects.exists()


def test_one_query_finds_the_visit_to_ask_about(django_assert_num_queries: object) -> None:
    group = world.group()
    one, many = guest(group), guest(group)
    visit(one, group)
    for days in (1, 2, 3):
        visit(many, group, days_ago=days)
    for who in (one, many):
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert asked(who) is not None
