"""Too much, too large, too fast, or nothing we know: the sender is refused, and nobody else feels it."""

import asyncio
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hearthside.rooms.streams import limits
from hearthside.rooms.streams.limits import Bucket
from tests.rooms.gateway.conftest import Running
from tests.rooms.gateway.house import Guest, House
from tests.rooms.rooms import Table
from tests.rooms.wire_client import SOFT, Client, Heard, run


def refusals(client: Client) -> list[str]:
    return [one.body for one in client.heard if isinstance(one, Heard) and one.op == "REFUSED"]


def test_a_bucket_lets_a_burst_through_and_then_the_rate() -> None:
    bucket = Bucket((3, 2.0), 1.0)
    assert [bucket.takes(100.0) for _ in range(4)] == [True, True, True, False]
    assert bucket.takes(100.6)
    assert not bucket.takes(100.6)
    assert sum(bucket.takes(200 + tick / 100) for tick in range(1000)) in range(20, 25)


def test_whoever_writes_too_fast_is_refused_and_the_others_are_not(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        loud = await house.founded(gateway.port, ana)
        calm = await house.sit(gateway.port, ben, after=1)
        numbers = [loud.say() for _ in range(40)]
        await loud.answer(numbers[-1])
        await asyncio.sleep(0.5)
        assert set(refusals(loud)) == {"rate"}
        assert 12 <= len(loud.all_envelopes()) - 1 <= 14
        calm.say()
        assert not isinstance(await calm.answer(calm.no), Heard)
        for _ in range(20):
            loud.say(kind=SOFT)
        await loud.answer(loud.no)
        assert refusals(loud).count("rate") > 27

    run(meeting())


def test_a_message_that_is_too_large_is_refused_and_one_that_is_not_fits(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana = house.guest()

    async def meeting() -> None:
        client = await house.founded(gateway.port, ana)
        client.say(bytes(limits.SEND_FRAME))
        assert await client.answer(client.no) == Heard("REFUSED", (client.no,), "size")
        client.say(bytes(limits.SEND_FRAME - 46))
        await client.envelope()
        client.commit(bytes(80_000))
        assert len((await client.envelope()).payload) == 80_000
        client.send(bytes(limits.KEYS_FRAME + 1))
        await client.closed()

    run(meeting())


def test_broken_frames_are_refused_and_too_many_end_the_connection(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        broken = await house.founded(gateway.port, ana)
        fine = await house.sit(gateway.port, ben, after=1)
        for frame in (b"", b"\x00", b"\x01short", b"\x02\x00\x00\x00\x09", b"\xff" * 90):
            broken.send(frame)
        await broken.closed()
        assert refusals(broken) == ["malformed"] * 4
        assert broken.bye() == "unknown"
        fine.say()
        await fine.envelope()

    run(meeting())


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.one_of(st.binary(max_size=200), st.builds(
    lambda op, rest: bytes([op]) + rest, st.integers(0, 6), st.binary(max_size=200),
)), max_size=8))  # fmt: skip
def fuzzed(port: int, house: House, who: Sequence[Guest], noise: list[bytes]) -> None:
    async def meeting() -> None:
        wild = await house.connect(port, who[0], after=0)
        calm = await house.sit(port, who[1], after=0)
        for frame in noise:
            if wild.close_code is None:
                wild.send(frame)
        calm.say(epoch=0)
        answer = await calm.answer(calm.no)
        # Noise may be a change of keys; it is never anything worse.
        assert not isinstance(answer, Heard) or answer.body in {"epoch", "rate"}

    run(meeting())


def test_no_noise_of_one_browser_troubles_another(fast_gateway: Running, table: Table) -> None:
    house = House(table)
    people = house.guests(2)

    async def begin() -> None:
        await house.founded(fast_gateway.port, people[0])

    run(begin())
    fuzzed(fast_gateway.port, house, people)


def test_a_browser_that_does_not_read_is_let_go_and_the_others_do_not_wait(
    fast_gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben, slow = house.guests(3)

    async def meeting() -> None:
        speaker = await house.founded(fast_gateway.port, ana)
        other = await house.sit(fast_gateway.port, ben, after=1)
        stuck = await house.sit(fast_gateway.port, slow, after=1)
        line = stuck.transport.underlying_transport
        line.pause_reading()
        gateway = fast_gateway.door.gateway
        assert gateway is not None
        said = 0
        while len(gateway.seats) == 3 and said < 4000:
            said += 1
            speaker.say(bytes(8000))
            await other.envelope()
        assert len(gateway.seats) == 2
        line.resume_reading()
        await stuck.closed()
        # It comes again with what it has, and misses nothing.
        heard = [one.seq for one in stuck.all_envelopes()]
        back = await house.connect(fast_gateway.port, slow, after=heard[-1] if heard else 1)
        speaker.say(b"the last")
        while (await back.envelope()).payload != b"the last":
            pass
        heard += [one.seq for one in back.all_envelopes()]
        assert heard == list(range(heard[0], heard[-1] + 1))

    run(meeting())


def test_typing_is_passed_on_seldom_and_never_kept(gateway: Running, table: Table) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        typing = await house.founded(gateway.port, ana)
        other = await house.sit(gateway.port, ben, after=1)
        for _ in range(5):
            typing.type()
        typing.say()
        await other.envelope()
        await asyncio.sleep(0.1)
        told = [one for one in other.heard if isinstance(one, Heard) and one.op == "TYPING"]
        assert len(told) == 1
        assert told[0].body == other.all_envelopes()[-1].alias

    run(meeting())
