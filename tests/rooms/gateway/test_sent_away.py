"""Whoever may not be in a room any more is out of it within a second, whatever it was that ended it."""

import asyncio
import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from hearthside.accounts.models import Person
from hearthside.rooms import ports
from hearthside.rooms.actions import closing, outside
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Device
from hearthside.rooms.models import Envelope as StoredEnvelope
from tests.rooms.gateway.conftest import Running
from tests.rooms.gateway.house import Guest, House, done
from tests.rooms.rooms import Table
from tests.rooms.wire_client import Client as Browser
from tests.rooms.wire_client import Envelope, run

SECOND = 1.0


class Evening:
    """A room with a facilitator and two members, of whom one is about to go."""

    def __init__(self, table: Table) -> None:
        self.house = House(table)
        self.fay = self.house.guest(Part.FACILITATOR)
        self.ana, self.ben = self.house.guests(2)

    def remove(self) -> None:
        self._keep_out(outside.remove)

    def hold(self) -> None:
        self._keep_out(outside.hold)

    def _keep_out(self, act: Callable[..., None]) -> None:
        act(room=self.house.room, person=self.ana.person, by=self.fay.person, now=self.house.now())

    def give_up_seat(self) -> None:
        self.house.table.clear(self.house.room, self.ana.person)
        touch(room_id=self.house.room.pk)

    def sign_out(self) -> None:
        browser = Client()
        browser.cookies["hearthside"] = self.ana.cookie
        browser.logout()

    def expire(self) -> None:
        Session.objects.filter(pk=self.ana.cookie).update(expire_date=self.house.now())

    def change_password(self) -> None:
        person = Person.objects.get(pk=self.ana.person.pk)
        person.set_password("quite another one")
        person.save()

    def deactivate(self) -> None:
        Person.objects.filter(pk=self.ana.person.pk).update(is_active=False)

    def erase(self) -> None:
        self.house.table.clear(self.house.room, self.ana.person)
        Person.objects.get(pk=self.ana.person.pk).delete()

    def end_device(self) -> None:
        Device.objects.filter(pk=self.ana.device.pk).update(ended_at=self.house.now())
        touch(room_id=self.house.room.pk)

    def close(self) -> None:
        closing.close(room=self.house.room, by=self.fay.person, now=self.house.now())


WAYS = {
    "remove": "removed",
    "hold": "held",
    "give_up_seat": "seat",
    "sign_out": "signed-out",
    "expire": "signed-out",
    "change_password": "signed-out",
    "deactivate": "signed-out",
    "erase": "signed-out",
    "end_device": "unknown",
    "close": "closed",
}


async def time_until_out(client: Browser) -> float:
    """Seconds until the goodbye came."""
    began = time.monotonic()
    await client.until("BYE")
    return time.monotonic() - began


@pytest.mark.parametrize("hears", ["at once", "by looking"])
@pytest.mark.parametrize("way", WAYS)
def test_they_are_out_within_a_second_and_the_others_go_on(
    gateway: Running, table: Table, way: str, hears: str
) -> None:
    evening = Evening(table)
    house = evening.house

    async def meeting() -> None:
        staying = await house.founded(gateway.port, evening.fay)
        going = await house.sit(gateway.port, evening.ana, after=1)
        # Another process's changes come without a hint: the gateway has to see them by itself.
        if hears == "by looking":
            ports.forget_listener("gateway")
        await done(getattr(evening, way))
        assert await time_until_out(going) < SECOND
        assert going.bye() == WAYS[way] or way == "erase"
        assert await going.closed() in {4401, 4404}
        if way != "close":
            # Whoever was put out knows the old keys.
            staying.commit()
            assert isinstance(await staying.answer(staying.no), Envelope)
            staying.say(b"are we all right", epoch=1)
            assert isinstance(await staying.answer(staying.no), Envelope)
        going.heard.clear()
        await asyncio.sleep(0.2)
        assert not going.heard

    run(meeting())


def test_what_they_send_after_losing_their_place_is_never_heard(
    gateway: Running, table: Table
) -> None:
    evening = Evening(table)
    house = evening.house

    async def meeting() -> None:
        staying = await house.founded(gateway.port, evening.fay)
        going = await house.sit(gateway.port, evening.ana, after=1)
        ports.forget_listener("gateway")
        await done(evening.remove)
        # The gateway has not looked yet; the database knows already.
        going.say(b"one last word")
        await time_until_out(going)
        await asyncio.sleep(0.2)
        assert [one.payload for one in staying.all_envelopes()] == [b""]

    run(meeting())
    assert StoredEnvelope.objects.count() == 1


def test_hundreds_are_out_at_once_when_a_room_closes(fast_gateway: Running, table: Table) -> None:
    house = House(table)
    fay = house.guest(Part.FACILITATOR)
    people = house.guests(40)

    async def meeting() -> None:
        clients = [await house.founded(fast_gateway.port, fay)]
        clients += [await house.sit(fast_gateway.port, who, after=1) for who in people]
        await done(lambda: closing.close(room=house.room, by=fay.person, now=house.now()))
        times = await asyncio.gather(*(time_until_out(client) for client in clients))
        assert max(times) < SECOND

    run(meeting())


def test_somebody_let_in_again_comes_back(gateway: Running, table: Table) -> None:
    evening = Evening(table)
    house = evening.house

    async def meeting() -> None:
        going = await house.founded(gateway.port, evening.ana)
        await done(evening.hold)
        await going.closed()
        await done(
            lambda: outside.let_in(room=house.room, person=evening.ana.person, now=house.now())
        )
        await house.sit(gateway.port, evening.ana, after=1)

    run(meeting())
    assert isinstance(evening.ana, Guest)
