"""People in a room hear each other: in one order, acknowledged, and after they come back."""

import asyncio
from itertools import pairwise

from hearthside.rooms.actions.changes import touch
from hearthside.rooms.enums import Part, Stance
from hearthside.rooms.models import Envelope, Journal
from hearthside.rooms.queries.aliases import alias_of, key
from peerkit.franking import Stamper
from tests.rooms.gateway.conftest import Running
from tests.rooms.gateway.house import House, done
from tests.rooms.rooms import Table
from tests.rooms.wire_client import SOFT, Client, run


def test_what_one_says_everybody_hears_and_the_speaker_has_it_confirmed(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        first = await house.founded(gateway.port, ana)
        other = await house.sit(gateway.port, ben, after=1)
        number = first.say(b"sealed words")
        confirmed, heard = await first.envelope(), await other.envelope()
        assert confirmed == heard
        assert (heard.seq, heard.no, heard.payload) == (2, number, b"sealed words")
        assert (heard.device, heard.alias) == (
            ana.device.pk,
            alias_of(house.room.pk, ana.person.pk),
        )

    run(meeting())


def test_the_stamp_says_who_said_it_where_as_what_and_when(gateway: Running, table: Table) -> None:
    house = House(table)
    ana = house.guest()

    async def meeting() -> None:
        client = await house.founded(gateway.port, ana)
        client.say(commitment=b"c" * 32)
        heard = await client.envelope()
        stamp = Stamper(key()).stamp(
            b"c" * 32, house.room.pk.bytes, heard.alias, heard.seq, heard.at_ms
        )
        assert heard.stamp == stamp

    run(meeting())


def test_many_talk_at_once_and_all_hear_the_same_order_without_a_gap(
    fast_gateway: Running, table: Table
) -> None:
    house, each = House(table), 60
    people = house.guests(5)

    async def meeting() -> None:
        clients = [await house.founded(fast_gateway.port, people[0])]
        clients += [await house.sit(fast_gateway.port, who, after=1) for who in people[1:]]
        for _ in range(each):
            for client in clients:
                client.say()
        heard = [await client.envelopes(each * len(clients)) for client in clients]
        assert all(order == heard[0] for order in heard)
        assert [one.seq for one in heard[0]] == list(range(2, 2 + each * len(clients)))
        assert all(one.at_ms <= other.at_ms for one, other in pairwise(heard[0]))

    run(meeting())
    stored = Envelope.objects.order_by("seq").values_list("seq", flat=True)
    assert list(stored) == list(range(1, 2 + each * 5))


def test_the_same_message_sent_again_is_confirmed_again_and_written_once(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        speaker = await house.founded(gateway.port, ana)
        other = await house.sit(gateway.port, ben, after=1)
        number = speaker.say(b"once")
        first = await speaker.envelope()
        speaker.say(b"other bytes under the same number", no=number)
        assert await speaker.envelope() == first
        speaker.say(b"next")
        assert (await speaker.envelope()).seq == first.seq + 1
        assert [one.payload for one in await other.envelopes(2)] == [b"once", b"next"]

    run(meeting())
    assert Envelope.objects.count() == 3


def test_the_same_message_twice_in_one_breath_is_written_once(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana = house.guest()

    async def meeting() -> None:
        speaker = await house.founded(gateway.port, ana)
        for _ in range(3):
            speaker.say(b"once", no=7)
        speaker.say(b"next", no=8)
        confirmed = await speaker.envelopes(4)
        assert {(one.no, one.seq) for one in confirmed} == {(7, 2), (8, 3)}

    run(meeting())
    assert Envelope.objects.count() == 3


def test_whoever_was_away_is_told_what_they_missed_and_then_follows(
    fast_gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        speaker = await house.founded(fast_gateway.port, ana)
        away = await house.sit(fast_gateway.port, ben, after=1)
        away.drop()
        talking = asyncio.create_task(talk(speaker, 600))
        await asyncio.sleep(0.05)
        back = await house.connect(fast_gateway.port, ben, after=1)
        heard = await back.envelopes(600)
        assert [one.seq for one in heard] == list(range(2, 602))
        await talking

    async def talk(speaker: Client, times: int) -> None:
        for _ in range(times):
            speaker.say()
            await speaker.envelope()

    run(meeting())


def test_a_lost_confirmation_comes_with_what_was_missed_and_nothing_comes_twice(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        speaker = await house.founded(gateway.port, ana)
        other = await house.sit(gateway.port, ben, after=1)
        number = speaker.say(b"did it arrive")
        await other.envelope()
        speaker.drop()
        back = await house.connect(gateway.port, ana, after=1)
        back.say(b"did it arrive", no=number)
        await back.until("CAUGHT_UP")
        back.say(b"afterwards", no=number + 1)
        heard = [await back.envelope()]
        while heard[-1].payload != b"afterwards":
            heard.append(await back.envelope())
        assert back.all_envelopes()[0].payload == b"did it arrive"
        assert [one.seq for one in back.all_envelopes() if one.no == number + 1] == [3]
        assert other.all_envelopes()[0].seq == 2

    run(meeting())
    assert Envelope.objects.count() == 3


def test_a_listener_and_a_member_without_the_turn_are_refused_and_told_why(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    fay, ana, lea = (
        house.guest(Part.FACILITATOR),
        house.guest(),
        house.guest(stance=Stance.LISTEN),
    )

    async def meeting() -> None:
        lead = await house.founded(gateway.port, fay)
        silent = await house.sit(gateway.port, lea, after=1)
        number = silent.say()
        refused = await silent.until("REFUSED")
        assert (refused.numbers, refused.body) == ((number,), "listening")
        silent.say(b"a reaction", kind=SOFT)
        assert (await silent.envelope()).kind == SOFT
        await done(lambda: pause(house))
        await lead.state_where(lambda state: bool(state["paused"]))
        member = await house.sit(gateway.port, ana, after=2)
        member.say()
        assert (await member.until("REFUSED")).body == "paused"
        lead.say(b"we wait a moment")
        assert (await lead.envelope()).payload == b"we wait a moment"

    def pause(of: House) -> None:
        type(of.room).objects.filter(pk=of.room.pk).update(paused_at=of.now())
        touch(room_id=of.room.pk)

    run(meeting())


def test_a_room_without_anybody_left_is_forgotten_and_comes_back_from_the_database(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana = house.guest()

    async def meeting() -> None:
        client = await house.founded(gateway.port, ana)
        client.say(b"before")
        await client.envelope()
        client.drop()
        await asyncio.sleep(1.0)
        assert gateway.door.gateway is not None
        assert not gateway.door.gateway.halls
        back = await house.connect(gateway.port, ana, after=0)
        assert [one.seq for one in await back.envelopes(2)] == [1, 2]

    run(meeting())
    assert Journal.objects.get().last_seq == 2
