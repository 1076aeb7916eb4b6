"""A break from meetings: decided, read, appealed, answered, and over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Programme
from hearthside.meetings.actions.rooms import room_of
from hearthside.safety.models import Case
from tests import world
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE
from tests.meetings.people import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_hold_is_read_appealed_and_lifted_by_somebody_who_did_not_decide_it(
    arrives: Arrives, programme: Programme
) -> None:
    group, now = world.group("Night shift blues", format="online"), timezone.now()
    person = ready(group, world.person("quiet-oak"))
    meeting = world.meeting(group, starts_at=now + timedelta(minutes=5))
    world.seat(meeting, person)
    room = room_of(meeting=meeting, now=now)
    leader = arrives("facilitator", **PHONE).signs_in(
        world.role(RoleKind.FACILITATOR, world.person("lookout"), group=group)
    )
    above = arrives("coordinator").signs_in(
        world.role(RoleKind.COORDINATOR, world.person("harbour"), site=group.site)
    )
    leader.goes(f"/groups/{group.slug}/people/")
    leader.follows("Listening only, or a break")
    leader.ticks("A break from meetings")
    leader.ticks("30 days")
    leader.ticks("Words that hurt others")
    # Half of it is missing; nothing that was typed is lost.
    leader.writes("Note for colleagues", "Two people left the room in tears.")
    leader.page.locator("main textarea[name=told]").evaluate(
        "(it) => it.removeAttribute('required')"
    )
    leader.presses("Decide this")
    leader.reads("What they will read", within=".error-summary")
    leader.writes("What they will read", "Some of what you said on Monday hurt others.")
    leader.presses("Decide this")
    leader.reads("It counts from now on, and they are told.")
    leader.reads("Waits for a second name")

    oak = arrives("oak", **PHONE).signs_in(person)
    oak.goes(f"/rooms/{room.pk}/")
    oak.reads("For now, you are on a break from these meetings.")
    oak.follows("Read what was decided")
    oak.follows("A break from meetings")
    oak.reads("Some of what you said on Monday hurt others.")
    oak.reads("Words that hurt others")
    oak.does_not_read("in tears")
    oak.writes("What we should know", "It was meant as a joke, and I am sorry.")
    oak.presses("Ask them to look again")
    oak.reads("answers you here by")

    leader.goes("/safety/measures/")
    leader.follows("quiet-oak")
    leader.reads("Whoever decided or signed it cannot answer.")
    above.goes("/safety/measures/")
    above.reads("Somebody asks you to look again")
    above.follows("quiet-oak")
    above.reads("in tears")
    above.ticks("It ends now")
    above.writes("Your answer", "Thank you. Please say it to the group yourself.")
    above.presses("Send the answer")
    above.reads("Your answer is there for them to read.")

    oak.page.reload()
    oak.reads("This is over")
    oak.reads("Please say it to the group yourself.")
    oak.goes(f"/rooms/{room.pk}/")
    oak.does_not_read("you are on a break")


def test_a_concern_becomes_a_case_that_two_people_close(
    arrives: Arrives, programme: Programme
) -> None:
    member = ready(world.group("Night shift blues"), world.person("blue-raincoat"))
    first = arrives("lead").signs_in(world.role(RoleKind.SAFETY_LEAD, world.person("owl")))
    second = arrives("second", **PHONE).signs_in(
        world.role(RoleKind.SAFETY_LEAD, world.person("lark"))
    )
    worried = arrives("member", **PHONE).signs_in(member)
    worried.goes("/concerns/new/tell/")
    worried.page.locator("main textarea").first.fill("Somebody waits for me after the meeting.")
    worried.presses("Send it")

    first.goes("/safety/desk/")
    first.page.locator("main a[href^='/concerns/']").first.click()
    first.page.wait_for_load_state("load")
    first.presses("Open a case")
    first.page.locator("main textarea[name=words]").first.fill(
        "Spoke with her on the phone. She is safe tonight."
    )
    first.presses("Keep the note")
    first.reads("She is safe tonight.")
    case = Case.objects.get()
    first.opens("Let somebody in")
    first.writes("Pseudonym", "lark")
    first.presses("Let them in")
    first.opens("Close the case")
    first.writes("Why", "He has left the group.")
    first.presses("Ask for a second name")

    second.goes("/safety/cases/")
    second.follows(f"Case {case.number}")
    second.presses("I agree, and sign")
    second.reads("Signed. It is done.")
    second.reads("Erased on")
    outsider = arrives("outsider").signs_in(world.role(RoleKind.OPERATOR))
    answer = outsider.page.goto(f"{outsider.address}/safety/cases/{case.pk}/")
    assert answer is not None
    assert answer.status == 404
