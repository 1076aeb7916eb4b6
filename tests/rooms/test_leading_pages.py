"""Leading a meeting through its doors: every button, what no button sends, and who may."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.rooms.enums import Part, Phase, Stance
from hearthside.rooms.queries.turns import circle_of
from tests import world
from tests.rooms import rooms
from tests.rooms.people import seat, shown, tap, words_of
from tests.rooms.rooms import Table

pytestmark = pytest.mark.django_db


class Led:
    """A room that runs now, with a browser of its facilitator."""

    def __init__(self, table: Table, now: datetime) -> None:
        self.room = rooms.room(starts_at=now)
        self.lead = rooms.inside(self.room, table, Part.FACILITATOR, now=now)
        self.ana = rooms.inside(self.room, table, stance=Stance.SPEAK, now=now)
        self.client = world.browser(self.lead)

    def tap(self, expected: int = 204, client: Client | None = None, **fields: Any) -> str:
        answer = tap(client or self.client, "room_lead", self.room, **fields)
        assert answer.status_code == expected, answer.content
        self.room.refresh_from_db()
        return words_of(answer) if expected in (400, 409) else ""


@pytest.fixture
def led(table: Table) -> Led:
    return Led(table, timezone.now())


def test_a_facilitator_leads_a_whole_meeting_by_its_buttons(led: Led, table: Table) -> None:
    assert led.tap(409, action="begin") == (
        "2 people are here, and this group begins with 3. You can wait, or begin anyway."
    )
    led.tap(action="begin_anyway")
    led.tap(action="step", step="check_in")
    led.tap(action="round")
    now = timezone.now()
    view = shown(led.room, now)
    # What the group wants, where the page says nothing.
    assert (view.prompt[:12], view.seconds_allowed) == ("How are you ", 180)
    led.tap(action="add_time")
    led.tap(action="give", alias=seat(led.room, led.ana))
    led.tap(action="move_on", turn=circle_of(led.room.pk).version)
    led.tap(action="round", prompt="And now", seconds_each=30, order="random")
    assert (shown(led.room, now).prompt, shown(led.room, now).seconds_allowed) == ("And now", 30)
    led.tap(action="free_talk")
    led.tap(action="keeper", alias=seat(led.room, led.ana))
    assert led.room.keeper == led.ana
    led.tap(action="keeper", alias="")
    assert led.room.keeper is None
    second = rooms.inside(led.room, table, Part.FACILITATOR, now=now)
    led.tap(action="hand_to", alias=seat(led.room, second))
    assert led.room.lead == second
    assert str(second) in led.tap(409, action="take_over")
    led.tap(action="closing")
    assert led.room.phase == Phase.CLOSING
    led.tap(action="close")
    assert led.room.phase == Phase.CLOSED
    assert [held.by for held in table.held_rooms] == [led.lead]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"action": "dance"},
        {"action": "pause"},
        {"action": "step"},
        {"action": "step", "step": "tea"},
        {"action": "give"},
        {"action": "give", "alias": "ana"},
        {"action": "hand_to", "alias": "0" * 31},
        {"action": "round", "seconds_each": "-1"},
        {"action": "round", "seconds_each": "3601"},
        {"action": "round", "order": "mine"},
        {"action": "round", "prompt": "x" * 301},
        {"action": "move_on", "turn": "now"},
    ],
    ids=str,
)
def test_what_no_button_sends_is_refused(led: Led, fields: dict[str, Any]) -> None:
    led.tap(action="begin_anyway")
    led.tap(400, **fields)


def test_a_seat_that_nobody_has_leads_nowhere(led: Led) -> None:
    led.tap(404, action="keeper", alias="0" * 32)
    led.tap(404, action="hand_to", alias="0" * 32)


def test_nobody_but_a_facilitator_who_is_in_the_room_leads_it(led: Led, table: Table) -> None:
    lobby = table.seat(led.room, part=Part.FACILITATOR)
    coordinator = world.role(RoleKind.COORDINATOR, site=led.room.group.site)
    operator = world.role(RoleKind.OPERATOR)
    greeter = rooms.inside(led.room, table, Part.GREETER, now=timezone.now())
    for who in (led.ana, greeter, lobby, coordinator, operator, world.person()):
        led.tap(404, client=world.browser(who), action="begin_anyway")
    assert led.room.phase == Phase.WAITING
    assert led.client.get(f"/rooms/{led.room.pk}/lead/").status_code == 405
