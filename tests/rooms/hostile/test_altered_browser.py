"""A member with an altered browser against a room of honest ones: the meeting goes on, and everybody sees whose doing it was."""

import asyncio
import os
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import Reader
from tests.journeys.rooms.conftest import installation, nothing_kept, room, served
from tests.journeys.rooms.evening import LEAD, ROBIN, SAM, Room, hear, is_sealed, says
from tests.rooms.wire_client import Client, Heard, connect, run

__all__ = ["installation", "nothing_kept", "room", "served"]

pytestmark = pytest.mark.browser

MAKE_KNOWN = """async ([url, device, fingerprint]) => {
    const csrf = document.querySelector("[data-csrf]").dataset.csrf;
    const answer = await fetch(url, {
        method: "POST", headers: {"Content-Type": "application/json", "X-CSRFToken": csrf},
        body: JSON.stringify({device, fingerprint, packages: []}),
    });
    return answer.status;
}"""


def altered(room: Room, name: str, act: Callable[[Client, int], Awaitable[None]]) -> None:
    """Somebody who came through the lobby does this over the wire, with no keys at all."""
    reader = room.opens(name)
    reader.goes(room.evening.path(""))
    reader.ticks("I may want to speak")
    reader.page.locator("main input[type=checkbox]").first.check()
    # Their own page, which would ask for keys as everybody's does, never runs.
    reader.page.route("**/seal-worker*", lambda route: route.abort())
    reader.presses("Go in")
    device = uuid.uuid4()
    known = [f"{room.served.url}/rooms/devices/", str(device), os.urandom(32).hex()]
    assert reader.page.evaluate(MAKE_KNOWN, known) == 200

    async def scene() -> None:
        line = await connect(
            room.served.port,
            room=uuid.UUID(room.evening.room),
            device=device,
            cookie=room.evening.cookies[name],
        )
        await line.until("CAUGHT_UP")
        shown = [each for each in line.heard if isinstance(each, Heard) and each.op == "STATE"]
        await act(line, shown[-1].body["epoch"])
        await asyncio.sleep(0.5)

    with ThreadPoolExecutor(1) as beside:
        beside.submit(run, scene()).result(timeout=60)
    # That its worker did not start.
    reader.complaints.clear()


def talk(*readers: Reader) -> None:
    """Each says something, and all the others read it."""
    for number, reader in enumerate(readers):
        is_sealed(reader)
        says(reader, f"I am number {number}.")
        hear(f"I am number {number}.", *readers)


def test_a_change_of_keys_that_nobody_can_follow_is_undone_by_new_keys(room: Room) -> None:
    lead, robin = room.comes(LEAD), room.comes(ROBIN)
    lead.button("Begin the meeting").click()
    talk(lead, robin)

    async def act(line: Client, epoch: int) -> None:
        line.commit(b"nothing that MLS knows", epoch=epoch, info=b"nor this")
        await line.answer(line.no)

    altered(room, SAM, act)
    lead.page.wait_for_timeout(1500)
    for reader in (lead, robin):
        is_sealed(reader)
    says(lead, "We are still here.")
    hear("We are still here.", lead, robin)
    expect(robin.page.locator("said-list")).to_contain_text(SAM)


def test_a_room_whose_first_keys_are_none_is_founded_again(room: Room) -> None:
    async def act(line: Client, epoch: int) -> None:
        assert epoch == -1
        line.found(b"nothing that MLS knows")
        await line.answer(line.no)

    altered(room, SAM, act)
    lead, robin = room.comes(LEAD), room.comes(ROBIN)
    lead.button("Begin the meeting").click()
    talk(lead, robin)
