"""Something worries somebody: from the tap to the answer, a call that nobody answers, and the rota in two minutes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Programme
from hearthside.safety.actions import duty_calls
from hearthside.safety.models import Concern, Shift
from tests import world
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE
from tests.meetings.people import reachable, ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def on_duty(name: str) -> Person:
    """Somebody with a role and an address, there around the clock."""
    who = world.role(RoleKind.EVALUATOR, reachable(world.person(name)))
    for day in range(7):
        Shift.objects.create(
            person=who, weekday=day, begins="00:00", ends="00:00", zone="UTC",
            from_at=timezone.now() - timedelta(days=30),
        )  # fmt: skip
    return who


def test_a_concern_goes_from_one_tap_to_an_answer_and_a_second_look(
    arrives: Arrives, programme: Programme
) -> None:
    group = world.group("Night shift blues")
    member = arrives("member", **PHONE).signs_in(ready(group, world.person("night-owl")))
    safety = arrives("safety").signs_in(
        world.role(RoleKind.SAFETY_LEAD, reachable(world.person("kestrel")))
    )
    second = arrives("second").signs_in(
        world.role(RoleKind.SAFETY_LEAD, reachable(world.person("wren")))
    )
    member.goes(group.get_absolute_url())
    member.follows("Something worries me")
    member.is_at("How soon must somebody look?")
    member.reads("Night shift blues")
    member.follows("Tell us")
    member.writes("What worries you?", "Somebody waits for me after the meetings.")
    member.presses("Send it")
    member.reads("Somebody reads it and answers you here within two days.")

    safety.goes("/")
    safety.follows("Safety desk", within="header")
    safety.follows("Night shift blues")
    safety.reads("Somebody waits for me after the meetings.")
    safety.reads("night-owl")
    safety.page.locator("main").get_by_label("We found help").check()
    safety.writes("Your answer", "A greeter walks out with you from now on.")
    safety.presses("Send the answer")
    safety.is_at("Safety desk")

    member.goes("/concerns/")
    member.follows("Night shift blues")
    member.reads("A greeter walks out with you from now on.")
    member.does_not_read("kestrel")
    member.opens("Ask for a second look")
    member.writes("What did we miss?", "It is somebody of the group.")
    member.presses("Send it to a second person")
    member.reads("Somebody else will look at it")

    second.goes("/safety/desk/")
    second.follows("Night shift blues")
    second.page.locator("main").get_by_label("We spoke with the people it is about").check()
    second.writes("Your answer", "You are right. They no longer come.")
    second.presses("Send the answer")
    member.goes("/concerns/")
    member.follows("Night shift blues")
    member.reads("You are right. They no longer come.")


def test_a_call_that_nobody_answers_goes_on_to_the_next_and_says_so_until_a_person_is_there(
    arrives: Arrives, programme: Programme
) -> None:
    on_duty("grey-heron")
    world.role(RoleKind.SAFETY_LEAD, reachable(world.person("kestrel")))
    visitor = arrives("visitor", **PHONE)
    visitor.goes("/")
    visitor.follows("Something worries me", within="footer")
    visitor.reads("1 person is on duty now.")
    visitor.reads("too few calls so far")
    visitor.follows("Call somebody to look")
    visitor.writes("What is happening?", "My friend does not answer any more.")
    visitor.presses("Call them now")
    visitor.reads("We are calling somebody.")
    visitor.reads("Keep this address")

    concern = Concern.objects.get()
    rings = timezone.now()
    for _round in range(2):
        # The clock of the worker, ten minutes later each time.
        rings += timedelta(minutes=10, seconds=1)
        duty_calls.escalate(now=rings)
    # Without a tap: the page asks by itself.
    expect(visitor.page.locator("#news")).to_contain_text("Nobody has answered yet", timeout=20_000)
    visitor.looks()

    lead = arrives("lead", **PHONE).signs_in(Person.objects.get(pseudonym="kestrel"))
    lead.goes(reverse("concern", args=[concern.pk]))
    lead.reads("did not answer in time")
    lead.presses("I am here")
    lead.reads("They can see that a person is there.")
    lead.writes("Your words", "I am with you. Where are they now?")
    lead.presses("Send")
    expect(visitor.page.locator("#news")).to_contain_text("Where are they now?", timeout=20_000)
    visitor.reads("A person is there")
    visitor.writes("Your words", "At home.")
    visitor.presses("Send")
    visitor.looks()
    lead.goes("/safety/desk/")
    lead.reads("Until a person answers a call")


def test_the_rota_is_made_in_two_minutes_and_a_day_off_finds_somebody_else(
    arrives: Arrives, programme: Programme
) -> None:
    world.role(RoleKind.EVALUATOR, reachable(world.person("grey-heron")))
    tern = world.role(RoleKind.EVALUATOR, reachable(world.person("tern")))
    lead = arrives("lead").signs_in(
        world.role(RoleKind.SAFETY_LEAD, reachable(world.person("kestrel")))
    )
    lead.goes("/safety/duty/")
    lead.reads("Nobody is on the rota yet")
    tomorrow = timezone.now() + timedelta(days=1)
    for name in ("grey-heron", "tern"):
        lead.writes("Pseudonym", name)
        lead.page.locator(f"main input[name=days][value='{tomorrow.weekday()}']").check()
        lead.writes("From", "18:00")
        lead.writes("Until", "22:00")
        lead.chooses("Time zone", "UTC")
        lead.presses("Add these hours")
    lead.reads("They are on duty at these hours from now on.")
    heron = arrives("heron", **PHONE).signs_in(Person.objects.get(pseudonym="grey-heron"))
    heron.goes("/safety/duty/")
    heron.presses("I cannot do this one")
    heron.reads("Free: grey-heron is away")
    other = arrives("tern", **PHONE).signs_in(tern)
    other.goes("/safety/duty/")
    other.presses("I take it")
    other.reads("instead of grey-heron")
    other.goes("/safety/desk/")
    other.reads("When you are on duty")


def test_words_that_could_not_be_sent_are_kept_and_words_nobody_sent_are_not(
    arrives: Arrives, programme: Programme
) -> None:
    visitor = arrives("visitor", **PHONE)
    page, context = visitor.page, visitor.page.context
    box = page.get_by_label("What worries you?")
    visitor.goes("/concerns/new/tell/")
    box.fill("He reads what I type.")
    # Somebody comes in, and they go elsewhere: what they did not send is not to be found here later.
    visitor.goes("/safeguarding/")
    visitor.goes("/concerns/new/tell/")
    expect(box).to_have_value("")
    box.fill("He waits for me at the station.")
    context.set_offline(True)
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url("chrome-error://chromewebdata/")
    context.set_offline(False)
    assert not Concern.objects.exists()
    visitor.goes("/concerns/new/tell/")
    expect(box).to_have_value("He waits for me at the station.")
    visitor.presses("Send it")
    visitor.reads("Keep this address")
    assert Concern.objects.get().words == "He waits for me at the station."
    visitor.goes("/concerns/new/tell/")
    expect(box).to_have_value("")
