"""From a search that is kept to a seat in a group: a member on her phone, two coordinators at their desks."""

import os
import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Programme, Site
from hearthside.placing.enums import Stand
from hearthside.placing.models import Run
from tests import world
from tests.finder import town
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE, Reader
from tests.meetings.people import reachable
from tests.placing import people

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
PATIENCE = 240.0
MEMBER = "quiet-kettle"


@pytest.fixture
def background(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Does what is queued as the worker does; the process that it starts sees the same database."""
    told = connection.settings_dict
    place = "{HOST}:{PORT}".format(**told) if told["HOST"] else ""
    scheme = "postgres" if connection.vendor == "postgresql" else "sqlite"
    who = "{USER}:{PASSWORD}@".format(**told) if told["USER"] else ""
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://{who}{place}/{told['NAME']}")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "hearthside.project.settings")
    return work_off


def work_off() -> None:
    Worker(
        queue_names=["*"],
        interval=0.1,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"journey-{os.getpid()}",
        excluded_queue_names=[],
    ).run()
    deadline = time.monotonic() + PATIENCE
    while Run.objects.filter(stand__in=(Stand.WAITING, Stand.RUNNING)).exists():
        assert time.monotonic() < deadline, "the run did not end"
        time.sleep(0.2)


@pytest.fixture
def group(programme: Programme) -> Group:
    """A group with four people in it, and three who wait at its site."""
    soon = timezone.now() + timedelta(days=1)
    site = world.site("Leeds")
    made = town.group("Thursday, sober", "alcohol", at=soon, site=site, size_min=3, size_max=8)
    for _number in range(4):
        world.member(made)
    for weeks in (9, 6, 2):
        people.waiting(site, None, "alcohol", since=timezone.now() - timedelta(weeks=weeks))
    return made


def asks_for_a_place(member: Reader) -> None:
    member.goes("/find/")
    member.writes("In your own words", "I drink too much, addicted")
    member.presses("Find a group")
    member.follows("Keep this search")
    member.is_at("Keep this search")
    member.page.get_by_label("No one thing matters most").check()
    member.page.get_by_label("No, it would be my first time").check()
    member.presses("Keep this search")
    member.reads("Kept. Nobody else sees it unless you ask for a place.")
    member.follows("Ask for a place")
    member.is_at("We look for a group for you")
    member.presses("Look for me")
    member.is_at("We are looking for you")


def tries_out(desk: Reader, button: str, background: Callable[[], None]) -> None:
    """Presses, sees that it is at work, and then what was found without pressing anything."""
    desk.presses(button)
    desk.is_at("Finding places")
    background()
    desk.page.get_by_role("heading", name="What would change", level=1).wait_for()
    desk.looks()


def line_of(desk: Reader, name: str) -> str:
    assert desk.page.locator(".placing-comers > li", has_text=name).count() == 1
    return f'.placing-comers > li:has-text("{name}")'


def decides_and_invites(desk: Reader, site: Site, background: Callable[[], None]) -> None:
    desk.goes(reverse("site", args=[site.slug]))
    desk.follows("Find places for them")
    desk.reads(MEMBER)
    tries_out(desk, "Try it out", background)
    desk.page.locator(f"{line_of(desk, MEMBER)} summary").click()
    desk.presses("This group, whatever the next run finds", within=line_of(desk, MEMBER))
    desk.reads("you chose this group", within=line_of(desk, MEMBER))
    tries_out(desk, "Run it again", background)
    desk.reads("you chose this group", within=line_of(desk, MEMBER))
    boxes = desk.page.locator("input[name=proposals]")
    for box in boxes.all():
        box.uncheck()
    boxes.first.check()
    desk.page.locator(f"{line_of(desk, MEMBER)} input[name=proposals]").check()
    desk.presses("Invite those ticked")


def test_a_member_keeps_a_search_asks_is_placed_and_another_coordinator_takes_the_rest_back(
    arrives: Arrives, group: Group, background: Callable[[], None]
) -> None:
    person = world.agree(reachable(world.person(MEMBER)))
    member = arrives("member", **PHONE).signs_in(person)
    desk = arrives("coordinator").signs_in(world.role(RoleKind.COORDINATOR, site=group.site))
    other = arrives("second").signs_in(world.role(RoleKind.COORDINATOR, site=group.site))
    asks_for_a_place(member)
    decides_and_invites(desk, group.site, background)
    desk.reads("2 people are invited. Their places are kept for a week.")

    member.goes("/")
    member.follows("A place is kept for you")
    member.is_at("Thursday, sober")
    member.reads("It is about what you named: Alcohol.")
    member.ticks("I have read the ground rules")
    member.ticks("I am 18 or older")
    member.presses("Yes, I would like to try it")
    member.is_at("You are welcome there")
    member.reads("Your seat is kept")
    member.goes("/my-meetings/")
    member.reads("Thursday, sober", within="main")

    other.goes(reverse("placing", args=[group.site.slug]))
    other.follows(re.compile("^The run of"))
    other.reads("said yes", within=line_of(other, MEMBER))
    other.opens("Take back the invitations of this run")
    other.presses("Take them back")
    other.reads("1 invitation is taken back. That person waits as before.")
    desk.goes(reverse("group_people", args=[group.slug]))
    desk.reads(MEMBER)
