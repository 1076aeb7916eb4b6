"""The gateway beside everything else: two of them, a stop, a database that is away, a turn that moves by itself."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearthside.rooms.actions import presence, turns
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Entry, Envelope, RoomRules
from hearthside.rooms.queries.state import state_of, you_of
from hearthside.rooms.queries.turns import circle_of, seat_of
from peerkit.circle import StartRound
from tests import world
from tests.rooms.gateway.conftest import Running, running
from tests.rooms.gateway.house import House, done, fill_disk
from tests.rooms.rooms import Table
from tests.rooms.wire_client import run


@pytest.fixture
def other_gateway(transactional_db: None) -> Iterator[Running]:
    """A second gateway on the same database, as another process has one."""
    yield from running(rates=10_000.0)


def test_people_on_two_gateways_hear_one_order_without_a_gap_and_nothing_twice(
    fast_gateway: Running, other_gateway: Running, table: Table
) -> None:
    house, each = House(table), 50
    people = house.guests(4)

    async def meeting() -> None:
        ports = [fast_gateway.port, other_gateway.port] * 2
        clients = [await house.founded(ports[0], people[0])]
        for port, who in list(zip(ports, people, strict=True))[1:]:
            clients.append(await house.sit(port, who, after=1))
        for _ in range(each):
            for client in clients:
                client.say()
            await asyncio.sleep(0.002)
        total = each * len(clients)
        heard = [await client.envelopes(total) for client in clients]
        assert all(order == heard[0] for order in heard)
        assert [one.seq for one in heard[0]] == list(range(2, total + 2))

    run(meeting())
    assert Envelope.objects.count() == each * len(people) + 1


def test_a_stop_says_goodbye_and_does_not_hang(transactional_db: None, table: Table) -> None:
    house = House(table)
    ana = house.guest()
    started = running(rates=1.0)
    gateway = next(started)

    async def meeting() -> None:
        client = await house.founded(gateway.port, ana)
        stopped = asyncio.create_task(asyncio.to_thread(next, started, None))
        await client.until("BYE")
        assert client.bye() == "restart"
        assert await client.closed() == 1012
        await asyncio.wait_for(stopped, 5)

    run(meeting())


def test_when_the_database_takes_nothing_nobody_is_told_otherwise_and_all_comes_back(
    fast_gateway: Running, table: Table
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told that its disk is full")
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        speaker = await house.founded(fast_gateway.port, ana)
        other = await house.sit(fast_gateway.port, ben, after=1)
        assert fast_gateway.door.gateway is not None
        wire = fast_gateway.door.gateway.means.wire
        fill_disk(wire)
        numbers = [speaker.say(bytes(8000)) for _ in range(200)]
        for client in (speaker, other):
            await client.closed()
            assert client.bye() == "restart"
        confirmed = {one.no for one in speaker.all_envelopes()}
        assert len(confirmed) < len(numbers)
        last = speaker.all_envelopes()[-1].seq
        back = await house.sit(fast_gateway.port, ana, after=last)
        for no in numbers:
            back.say(bytes(8000), no=no)
        for no in numbers:
            if no not in confirmed:
                await back.answer(no)

    run(meeting())
    assert list(Envelope.objects.order_by("seq").values_list("no", flat=True)) == list(
        range(1, 202)
    )


def test_an_offer_that_meets_silence_moves_on_and_everybody_sees_it(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    fay, ana, ben = house.guest(Part.FACILITATOR), *house.guests(2)

    async def meeting() -> None:
        client = await house.founded(gateway.port, fay)
        for who in (ana, ben):
            await house.sit(gateway.port, who, after=1)
        await done(begin)
        first = await client.state_where(lambda state: bool(state["circle"]["offered_to"]))
        await client.state_where(
            lambda state: state["circle"]["offered_to"] not in (None, first["circle"]["offered_to"])
        )

    def begin() -> None:
        keys = [seat_of(house.room.pk, who.person.pk) for who in (fay, ana, ben)]
        version = circle_of(house.room.pk).version
        event = StartRound(by=keys[0], version=version, order=tuple(keys[1:]))
        # Offered 43 of its 45 seconds ago.
        turns.apply(room_id=house.room.pk, event=event, now=house.now() - timedelta(seconds=43))

    run(meeting())


@pytest.mark.django_db
def test_presence_lasts_a_minute_after_the_last_sign_of_life(table: Table) -> None:
    house = House(table)
    ana = house.guest()
    begin = house.now()
    presence.arrive(room=house.room, person=ana.person, device=ana.device, now=begin)
    after = [begin + timedelta(seconds=seconds) for seconds in (59, 61, 100)]

    def is_here() -> list[bool]:
        states = [state_of(house.room.pk, now=moment) for moment in after]
        return [state["people"][0]["is_here"] for state in states if state]

    assert is_here() == [True, False, False]
    presence.still_here(seen={house.room.pk: [ana.person.pk]}, now=after[0])
    assert is_here() == [True, True, True]
    presence.depart_silent(room_ids=[house.room.pk], now=after[1])
    assert Entry.objects.get().left_at is None
    presence.depart_silent(room_ids=[house.room.pk], now=after[0] + timedelta(seconds=60))
    assert Entry.objects.get().left_at == after[0]
    assert is_here() == [False, False, False]


@pytest.mark.django_db
def test_a_group_that_does_not_want_it_shows_no_presence(table: Table) -> None:
    house = House(table)
    ana = house.guest()
    presence.arrive(room=house.room, person=ana.person, device=ana.device, now=house.now())
    RoomRules.objects.create(group=house.room.group, shows_presence=False)
    state = state_of(house.room.pk, now=house.now())
    assert state is not None
    assert not state["shows_presence"]
    assert not state["people"][0]["is_here"]


@pytest.mark.django_db
def test_what_is_shown_is_asked_in_as_many_questions_for_three_as_for_one(
    table: Table,
) -> None:
    house = House(table)
    counts = []
    for guests in (1, 2):
        people = house.guests(guests)
        with CaptureQueriesContext(connection) as queries:
            state = state_of(house.room.pk, now=house.now())
        counts.append(len(queries))
    assert state is not None
    assert len(state["people"]) == 3
    assert counts[0] == counts[1]
    mine = you_of(house.room.pk, people[0].person.pk, people[0].device.pk, now=house.now())
    assert mine is not None
    assert (mine["may_say"], mine["why_not"], mine["last_no"]) == (True, "", 0)
    assert you_of(house.room.pk, world.person().pk, None, now=house.now()) is None
