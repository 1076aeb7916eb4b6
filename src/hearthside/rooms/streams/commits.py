"""Group commit: what arrives while one batch is being written is the next batch. One thread writes, in order."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Generic, TypeVar

from hearthside.rooms.ports import Draft, Outcome, Wire, WireIsDown
from hearthside.rooms.streams.limits import BATCH

logger = logging.getLogger(__name__)

K = TypeVar("K")
Batch = list[tuple[K, Draft]]


class Committer(Generic[K]):
    """Writes drafts in the order in which they were added; `done` hears of each batch, on the loop.

    `done(batch, outcomes)` gets None for the outcomes when the database did not take the batch, or did
    not say whether it has; what was pending behind it is dropped then. What a draft is added with comes back with it.
    """

    def __init__(
        self,
        open_wire: Callable[[], Wire],
        done: Callable[[Batch[K], Sequence[Outcome] | None], None],
    ) -> None:
        self._open_wire, self._done = open_wire, done
        self._loop = asyncio.get_running_loop()
        self._pending: Batch[K] = []
        self._is_busy = False
        self._given: SimpleQueue[Batch[K] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="rooms-writer", daemon=True)
        self._thread.start()

    def add(self, owner: K, draft: Draft) -> None:
        """Have the draft written soon; on the loop."""
        self._pending.append((owner, draft))
        if not self._is_busy:
            self._is_busy = True
            # After everything else that has arrived by now, so that it goes into the same batch.
            self._loop.call_soon(self._give)

    def close(self) -> None:
        """Write what was given, and end. What is pending is not acknowledged, and will be sent again."""
        self._given.put(None)
        self._thread.join()

    def _give(self) -> None:
        batch, self._pending = self._pending[:BATCH], self._pending[BATCH:]
        self._given.put(batch)

    def _write_all(self) -> None:
        wire = self._open_wire()
        while (batch := self._given.get()) is not None:
            outcomes = self._write(wire, batch)
            try:
                self._loop.call_soon_threadsafe(self._written, batch, outcomes)
            except RuntimeError:
                # The loop has ended, and with it everybody who could be told.
                break
        wire.close()

    def _write(self, wire: Wire, batch: Batch[K]) -> Sequence[Outcome] | None:
        try:
            return wire.publish([draft for _, draft in batch], now_ms=time.time_ns() // 1_000_000)
        except WireIsDown:
            logger.exception("Rooms: a batch was not written; those in it are asked to come again.")
            return None

    def _written(self, batch: Batch[K], outcomes: Sequence[Outcome] | None) -> None:
        if outcomes is None:
            # What follows a batch that failed would come before it when that is sent again.
            self._pending = []
        if self._pending:
            self._give()
        else:
            self._is_busy = False
        self._done(batch, outcomes)
