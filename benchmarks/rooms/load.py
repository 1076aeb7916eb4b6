"""The load: everybody takes a seat, rooms are saturated, then paced; what came back is counted."""

import asyncio
import gc
from collections import Counter
from dataclasses import dataclass, replace
from statistics import quantiles
from time import perf_counter

import cpu
from peer import Peer
from scenarios import PACED_DELIVERIES_PER_S, Plan, Scenario
from seating import Room

STALLED_AFTER_S = 3.0
MAY_LAG_S = 1.0
MORE_TIME = 8
FELL_BEHIND = f"fell behind {PACED_DELIVERIES_PER_S:,} deliveries/s"


@dataclass(frozen=True)
class Measured:
    """One measurement; times in milliseconds. One with faults does not count."""

    deliveries_per_cpu_s: float
    p50_ms: float | None = None
    p99_ms: float | None = None
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Load:
    """All rooms of a scenario, connected to one running server."""

    def __init__(self, peer: Peer, scenario: Scenario, plan: Plan, *, core: int) -> None:
        self.peer = peer
        self.scenario = scenario
        self.plan = plan
        self.core = core
        self.rooms = [Room(scenario, one) for one in range(scenario.rooms)]

    async def measured(self, *, pid: int, port: int) -> Measured:
        """Join the server on `port`, saturate it, pace it. Its cost is that of process `pid`."""
        kept = await self._join(port)
        gc.collect()
        gc.disable()
        try:
            return await self._saturated_then_paced(pid)
        finally:
            gc.enable()
            kept.clear()

    async def _join(self, port: int) -> list[object]:
        """Everybody takes a seat, room after room; what must be kept alive is returned."""
        kept: list[object] = []
        seats = [seat for room in self.rooms for seat in room.seats]
        for first in range(0, len(seats), self.peer.at_once):
            some = seats[first : first + self.peer.at_once]
            kept += await asyncio.gather(*(self.peer.join(seat, port) for seat in some))
        return kept

    async def _rates(self, pid: int) -> tuple[float, float]:
        """Deliveries per second of the server's processor time, and per second.

        A server so slow that nothing comes in that time gets more of it.
        """
        await asyncio.sleep(self.plan.warm_s)
        before, count, began = cpu.spent(pid, core=self.core), self._delivered, perf_counter()
        for _ in range(MORE_TIME):
            await asyncio.sleep(self.plan.saturated_s)
            if self._delivered > count:
                break
        after, count = cpu.spent(pid, core=self.core), self._delivered - count
        return count / max(after.since(before), 0.01), count / (perf_counter() - began)

    async def _saturated_then_paced(self, pid: int) -> Measured:
        for room in self.rooms:
            room.refill()
        per_cpu_s, per_s = await self._rates(pid)
        for room in self.rooms:
            room.stop()
        if self.peer.is_floor:
            return Measured(per_cpu_s)
        saturated = await self._checked(Measured(per_cpu_s))
        if saturated.faults:
            return saturated
        if self._missing or per_s < PACED_DELIVERIES_PER_S:
            words = f"not paced: {per_s:,.0f} deliveries/s at most"
            return replace(saturated, notes=(*saturated.notes, words))
        return await self._paced(saturated)

    async def _paced(self, measured: Measured) -> Measured:
        """With median and 99th percentile from send to receipt over all seats."""
        for room in self.rooms:
            for seat in room.seats:
                seat.is_reading = True
                del seat.latencies_ns[:]
        if not await self._keeps_pace():
            return await self._checked(replace(measured, notes=(FELL_BEHIND,)))
        checked = await self._checked(measured)
        seats = (seat for room in self.rooms for seat in room.seats)
        cuts = quantiles((one / 1e6 for seat in seats for one in seat.latencies_ns), n=100)
        return replace(checked, p50_ms=cuts[49], p99_ms=cuts[98])

    async def _keeps_pace(self) -> bool:
        """Send at the pace, room after room, whatever comes back; no, if a second's worth is missing."""
        per_s = PACED_DELIVERIES_PER_S / self.scenario.members
        began, said = perf_counter(), 0
        while (passed := perf_counter() - began) < self.plan.paced_s:
            while said < passed * per_s:
                self.rooms[said % len(self.rooms)].say()
                said += 1
            if self._sent - self._delivered > MAY_LAG_S * PACED_DELIVERIES_PER_S:
                return False
            await asyncio.sleep(0.001)
        return True

    async def _checked(self, measured: Measured) -> Measured:
        """Wait until everything has come, or nothing more comes; with what went wrong, in words."""
        seen, moved_at = -1, perf_counter()
        ends_at = moved_at + self.plan.drained_within_s
        while self._missing and perf_counter() < ends_at:
            if self._delivered != seen:
                seen, moved_at = self._delivered, perf_counter()
            if perf_counter() - moved_at > STALLED_AFTER_S:
                break
            await asyncio.sleep(0.01)
        return self._with_faults(measured, is_stalled=perf_counter() < ends_at)

    def _with_faults(self, measured: Measured, *, is_stalled: bool) -> Measured:
        missing, surplus = self._missing, sum(room.surplus for room in self.rooms)
        remarks = sum((room.remarks for room in self.rooms), Counter())
        faults = [f"{words} ({times} times)" for words, times in remarks.items()]
        faults += [f"{surplus} too many"] if surplus else []
        notes = list(measured.notes)
        if missing and is_stalled:
            faults.append(f"lost {missing}")
        elif missing:
            notes.append(f"{missing} still on their way after {self.plan.drained_within_s:g} s")
        return replace(measured, faults=tuple(faults), notes=tuple(notes))

    @property
    def _sent(self) -> int:
        return sum(room.sent * room.members for room in self.rooms)

    @property
    def _delivered(self) -> int:
        return sum(room.delivered for room in self.rooms)

    @property
    def _missing(self) -> int:
        return sum(room.missing for room in self.rooms)
