"""After a visit that was not right: other groups for whoever was there, and nothing for whoever leads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.groups.enums import RoleKind, Standing
from hearthside.groups.models import Programme
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance
from tests import world
from tests.finder import town
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE, Reader
from tests.placing import people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def everything_on(reader: Reader, paths: list[str]) -> list[str]:
    """What stands on these pages, read twice because the first does not know the reader's clock yet."""
    reader.goes(paths[0])
    seen = []
    for path in paths:
        reader.goes(path)
        seen.append(reader.page.locator("main").inner_text())
    return seen


def test_not_for_me_leads_to_three_others_and_whoever_leads_sees_nothing_of_it(
    arrives: Arrives, programme: Programme
) -> None:
    site = world.site()
    group = town.group("The harbour", "alcohol", site=site)
    for name in ("Sober evenings", "Thursday, sober", "First light", "Dry and well"):
        town.group(name, "alcohol", site=site)
    guest = world.member(group, people.agreeing(), standing=Standing.VISITING)
    people.wish(guest, "alcohol")
    people.waiting(site, guest)
    yesterday = timezone.now() - timedelta(days=1)
    then = world.meeting(group, starts_at=yesterday.replace(second=0, microsecond=0))
    Attendance.objects.create(meeting=then, person=guest, mark=Mark.CAME, recorded_at=yesterday)
    member = arrives("member", **PHONE).signs_in(guest)
    leader = arrives("facilitator").signs_in(world.role(RoleKind.FACILITATOR, group=group))
    desk = arrives("coordinator").signs_in(world.role(RoleKind.COORDINATOR, site=site))
    leads = [
        group.get_absolute_url(),
        reverse("group_people", args=[group.slug]),
        reverse("roster", args=[then.pk]),
        "/today/",
    ]
    coordinates = [
        reverse("site", args=[site.slug]),
        reverse("group_people", args=[group.slug]),
        reverse("placing", args=[site.slug]),
        reverse("placing_fairness", args=[site.slug]),
    ]
    before = everything_on(leader, leads), everything_on(desk, coordinates)

    member.goes("/")
    member.reads("How did The harbour feel?")
    member.taps("Not for me")
    member.reads("These may suit you better", within=".felt")
    others = member.page.locator(".felt .card-linked")
    assert others.count() == 3
    assert "The harbour" not in " ".join(others.all_inner_texts())
    member.goes("/")
    member.does_not_read("How did The harbour feel?")

    assert (everything_on(leader, leads), everything_on(desk, coordinates)) == before
    assert str(guest) in "".join(before[0])
    assert str(guest) in "".join(before[1])

    # It can be taken back, and then the question stands there as before.
    member.goes(reverse("felt", args=[then.pk]))
    member.taps("Undo")
    member.reads("How did The harbour feel?")
