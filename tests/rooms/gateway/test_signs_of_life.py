"""A browser says that it is there, and hears how far the room is; one that asks and asks is cut off."""

from hearthside.rooms.models import Room
from hearthside.rooms.streams import limits
from tests.rooms.gateway.conftest import Running
from tests.rooms.gateway.house import House, done
from tests.rooms.rooms import Table
from tests.rooms.wire_client import SOFT, Heard, run


def test_a_sign_of_life_is_answered_with_how_far_the_room_is_however_often_it_comes(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana = house.guest()

    async def evening() -> None:
        client = await house.founded(gateway.port, ana)
        for _ in range(limits.MALFORMED + 2):
            client.send(b"\x06")
            assert (await client.until("CAUGHT_UP")).numbers == (1,)
        client.say()
        await client.envelope()
        client.send(b"\x06")
        assert (await client.until("CAUGHT_UP")).numbers == (2,)

    run(evening())


def test_somebody_without_keys_is_told_nothing_and_can_say_nothing(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def evening() -> None:
        await house.founded(gateway.port, ana)
        outside = await house.sit(gateway.port, ben)
        outside.send(b"\x06")
        outside.say()
        assert await outside.answer(outside.no) == Heard("REFUSED", (outside.no,), "epoch")
        assert [frame.op for frame in outside.heard if isinstance(frame, Heard)].count(
            "CAUGHT_UP"
        ) == 1

    run(evening())


def test_reactions_and_edits_wait_too_while_the_room_is_paused(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana = house.guest()

    def pause() -> None:
        Room.objects.filter(pk=house.room.pk).update(paused_at=house.now())

    async def evening() -> None:
        client = await house.founded(gateway.port, ana)
        await done(pause)
        client.drop()
        await client.closed()
        again = await house.sit(gateway.port, ana, after=1)
        again.say(kind=SOFT, no=50)
        assert await again.answer(50) == Heard("REFUSED", (50,), "paused")

    run(evening())


def test_whoever_floods_the_gateway_with_what_it_refuses_is_cut_off_and_others_are_not(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def evening() -> None:
        flood = await house.founded(gateway.port, ana)
        calm = await house.sit(gateway.port, ben, after=1)
        for _ in range(limits.FRAMES_RATE[0] * 2):
            flood.send(b"\x05")
        await flood.closed()
        assert flood.bye() == "unknown"
        calm.say()
        await calm.answer(calm.no)
        assert calm.close_code is None

    run(evening())
