"""The real server, killed again and again in the middle of talk: nothing that was confirmed is lost, doubled or moved."""

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import ROOT
from tests.rooms.gateway.history import Browser, faults_of
from tests.rooms.wire_client import Heard, connect, run
from tests.running import Installation, free_port, installed

KILLS = 50
# Of these, so many with everything that `serve` starts; the others carry rooms only, which starts faster.
WITH_PAGES = 5


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return installed(tmp_path_factory.mktemp("killed") / "home")


def evening(of: Installation, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.rooms.gateway.an_evening", *words],
        env=of.environment(
            DJANGO_SETTINGS_MODULE="hearthside.project.settings", PYTHONPATH=str(ROOT)
        ),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@contextmanager
def server(
    of: Installation, command: str, port: int, **extra: str
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "hearthside", command, "--port", str(port)],
        env=of.environment(
            HEARTHSIDE_ROOMS_RATES="1000", HEARTHSIDE_URL=f"http://localhost:{port}", **extra
        ),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def browsers_of(rooms: list[dict[str, Any]], port: int) -> list[Browser]:
    return [
        Browser(port, UUID(one["room"]), UUID(who["device"]), who["cookie"], founds=number == 0)
        for one in rooms
        for number, who in enumerate(one["people"])
    ]


def stored(of: Installation, room: UUID) -> list[tuple[int, str, int]]:
    return of.rows(
        "select e.seq, v.device_id, e.no from rooms_envelope e"
        " join rooms_voice v on v.id = e.voice_id join rooms_journal j on j.id = e.journal_id"
        f" where j.room_id = '{room.hex}' order by e.seq"
    )


def test_fifty_kills_lose_double_and_move_nothing_that_was_confirmed(
    installation: Installation,
) -> None:
    rooms, port = evening(installation)["rooms"], free_port()
    browsers = browsers_of(rooms, port)

    async def storm() -> None:
        stop = asyncio.Event()
        ready = {UUID(one["room"]): asyncio.Event() for one in rooms}
        talking = [asyncio.create_task(each.live(stop, ready[each.room])) for each in browsers]
        chance = random.Random(1)
        for kill in range(KILLS):
            with server(installation, "serve" if kill < WITH_PAGES else "rooms", port):
                seen = sum(len(each.confirmed) for each in browsers)
                # In the middle of talk: after some messages since the start, at any moment of a commit.
                while sum(len(each.confirmed) for each in browsers) < seen + 20:
                    await asyncio.sleep(0.002)
                await asyncio.sleep(chance.uniform(0.0, 0.05))
        stop.set()
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        with server(installation, "rooms", port):
            await answers(port)
            for each in browsers:
                await each.hear_the_rest(len(stored(installation, each.room)))

    run(storm())
    for one in rooms:
        room = UUID(one["room"])
        inside = [each for each in browsers if each.room == room]
        assert not faults_of(inside, stored(installation, room))
        assert min(each.connections for each in inside) > KILLS / 2
        assert sum(len(each.confirmed) for each in inside) > KILLS * 5


async def answers(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return


def test_a_browser_that_loses_a_confirmation_is_caught_by_the_check() -> None:
    """The check itself can fail."""
    ana = Browser(0, UUID(int=1), UUID(int=2), "")
    ana.confirmed = {1: 1, 2: 3}
    whole = [(1, ana.device.hex, 1), (2, "other", 1), (3, ana.device.hex, 2)]
    assert not faults_of([ana], whole)
    assert faults_of([ana], whole[:2])
    assert faults_of([ana], [*whole, (4, ana.device.hex, 2)])
    assert faults_of([ana], [whole[0], whole[2]])


def test_rooms_on_a_port_of_their_own_take_the_pages_origin_and_end_with_the_pages(
    installation: Installation,
) -> None:
    room = evening(installation)["rooms"][0]
    who, own, pages = room["people"][0], free_port(), free_port()

    async def meeting() -> None:
        with server(installation, "serve", pages, HEARTHSIDE_ROOMS_PORT=str(own)) as process:
            await answers(own)
            client = await connect(
                own, room=UUID(room["room"]), device=UUID(who["device"]), cookie=who["cookie"],
                Origin=f"http://localhost:{pages}",
            )  # fmt: skip
            await client.until("CAUGHT_UP")
            process.terminate()
            await client.until("BYE")
            assert client.bye() == "restart"
            assert await asyncio.to_thread(process.wait, 15) is not None

    run(meeting())


@pytest.mark.parametrize("way", ["remove", "release", "close"])
def test_another_process_sends_somebody_away_within_a_second(
    installation: Installation, way: str
) -> None:
    rooms, port = evening(installation)["rooms"], free_port()
    room, who = UUID(rooms[0]["room"]), rooms[0]["people"][1]

    async def meeting() -> float:
        with server(installation, "rooms", port):
            await answers(port)
            client = await connect(
                port, room=room, device=UUID(who["device"]), cookie=who["cookie"]
            )
            await client.until("CAUGHT_UP")
            keys = [str(room)] if way == "close" else [str(room), who["person"]]
            acting = asyncio.create_task(asyncio.to_thread(evening, installation, way, *keys))
            bye = await client.until("BYE")
            out_at = time.time()
            assert isinstance(bye, Heard)
            assert bye.body == {"remove": "removed", "release": "seat", "close": "closed"}[way]
            done = await acting
            return out_at - float(done["done_at"])

    assert run(meeting()) < 1.0
