"""Children are never sent to adults, nor adults to children, and a meeting of theirs is never left to itself."""

from datetime import timedelta
from typing import Any

import pytest

from hearthside.groups.models import Experience, Group
from hearthside.meetings.actions import ladder
from hearthside.meetings.models import Haven
from hearthside.meetings.queries.chairs import chair_of
from hearthside.meetings.queries.havens import havens_for, may_visit
from hearthside.rooms.enums import Part
from tests import world
from tests.groups import training, young
from tests.meetings.people import ready
from tests.meetings.test_guests import alike, welcoming
from tests.world import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def stoma() -> Experience:
    return Experience.objects.create(slug="stoma")


TEENS = {"age_from": 14, "age_until": 17}
YOUNG = {"age_from": 13, "age_until": 25}
ADULTS = {"age_from": 18, "age_until": None}
UNSAID = {"age_from": 0, "age_until": None}


@pytest.mark.parametrize(
    ("guests", "host", "is_offered"),
    [
        (TEENS, TEENS, True),
        (TEENS, YOUNG, True),
        (YOUNG, TEENS, False),
        (TEENS, ADULTS, False),
        (TEENS, UNSAID, False),
        (ADULTS, TEENS, False),
        (ADULTS, YOUNG, False),
        (UNSAID, ADULTS, True),
    ],
)
def test_guests_go_where_everybody_of_their_group_may_be(
    stoma: Experience,
    guests: dict[str, Any],
    host: dict[str, Any],
    is_offered: bool,
) -> None:
    young.admitted(NOW)
    there = welcoming(stoma, NOW + 2 * HOUR, **host)
    meeting = world.meeting(alike(stoma, **guests), starts_at=NOW + HOUR)
    assert (there in havens_for(meeting, now=NOW)) is is_offered


def test_a_seat_that_was_offered_is_gone_when_ages_do_not_fit_any_more(stoma: Experience) -> None:
    young.admitted(NOW)
    host = welcoming(stoma, NOW + 2 * HOUR, **TEENS)
    meeting = world.meeting(alike(stoma, **TEENS), starts_at=NOW + HOUR)
    haven = Haven.objects.create(meeting=meeting, host=host, at=NOW)
    who = ready(meeting.group)
    assert may_visit(who, haven, now=NOW)
    Group.objects.filter(pk=host.group_id).update(**ADULTS)
    haven = Haven.objects.get()
    assert not may_visit(who, haven, now=NOW)


@pytest.mark.parametrize(("ages", "is_held"), [(TEENS, False), (UNSAID, True)])
def test_a_meeting_of_children_that_nobody_leads_is_called_off(
    ages: dict[str, Any],
    is_held: bool,
) -> None:
    young.admitted(NOW)
    meeting = world.meeting(world.group(**ages), starts_at=NOW + timedelta(minutes=4))
    ladder.climb_all(now=NOW)
    meeting = type(meeting).objects.get(pk=meeting.pk)
    assert meeting.is_cancelled() is not is_held


def test_no_room_of_children_begins_without_somebody_trained() -> None:
    young.admitted(NOW)
    group = young.group()
    meeting = world.meeting(group, starts_at=NOW + HOUR)
    facilitator = training.named(group)
    chair = chair_of(facilitator, meeting, now=NOW)
    assert chair is not None
    assert chair.part == Part.GREETER
    training.signed(facilitator, NOW)
    chair = chair_of(facilitator, meeting, now=NOW)
    assert chair is not None
    assert chair.part == Part.FACILITATOR
