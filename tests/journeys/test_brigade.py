"""Twenty friends against one, and three who never met: who is heard, and what happens to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Programme
from hearthside.safety.actions import flags
from hearthside.safety.enums import MeasureReason
from hearthside.safety.models import Measure
from tests import world
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE
from tests.meetings.people import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def known_for(group: Group, name: str, *, days: int) -> Person:
    """A member whose account is as old as that."""
    who = ready(group, world.person(name))
    Person.objects.filter(pk=who.pk).update(joined_at=timezone.now() - timedelta(days=days))
    return who


def test_a_brigade_moves_nobody_and_three_strangers_bring_a_facilitator_to_look(
    arrives: Arrives, programme: Programme
) -> None:
    group, now = world.group("Night shift blues", format="online", size_max=30), timezone.now()
    target = known_for(group, "quiet-oak", days=400)
    for number in range(20):
        friend = known_for(group, f"friend-{number}", days=1)
        flags.flag(
            by=friend, about=target, group=group.pk, reason=MeasureReason.UNKIND,
            now=now - timedelta(minutes=number),
        )  # fmt: skip
    leader = arrives("facilitator").signs_in(
        world.role(RoleKind.FACILITATOR, world.person("lookout"), group=group)
    )
    leader.goes("/safety/measures/")
    leader.does_not_read("quiet-oak")
    oak = arrives("target", **PHONE).signs_in(target)
    oak.goes("/me/decisions/")
    oak.reads("There is nothing")

    # Two more who know neither the friends nor each other say the same, by the page.
    for number, name in enumerate(("blue-raincoat", "second-kettle"), start=1):
        stranger = arrives(name, **PHONE).signs_in(known_for(group, name, days=100 * number))
        stranger.goes("/me/people/")
        stranger.follows("Something about somebody was not all right")
        stranger.writes("Their pseudonym", "Quiet-Oak")
        stranger.ticks("Words that hurt others")
        stranger.presses("Send it quietly")
        stranger.reads("They are not told")

    leader.goes("/safety/measures/")
    leader.reads("3 people who do not seem to know each other")
    leader.follows("quiet-oak")
    leader.reads("Nothing has happened to this person.")
    leader.does_not_read("blue-raincoat")
    leader.ticks("I talked with them")
    leader.presses("I have looked")
    leader.reads("Thank you for looking.")
    assert not Measure.objects.exists()


def test_somebody_keeps_their_distance_and_the_other_notices_nothing(
    arrives: Arrives, programme: Programme
) -> None:
    group = world.group("Night shift blues", format="online")
    owner, other = ready(group, world.person("wren")), ready(group, world.person("heron"))
    wren, heron = arrives("wren", **PHONE).signs_in(owner), arrives("heron").signs_in(other)
    heron.goes(group.get_absolute_url())
    before = heron.page.inner_text("main")
    wren.goes("/me/")
    wren.follows("People I have blocked or muted")
    wren.writes("Their pseudonym", "nobody-such")
    wren.presses("Keep my distance")
    wren.reads("You have met nobody here who goes by that pseudonym.", within=".error-summary")
    wren.writes("Their pseudonym", "heron")
    wren.ticks("Block: I do not see their words")
    wren.presses("Keep my distance")
    wren.reads("Blocked since")
    heron.goes(group.get_absolute_url())
    assert heron.page.inner_text("main") == before
    wren.presses("Undo")
    wren.reads("Undone. Nobody is told.")
