"""From newcomer to signed facilitator: modules on a phone, a session seen, the vetting, a signature, and the first lead."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Programme, SignOff
from hearthside.groups.queries.training_texts import MODULES, module
from hearthside.meetings.models import Duty
from tests import world
from tests.groups import training
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE, Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def answers(reader: Reader, slug: str, *, wrong: str = "") -> None:
    """Chooses in the check: the right options, but for one question."""
    for question in module(slug, "en").questions:
        field = reader.page.locator(f"#group_{question.key}")
        if field.count():
            is_wrong = question.key == wrong
            option = next(o for o in question.options if o.is_right != is_wrong)
            field.get_by_label(option.text, exact=True).check()


def learns(learner: Reader) -> None:
    """All seven modules, with one wrong answer on the way."""
    learner.goes("/today/")
    learner.reads("In training")
    learner.follows("My training")
    learner.reads("0 of 7 done.")
    learner.follows("Go on")
    learner.is_at("Your role, and where it ends")
    answers(learner, "role", wrong="medicine")
    learner.presses("See if it is right")
    learner.reads("1 question is still open.")
    learner.reads("It is kindly meant, but Jo may hear advice.")
    answers(learner, "role")
    learner.presses("See if it is right")
    learner.reads("This part is done.")
    for slug in MODULES[1:]:
        learner.goes(f"/training/{slug}/")
        answers(learner, slug)
        learner.presses("See if it is right")
        learner.reads("This part is done.")
    learner.goes("/training/")
    learner.reads("7 of 7 done.")
    learner.reads("Now lead a session beside somebody who may lead.")


def signs(heron: Reader) -> None:
    """Too early first; then a session seen, the vetting, and the signature."""
    heron.goes("/facilitators/")
    heron.follows("lookout")
    heron.presses("Sign that they may lead")
    heron.reads("No session was seen", within=".error-summary")
    heron.follows("Write down a session you saw")
    heron.writes("Day of the session", f"{timezone.localdate():%Y-%m-%d}")
    for box in heron.page.locator("[name=met]").all():
        box.check()
    heron.writes("In your words", "Warm and clear. Next time, say the minutes first.")
    heron.presses("Write it down")
    heron.ticks("Done: nothing stands against it")
    heron.presses("Write it down")
    heron.reads("The outcome is written down.")
    heron.presses("Sign that they may lead")
    heron.reads("Signed. lookout may lead from now on.")
    assert SignOff.objects.get().person.pseudonym == "lookout"


def test_a_newcomer_learns_is_seen_is_signed_and_leads(
    arrives: Arrives, programme: Programme
) -> None:
    now = timezone.now()
    training.gate_on(now)
    group = world.group("Night shift blues")
    coordinator, lookout = (
        world.role(RoleKind.COORDINATOR, site=group.site),
        world.person("lookout"),
    )
    meeting = world.meeting(group, starts_at=now + timedelta(days=2))
    heron = arrives("coordinator").signs_in(coordinator)
    heron.goes(f"/groups/{group.slug}/people/")
    heron.writes("Pseudonym", "lookout")
    heron.presses("Add")
    heron.reads("In training", within="#team + *")

    learner = arrives("newcomer", **PHONE).signs_in(lookout)
    learns(learner)
    signs(heron)
    learner.goes("/training/")
    learner.reads("You may lead")
    learner.reads("Warm and clear.")
    learner.goes(meeting.get_absolute_url())
    learner.goes("/today/")
    learner.presses("Yes, I will be there")
    assert Duty.objects.filter(person=lookout, confirmed_at__isnull=False).exists()


def test_what_was_chosen_survives_a_page_that_is_opened_again(
    arrives: Arrives, programme: Programme
) -> None:
    learner = arrives("newcomer", **PHONE).signs_in(world.person("lookout"))
    learner.goes("/training/distress/")
    answers(learner, "distress")
    learner.goes("/training/")
    learner.goes("/training/distress/")
    learner.presses("See if it is right")
    learner.reads("This part is done.")


def test_after_a_heavy_evening_two_taps_a_call_and_a_sign_that_only_she_sees(
    arrives: Arrives, programme: Programme
) -> None:
    group = world.group("Night shift blues")
    fay = world.role(RoleKind.FACILITATOR, world.person("Fay"), group=group)
    coordinator = world.role(RoleKind.COORDINATOR, world.person("Heron"), site=group.site)
    for days in range(3):
        world.meeting(group, starts_at=timezone.now() - timedelta(days=days, hours=3))
    leader = arrives("facilitator", **PHONE).signs_in(fay)
    for number in range(3):
        leader.goes("/today/")
        leader.page.get_by_role("link", name="How was it for you?").nth(number).click()
        leader.is_at("How was it for you?")
        leader.ticks("5: very heavy")
        leader.page.locator("#group_needs_person").get_by_label("No", exact=True).check()
        leader.presses("Keep it for me")
        leader.reads("Kept, for you alone.")
    leader.goes("/care/")
    leader.reads("Your last three meetings were heavy for you.")
    leader.follows("Ask for a call")
    leader.writes("How and when to reach you", "0113 496 0000, after six")
    leader.presses("Ask for a call")
    leader.reads("They were told. Nobody has said yet that they call.")

    heron = arrives("coordinator").signs_in(coordinator)
    heron.goes("/calls/")
    heron.reads("0113 496 0000, after six")
    heron.does_not_read("heavy")
    heron.presses("I will call")
    leader.goes("/calls/")
    leader.reads("Heron will call you.")
