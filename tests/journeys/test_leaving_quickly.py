"""Somebody comes in, or the connection goes: nothing private stays on the screen, nothing written is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Programme
from tests import world
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE
from tests.meetings.people import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "Object.keys(sessionStorage).filter((key) => key.startsWith('typed'))"


def test_leaving_quickly_leaves_nothing_behind_and_back_does_not_return(
    arrives: Arrives, programme: Programme, away: str
) -> None:
    group = world.group("Night shift blues")
    member = arrives("member", **PHONE).signs_in(ready(group))
    member.goes("/")
    member.goes(group.get_absolute_url())
    member.page.get_by_role("link", name="Leave quickly").click()
    member.page.wait_for_url(away)
    member.page.go_back(wait_until="commit")
    member.page.wait_for_url(away)

    member.goes("/my-meetings/")
    for _press in range(3):
        member.page.keyboard.press("Escape")
    member.page.wait_for_url(away)
    member.does_not_read("Night shift blues")


def test_what_was_written_survives_a_lost_connection_but_not_leaving_quickly(
    arrives: Arrives, programme: Programme, away: str
) -> None:
    site = world.site()
    coordinator = arrives("coordinator").signs_in(world.role(RoleKind.COORDINATOR, site=site))
    coordinator.goes(reverse("group_new"))
    coordinator.writes("Name", "Tea after loss")
    coordinator.writes("Who it is for (optional)", "For people who have lost somebody.")
    coordinator.context.set_offline(True)
    coordinator.button("Keep the draft").click()
    coordinator.page.wait_for_url("chrome-error://**")
    coordinator.context.set_offline(False)
    coordinator.goes("/sites/")
    coordinator.goes(reverse("group_new"))
    assert coordinator.page.get_by_label("Name").first.input_value() == "Tea after loss"
    assert (
        "somebody" in coordinator.page.get_by_label("Who it is for (optional)").first.input_value()
    )
    coordinator.page.reload()
    assert coordinator.page.get_by_label("Name").first.input_value() == "Tea after loss"

    for _press in range(3):
        coordinator.page.keyboard.press("Escape")
    coordinator.page.wait_for_url(away)
    coordinator.goes(reverse("group_new"))
    assert coordinator.page.get_by_label("Name").first.input_value() == ""


def test_a_note_survives_a_server_that_breaks_and_is_forgotten_once_it_is_kept(
    arrives: Arrives, programme: Programme
) -> None:
    group = world.group()
    meeting = world.meeting(group, starts_at=timezone.now() - timedelta(minutes=20))
    leader = arrives("facilitator", **PHONE)
    leader.signs_in(world.role(RoleKind.FACILITATOR, group=group))
    leader.goes(reverse("roster", args=[meeting.pk]))
    leader.writes("How did it go?", "A calm evening.")
    note = leader.address + reverse("note", args=[meeting.pk])
    leader.page.route(note, lambda route: route.fulfill(status=500, body="Something broke."))
    leader.button("Keep the note").click()
    leader.page.wait_for_url(note)
    leader.page.unroute(note)
    assert "500" in leader.complaints.pop()
    leader.page.go_back()
    leader.looks()
    assert leader.page.get_by_label("How did it go?").input_value() == "A calm evening."
    leader.presses("Keep the note")
    leader.reads("Your note is kept.")
    assert leader.page.evaluate(KEPT) == []
