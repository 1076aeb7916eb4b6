"""A room on Python's websockets: whatever comes is broadcast to everybody at the same address."""

import asyncio
import sys
from collections import defaultdict
from typing import Any

import uvloop
from websockets.asyncio.server import broadcast, serve  # type: ignore[import-not-found]

rooms: defaultdict[str, set[Any]] = defaultdict(set)


async def member(connection: Any) -> None:
    """One member of the room that the address names."""
    room = rooms[connection.request.path]
    room.add(connection)
    try:
        async for message in connection:
            broadcast(room, message)
    finally:
        room.discard(connection)


async def main(port: int) -> None:
    """Serve until ended."""
    async with serve(member, "127.0.0.1", port, compression=None):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
