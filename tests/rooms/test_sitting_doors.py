"""The buttons of a quiet side room: asking, coming, a no, going, and what is offered from inside it."""

import json

import pytest
from django.utils import timezone

from hearthside.rooms.actions import leading, side_rooms, sitting
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Entry, Room
from hearthside.rooms.queries.side_rooms import Sides
from hearthside.rooms.queries.state import sides_of
from hearthside.safety.models import Care, CheckIn
from tests import world
from tests.rooms import rooms
from tests.rooms.people import seat, tap, words_of
from tests.rooms.rooms import Table

pytestmark = pytest.mark.django_db


def test_by_the_buttons_two_ask_the_member_comes_and_each_may_go(table: Table) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    ana, ben = (rooms.inside(room, table, Part.FACILITATOR, now=now) for _ in range(2))
    robin = rooms.inside(room, table, now=now)
    asked = {"alias": seat(room, robin), "action": "second"}
    told = json.loads(tap(world.browser(ana), "room_invite", room, **asked).content)
    side = Room.objects.get(pk=told["room"])
    assert tap(world.browser(ben), "room_side_take", side).status_code == 204
    came = tap(world.browser(robin), "room_side_reply", side, action="yes")
    assert json.loads(came.content) == told
    assert tap(world.browser(ben), "room_side_end", side).status_code == 204
    assert not Room.objects.get(pk=side.pk).is_closed()
    assert tap(world.browser(ana), "room_side_second", side, action="call").status_code == 204
    assert tap(world.browser(ana), "room_side_second", side, action="alone").status_code == 204
    assert tap(world.browser(robin), "room_side_end", side).status_code == 204
    assert Room.objects.get(pk=side.pk).is_closed()
    over = tap(world.browser(robin), "room_side_reply", side, action="yes")
    assert (over.status_code, words_of(over)[:12]) == (409, "This is over")


def test_where_nobody_else_is_here_the_page_is_told_to_offer_something_else(table: Table) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    ana, robin = (
        rooms.inside(room, table, Part.FACILITATOR, now=now),
        rooms.inside(room, table, now=now),
    )
    browser = world.browser(ana)
    alone = tap(browser, "room_invite", room, alias=seat(room, robin), action="second")
    assert (alone.status_code, json.loads(alone.content)["is_alone"]) == (409, True)
    side = side_rooms.ask(room=room, person=robin, now=now)
    # Whoever goes is with them all the same, and reads why nobody comes along.
    came = json.loads(tap(browser, "room_side_answer", side, second="yes").content)
    assert came["words"].startswith("Nobody else who leads this meeting")
    assert Entry.objects.filter(room=side, person=ana).exists()


def test_whoever_sits_with_somebody_offers_to_be_in_touch_and_nothing_happens_without_a_yes(
    table: Table,
) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    ana, robin = (
        rooms.inside(room, table, Part.FACILITATOR, now=now),
        rooms.inside(room, table, now=now),
    )
    side = sitting.invite(room=room, person=robin, by=ana, has_second=False, now=now)
    browser = world.browser(ana)
    early = tap(browser, "room_side_care", side)
    assert (early.status_code, Care.objects.count()) == (409, 0)
    sitting.agree(side=side, now=now)
    for _ in range(2):
        assert tap(browser, "room_side_care", side).status_code == 200
    offer = Care.objects.get()
    assert (offer.person, offer.keeper, offer.agreed_at) == (robin, ana, None)
    assert not CheckIn.objects.exists()
    assert tap(world.browser(robin), "room_side_care", side).status_code == 404


@pytest.mark.parametrize("action", ["second", "alone"])
def test_in_a_room_for_young_people_nobody_is_asked_to_be_alone_with_one_adult(
    table: Table, action: str
) -> None:
    now = timezone.now()
    room = rooms.open_room(world.group(format="online", age_from=14, age_until=17), starts_at=now)
    ana, ben = (rooms.inside(room, table, Part.FACILITATOR, now=now) for _ in range(2))
    robin, keeper = (rooms.inside(room, table, now=now) for _ in range(2))
    leading.name_keeper(room=room, person=keeper, now=now)
    browser = world.browser(ana)
    tap(browser, "room_invite", room, alias=seat(room, robin), action=action)
    assert sides_of(room, robin, now=now) == Sides() == sides_of(room, keeper, now=now)
    assert len(sides_of(room, ben, now=now).calls) == 1
    asked = {"alias": seat(room, robin), "action": "second"}
    assert tap(world.browser(keeper), "room_invite", room, **asked).status_code == 404
