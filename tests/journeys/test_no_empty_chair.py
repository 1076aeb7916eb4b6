"""No empty chair: somebody is found, and the member reads who; or nobody is, and there is another way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Experience, Group, Programme
from hearthside.meetings.actions import ladder
from hearthside.meetings.actions.duties_rota import ask_all
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty, Reserve, Welcome
from hearthside.meetings.queries.duties import answer_token
from tests import world
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE
from tests.meetings.people import leader, ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_silent_lead_then_cover_then_the_pool_and_the_member_reads_who_leads(
    arrives: Arrives, programme: Programme
) -> None:
    group, now = world.group("Night shift blues", format="online"), timezone.now()
    meeting = world.meeting(group, starts_at=now + timedelta(hours=20))
    for _ in range(2):
        leader(group)
    helper = leader(world.group("Bag club"), who=world.person("spare-key"))
    Reserve.objects.create(
        person=helper, since=now, weekdays=list(range(7)), from_hour=0, until_hour=24
    )
    ask_all(now=now)
    ladder.climb_all(now=now)
    cover = Duty.objects.filter(meeting=meeting).latest("asked_at").person
    covering = arrives("cover", **PHONE).signs_in(cover)
    covering.goes("/duties/")
    covering.presses("I can't")
    covering.reads("Thank you for saying so.")
    # Whoever was asked first is silent still; the pool is asked once cover's time to answer is over.
    ladder.climb_all(now=now + timedelta(hours=4))
    asked = Duty.objects.select_related("meeting").get(person=helper)
    stepping_in = arrives("spare-key", **PHONE)
    stepping_in.goes(f"/duties/{answer_token(asked)}/")
    stepping_in.reads("Can you be there?")
    stepping_in.presses("Yes, I will be there")
    stepping_in.reads("You lead this meeting.")
    member = arrives("member").signs_in(ready(group))
    member.goes(meeting.get_absolute_url())
    member.reads("spare-key leads this meeting.")


def test_nobody_can_and_a_member_takes_a_seat_elsewhere(
    arrives: Arrives, programme: Programme
) -> None:
    now, thing = timezone.now(), Experience.objects.all()[0]
    own, other = (
        world.group("Night shift blues", format="online"),
        world.group("Early birds", format="online"),
    )
    for each in (own, other):
        each.experiences.add(thing)
    meeting = world.meeting(own, starts_at=now + timedelta(minutes=4))
    host = world.meeting(other, starts_at=now + timedelta(hours=2))
    Welcome.objects.create(group=other, since=now)
    Duty.objects.create(
        meeting=host,
        person=leader(other),
        kind=DutyKind.LEAD,
        way="team",
        asked_at=now,
        confirmed_at=now,
    )
    leader(own)
    who = ready(own, world.person("blue-raincoat"))
    world.seat(meeting, who)
    ladder.climb_all(now=now)
    member = arrives("blue-raincoat", **PHONE).signs_in(who)
    member.goes(meeting.get_absolute_url())
    member.reads("This meeting cannot be held")
    member.follows("Come as a guest")
    member.page.get_by_label("I have read the ground rules").check()
    member.page.get_by_label("I am 18 or older.").check()
    member.presses("Take this seat")
    member.reads("You have a seat as a guest.")
    assert Group.objects.get(pk=other.pk).memberships.count() == 0


def test_i_am_here_is_one_tap_under_the_letter_and_the_coordinator_reads_it(
    arrives: Arrives, programme: Programme
) -> None:
    now = timezone.now()
    meeting = world.meeting(world.group("Bag club"), starts_at=now + timedelta(minutes=8))
    lead = leader(meeting.group, who=world.person("spare-key"))
    duty = Duty.objects.create(
        meeting=meeting, person=lead, kind=DutyKind.LEAD, way="team", asked_at=now, confirmed_at=now
    )
    coordinator = world.role(RoleKind.COORDINATOR, site=meeting.group.site)
    desk = arrives("desk").signs_in(coordinator)
    desk.goes(f"/sites/{meeting.group.site.slug}/week/")
    desk.reads("Nobody has tapped “I am here”.")
    at_the_door = arrives("spare-key", **PHONE)
    at_the_door.goes(f"/duties/{answer_token(duty)}/")
    at_the_door.presses("I am here")
    at_the_door.reads("It is known that you are there.")
    desk.goes(f"/sites/{meeting.group.site.slug}/week/")
    desk.reads("spare-key is there.")
