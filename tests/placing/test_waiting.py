"""Where somebody stands who waits: what is true, and nothing that is not."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from hearthside.finder.search import Search
from hearthside.groups.models import Group, Site
from hearthside.meetings.models import Meeting
from hearthside.notices.actions import stop
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter
from hearthside.placing.actions import invitations, requests, waiting_letters
from hearthside.placing.enums import Stand
from hearthside.placing.models import Proposal, Request, Run
from hearthside.placing.queries.outlook import Outlook, home_cards, outlook_of
from hearthside.placing.wording import packed
from peerkit.matching import Free
from tests import world
from tests.finder import town
from tests.placing.people import apart, offered, waiting, wish
from tests.world import NOW

pytestmark = pytest.mark.django_db

TUESDAY_EVENING = NOW + timedelta(days=1, hours=7)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def vocabulary() -> None:
    town.words()


def about_alcohol(site: Site, name: str = "Evenings without", **fields: object) -> Group:
    return town.group(name, "alcohol", at=TUESDAY_EVENING, site=site, **fields)


def outlook(request: Request) -> Outlook:
    return outlook_of(request, language="en", now=NOW)


def said(request: Request) -> list[str]:
    return [change.said for change in outlook(request).changes]


def looking(request: Request, search: Search) -> Request:
    wish(request.person, search=search)
    return Request.objects.select_related("wish__main", "person", "site").get(pk=request.pk)


def test_it_says_how_many_whole_weeks_somebody_has_waited() -> None:
    request = waiting(world.site(), None, "alcohol", since=NOW - 3 * WEEK + timedelta(hours=1))
    assert outlook(request).weeks == 2


def test_without_a_look_so_far_nothing_is_made_up() -> None:
    assert outlook(waiting(world.site(), None, "alcohol")).last is None


def test_it_says_in_words_what_the_last_look_found() -> None:
    request = waiting(world.site(), None, "alcohol")
    done = {"site": request.site, "stand": Stand.DONE}
    old = Run.objects.create(asked_at=NOW - WEEK, finished_at=NOW - WEEK, **done)
    new = Run.objects.create(asked_at=NOW, finished_at=NOW, **done)
    Run.objects.create(asked_at=NOW + WEEK, site=request.site, stand=Stand.RUNNING)
    Proposal.objects.create(run=old, request=request, why_not=[packed("only_one", {})])
    why_not = [
        packed("full", {"seats": 8}),
        packed("full", {"seats": 4}),
        packed("would_seats", {"count": 1}),
    ]
    Proposal.objects.create(run=new, request=request, why_not=why_not)
    last = outlook(request).last
    assert last is not None
    assert "found no place yet" in last.words
    assert list(last.why) == ["All its places are taken."]
    assert list(last.would) == ["It would help if somebody gave up a place."]


def test_an_idea_of_a_run_is_no_promise() -> None:
    request = waiting(world.site(), None, "alcohol")
    group = about_alcohol(request.site, "Evenings without")
    run = Run.objects.create(site=request.site, stand=Stand.DONE, asked_at=NOW, finished_at=NOW)
    Proposal.objects.create(run=run, request=request, group=group)
    last = outlook(request).last
    assert last is not None
    assert "A coordinator decides" in last.words
    assert group.name not in last.words


def test_it_names_the_hours_that_would_open_more_groups_and_how_many() -> None:
    request = waiting(world.site(), None, "alcohol")
    for number in range(3):
        about_alcohol(request.site, f"Evenings {number}")
    request = looking(request, Search(about=("alcohol",), free=(Free(5, 0, 720),)))
    assert "If you can also come on Tuesday evenings: 3 more groups fit" in said(request)


def test_whoever_named_no_hours_is_not_told_to_be_free_more() -> None:
    request = waiting(world.site(), None, "alcohol")
    about_alcohol(request.site)
    assert not said(request)


def test_it_names_the_way_to_come_that_would_open_more_groups() -> None:
    request = waiting(world.site(), None, "alcohol")
    about_alcohol(request.site, format="online")
    request = looking(request, Search(about=("alcohol",), ways=("in_person",)))
    assert said(request) == ["If you can also come online: 1 more group fits"]


@pytest.mark.parametrize(("others", "is_said"), [(0, False), (2, False), (3, True), (9, True)])
def test_how_many_others_wait_is_said_from_three_on_and_never_exactly(
    others: int, is_said: bool
) -> None:
    site = world.site()
    request = waiting(site, None, "alcohol")
    for _ in range(others):
        waiting(site, None, "addiction")
    assert outlook(request).others_wait == is_said


def test_others_who_wait_for_something_else_or_elsewhere_are_not_counted() -> None:
    site = world.site()
    request = waiting(site, None, "alcohol")
    for _ in range(3):
        waiting(site, None, "grief")
        waiting(world.site("York"), None, "alcohol")
    assert not outlook(request).others_wait


def test_groups_open_for_a_visit_are_shown_but_not_those_somebody_said_no_to() -> None:
    request = waiting(world.site(), None, "alcohol")
    liked, refused = about_alcohol(request.site, "Liked"), about_alcohol(request.site, "Refused")
    invitations.decline(invitation=offered(refused, request), now=NOW)
    shown = [card.listing.name for card in outlook(request).open_now]
    assert shown == [liked.name]


def test_a_group_where_somebody_sits_whom_they_must_not_meet_is_simply_not_there() -> None:
    request = waiting(world.site(), None, "alcohol")
    group = about_alcohol(request.site)
    apart(request.person, world.member(group))
    seen = outlook(request)
    assert not seen.open_now
    assert not seen.changes


def test_whoever_found_a_group_by_themselves_is_asked_once_if_they_still_wait() -> None:
    request = waiting(world.site(), None, "alcohol", since=NOW - WEEK)
    assert outlook(request).found_by_self is None
    group = about_alcohol(request.site)
    world.member(group, request.person, from_at=NOW - timedelta(days=1))
    found = outlook(request).found_by_self
    assert found is not None
    assert found.group == group
    requests.still_wait(request=request, now=NOW)
    request.refresh_from_db()
    assert outlook(request).found_by_self is None


def test_a_group_they_came_to_before_they_asked_is_no_reason_to_ask() -> None:
    request = waiting(world.site(), None, "alcohol")
    world.member(about_alcohol(request.site), request.person)
    assert outlook(request).found_by_self is None


def test_home_shows_who_waits_a_card_and_everybody_else_none() -> None:
    made = offered(world.group())
    (card,) = home_cards(made.request.person, now=NOW)
    assert card.invitation == made
    assert not home_cards(world.person(), now=NOW)


def test_the_card_for_home_leads_to_where_one_stands_or_to_the_place_that_is_kept() -> None:
    made, request = offered(world.group()), waiting(world.site(), since=NOW - 3 * WEEK)
    for person, told in (
        (made.request.person, (f"/invitations/{made.pk}/", "A place is kept for you")),
        (request.person, (f"/place/{request.pk}/", "You have been waiting for 3 weeks.")),
    ):
        (card,) = home_cards(person, now=NOW)
        html = render_to_string("placing/parts/home_card.html", {"one": card})
        assert all(words in html for words in told)


def test_after_a_suggestion_it_is_not_said_that_nobody_looked() -> None:
    group = world.group()
    made = offered(group, waiting(group.site, None, "alcohol"))
    last = outlook(made.request).last
    assert last is not None
    assert last.words == "We last suggested a group to you on Monday 23 November 2026."


def test_whoever_gets_no_letters_is_told_so_on_the_page() -> None:
    request = waiting(world.site(), None, "alcohol")
    assert outlook(request).is_written_to
    stop(person=request.person, kind=Kind.PLACE, now=NOW)
    assert not outlook(request).is_written_to


def due(weeks: float) -> int:
    return waiting_letters.tell_due(now=NOW + weeks * WEEK)


def test_a_letter_says_where_somebody_stands_after_two_weeks_and_then_every_four() -> None:
    waiting(world.site(), None, "alcohol", since=NOW)
    assert [due(weeks) for weeks in (1.9, 2, 2.1, 5.9, 6, 6, 9.9, 10)] == [0, 1, 0, 0, 1, 0, 0, 1]
    assert Letter.objects.filter(kind=Kind.WAITING).count() == 3


def test_the_letter_says_what_the_page_says_and_its_subject_names_nothing() -> None:
    site = world.site()
    request = waiting(site, None, "alcohol", since=NOW)
    about_alcohol(site, "Evenings without")
    for _ in range(3):
        waiting(site, None, "alcohol")
    Meeting.objects.update(starts_at=NOW + 3 * WEEK, ends_at=NOW + 3 * WEEK + timedelta(hours=1))
    due(2)
    letter = Letter.objects.get(person=request.person)
    assert letter.subject == "Where things stand for you"
    for told in ("2 weeks", "3 or more others", "Evenings without", str(request.pk)):
        assert told in letter.text


def test_nobody_is_written_to_who_has_an_offer_to_think_about_or_waits_no_more() -> None:
    group = world.group()
    offered(group, waiting(group.site, None, "alcohol", since=NOW - 3 * WEEK))
    gone = waiting(world.site(), None, "alcohol", since=NOW - 3 * WEEK)
    requests.withdraw(request=gone, now=NOW)
    assert due(0) == 0
