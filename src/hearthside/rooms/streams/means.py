"""What all halls of one gateway share: the loop, threads that read the database, the writer, and the stamp."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.db import Error as DatabaseError
from django.db import connections
from django.utils import timezone

from hearthside.rooms.ports import Draft, Outcome, Wire
from hearthside.rooms.queries.aliases import key
from hearthside.rooms.streams.commits import Batch, Committer
from hearthside.rooms.streams.seat import Seat
from peerkit.franking import Stamper

P = ParamSpec("P")
R = TypeVar("R")

# Reading is waiting for the interpreter most of the time, so more of them gain nothing.
READERS = 4


class Means:
    """Made and used on one event loop."""

    def __init__(
        self,
        open_wire: Callable[[], Wire],
        written: Callable[[Batch[Seat], Sequence[Outcome] | None], None],
        *,
        rates: float,
    ) -> None:
        self.loop = asyncio.get_running_loop()
        self.rates = rates
        self.stamp = Stamper(key()).stamp
        self.wire = open_wire()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="rooms-reader")
        self._committer: Committer[Seat] = Committer(lambda: self.wire, written)
        self._tasks: set[asyncio.Task[Any]] = set()

    def add(self, seat: Seat, draft: Draft) -> None:
        """Have the draft written."""
        self._committer.add(seat, draft)

    async def read(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run something that asks the database, in a thread."""
        return await self.loop.run_in_executor(
            self._readers, partial(_asked, partial(call, *args, **kwargs))
        )

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Let the work run by itself; it lives until it is done or the gateway ends."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def now(self) -> datetime:
        """The time of day, for queries and actions."""
        return timezone.now()

    def close(self) -> None:
        """Write what was given, and end every thread."""
        for task in self._tasks:
            task.cancel()
        self._committer.close()
        everyone = threading.Barrier(READERS)
        for _ in range(READERS):
            self._readers.submit(_let_go, everyone)
        self._readers.shutdown(wait=True)


def _asked(call: Callable[[], R]) -> R:
    """What the call gives. Each thread keeps its connection to the database, unless that is broken."""
    try:
        return call()
    except DatabaseError:
        connections.close_all()
        raise


def _let_go(everyone: threading.Barrier) -> None:
    # Each waits for the others, so that none of them does it twice.
    everyone.wait()
    connections.close_all()
