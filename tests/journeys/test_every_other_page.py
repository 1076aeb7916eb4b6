"""The pages that no story comes by, on a small phone: no barrier, nothing to scroll sideways, nothing refused."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.exchange.models import Import
from hearthside.groups.enums import RoleKind, Standing
from hearthside.groups.models import Programme
from tests import world
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE
from tests.meetings.people import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALL = {**PHONE, "viewport": {"width": 320, "height": 640}}


def test_a_members_own_pages(arrives: Arrives, programme: Programme) -> None:
    group = world.group("Night shift blues")
    person = world.agree(ready(group, world.person("blue-raincoat")))
    world.seat(world.meeting(group), person)
    member = arrives("member", **SMALL).signs_in(person)
    for name in (
        "me",
        "consents",
        "my_data",
        "letters",
        "calendar_links",
        "account_erase",
        "recovery_codes",
        "account_email",
        "account_change_password",
        "mfa_index",
        "usersessions_list",
    ):
        member.goes(reverse(name))
    member.goes(reverse("membership", args=[group.slug]))
    member.goes("/nothing-here/")


def test_the_pages_of_those_who_look_after_a_programme(
    arrives: Arrives, programme: Programme
) -> None:
    site = world.site()
    group = world.group("Night shift blues", site=site, locality="Leeds")
    meeting = world.meeting(group)
    world.seat(meeting, ready(group, world.person("blue-raincoat")))
    world.member(group, world.person("second-kettle"), standing=Standing.ASKED)
    leader = world.role(RoleKind.FACILITATOR, world.person("lookout"), group=group)
    reading = Import.objects.create(
        source="harbour", origin="harbour.json", site=site, read_at=timezone.now(), read_by=leader
    )
    operator = arrives("operator", **SMALL)
    operator.signs_in(world.role(RoleKind.OPERATOR, world.person("harbour-master")))
    for name in ("programme", "roles", "vocabulary", "experience_new", "site_new", "imports"):
        operator.goes(reverse(name))
    for name, key in (
        ("experience", "alcohol"),
        ("site", site.slug),
        ("site_edit", site.slug),
        ("group_edit", group.slug),
        ("group_people", group.slug),
        ("group_stage", group.slug),
        ("meeting", meeting.pk),
        ("meeting_cancel", meeting.pk),
        ("series_edit", meeting.series_id),
        ("series_end", meeting.series_id),
        ("import", reading.pk),
    ):
        operator.goes(reverse(name, args=[key]))
