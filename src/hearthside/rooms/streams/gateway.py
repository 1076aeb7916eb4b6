"""All live rooms of one process: who comes in, what is written, and what must be looked at again and again."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from uuid import UUID

from django.db import Error as DatabaseError

from hearthside.rooms import ports
from hearthside.rooms.actions import presence
from hearthside.rooms.ports import Outcome, Wire
from hearthside.rooms.queries.live import Pulse
from hearthside.rooms.queries.state import Scene
from hearthside.rooms.streams import guard, limits
from hearthside.rooms.streams.commits import Batch
from hearthside.rooms.streams.guard import NOT_SIGNED_IN, TOO_MANY
from hearthside.rooms.streams.hall import Hall
from hearthside.rooms.streams.means import Means
from hearthside.rooms.streams.seat import Seat

logger = logging.getLogger(__name__)


class Gateway:
    """Runs on the event loop on which it is made, until `close`."""

    def __init__(self, open_wire: Callable[[], Wire], *, rates: float) -> None:
        self.means = Means(open_wire, self._written, rates=rates)
        self.loop = self.means.loop
        self.rates = rates
        self.halls: dict[UUID, Hall] = {}
        # Everybody who was let in, with the number of connections that each person has.
        self.seats: set[Seat] = set()
        self._of_person: Counter[UUID] = Counter()
        self._waiting: dict[UUID, list[Seat]] = {}
        self._receiving: set[UUID] = set()
        self._journals: dict[int, Hall] = {}
        self._seen_at = self.loop.time()
        self._is_closing = False
        ports.register_listener("gateway", self._hinted)
        self._unwatch = self.means.wire.watch(self._heard_of)
        self.means.spawn(self._look_again_and_again())
        self.means.spawn(self._sweep_again_and_again())

    def close(self) -> None:
        """End what runs beside the loop. Everybody was sent away before."""
        ports.forget_listener("gateway")
        self._unwatch()
        self.means.close()

    def send_all_away(self, reason: str) -> None:
        """Tell everybody why, and let them go."""
        for seat in [*self.seats, *chain.from_iterable(self._waiting.values())]:
            seat.leave(reason)

    # --- coming and going (streams.seat.House) ----------------------------------------------------
    def came(self, seat: Seat) -> None:
        """See `House.came`."""
        if sum(map(len, self._waiting.values())) >= limits.CONNECTIONS_WAITING:
            seat.leave("", TOO_MANY)
            return
        room_id = seat.wanted.room_id
        if room_id not in self._receiving:
            self._receiving.add(room_id)
            self.means.spawn(self._receive(room_id))
        self._waiting.setdefault(room_id, []).append(seat)

    def went(self, seat: Seat) -> None:
        """See `House.went`."""
        if seat in self.seats:
            self.seats.remove(seat)
            self._of_person[seat.admitted.person_id] -= 1
            self.halls[seat.wanted.room_id].give_up(seat)

    async def _receive(self, room_id: UUID) -> None:
        """Let in who waits before one room: all at once, and then those who came meanwhile."""
        await asyncio.sleep(limits.GATHER)
        while waiting := self._waiting.pop(room_id, None):
            seats = [seat for seat in waiting if not seat.is_gone]
            try:
                async with asyncio.timeout(limits.ADMIT_WITHIN):
                    wanted = [seat.wanted for seat in seats]
                    last = self.halls[room_id].scene.gate if room_id in self.halls else None
                    found = await self.means.read(
                        guard.receive, room_id, wanted, last=last, now=self.means.now()
                    )
            except Exception:
                # Whatever it was: whoever stands before the room must not wait for ever.
                logger.exception("Rooms: nobody could say who may come in.")
                for seat in seats:
                    seat.leave("restart")
            else:
                self._seat_all(seats, found)
        self._receiving.discard(room_id)

    def _seat_all(self, seats: Sequence[Seat], found: guard.Reception) -> None:
        for seat, answer in zip(seats, found.answers, strict=True):
            if isinstance(answer, guard.Turned):
                seat.leave(answer.reason, answer.code)
            elif found.scene is not None and not seat.is_gone:
                seat.admitted = answer
                self._seat(seat, self._hall(seat, found.scene))

    def _hall(self, seat: Seat, scene: Scene) -> Hall:
        hall = self.halls.get(seat.wanted.room_id)
        if hall is None:
            journal_id = seat.admitted.journal_id
            hall = Hall(seat.wanted.room_id, journal_id, scene, self.means)
            self.halls[hall.room_id] = self._journals[journal_id] = hall
        elif hall.scene is not scene:
            hall.apply(scene)
        return hall

    def _seat(self, seat: Seat, hall: Hall) -> None:
        person_id = seat.admitted.person_id
        farewell = hall.scene.gate.farewell(person_id)
        if farewell:
            seat.leave(farewell)
        elif (
            self._of_person[person_id] >= limits.CONNECTIONS_PER_PERSON
            or len(hall.seats) >= limits.CONNECTIONS_PER_ROOM
        ):
            seat.leave("", TOO_MANY)
        else:
            self._of_person[person_id] += 1
            self.seats.add(seat)
            hall.take(seat)

    # --- what was written ---------------------------------------------------------------------
    def _written(self, batch: Batch[Seat], outcomes: Sequence[Outcome] | None) -> None:
        if outcomes is None:
            # Nobody knows what of it holds. Whoever comes again learns it from the database.
            for hall in self.halls.values():
                hall.pending = 0
            self.send_all_away("restart")
            return
        news: dict[UUID, list[tuple[Seat, ports.Draft, Outcome]]] = {}
        for (seat, draft), outcome in zip(batch, outcomes, strict=True):
            room_id = seat.wanted.room_id
            if room_id in news:
                news[room_id].append((seat, draft, outcome))
            else:
                news[room_id] = [(seat, draft, outcome)]
        for room_id, told in news.items():
            if room_id in self.halls:
                self.halls[room_id].written(told)

    # --- what others changed --------------------------------------------------------------------
    def _hinted(self, room_id: UUID) -> None:
        """From any thread: a room has changed."""
        self._on_loop(self._renew, room_id)

    def _heard_of(self, journal_id: int) -> None:
        """From any thread: another process has written."""
        self._on_loop(self._heal, journal_id)

    def _on_loop(self, call: Callable[..., None], *args: object) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(call, *args)

    def _renew(self, room_id: UUID) -> None:
        hall = self.halls.get(room_id)
        if hall is not None and hall.seats:
            hall.renew_if_newer()

    def _heal(self, journal_id: int) -> None:
        hall = self._journals.get(journal_id)
        if hall is not None:
            hall.flow.heal()

    async def _look_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(limits.LOOK_EVERY)
            self._forget_empty_halls()
            if not self.seats:
                self._seen_at = self.loop.time()
                continue
            try:
                await self._look()
            except Exception:
                # Whatever it was: without looking, nobody who lost their place would ever be sent away.
                logger.exception("Rooms: who may still be here could not be looked at.")
                if self.loop.time() - self._seen_at > limits.BLIND_FOR:
                    self.send_all_away("restart")

    async def _look(self) -> None:
        tickets = {seat.admitted.ticket for seat in self.seats}
        rooms = {key for key, hall in self.halls.items() if hall.seats}
        seen = await self.means.read(guard.look, rooms, tickets, now=self.means.now())
        self._seen_at = self.loop.time()
        for seat in [seat for seat in self.seats if seat.admitted.ticket in seen.void]:
            seat.leave("signed-out", NOT_SIGNED_IN)
        for room_id in rooms:
            self._compare(room_id, seen.pulses.get(room_id))

    def _compare(self, room_id: UUID, pulse: Pulse | None) -> None:
        hall = self.halls.get(room_id)
        if hall is None:
            return
        if pulse is None or pulse.revision != hall.scene.gate.revision or hall.is_old:
            hall.renew()
        # With something of our own on its way, the next delivery shows whether there is a gap.
        elif pulse.last_seq > hall.flow.last_seq and not hall.pending:
            hall.flow.heal()

    def _forget_empty_halls(self) -> None:
        for room_id, hall in list(self.halls.items()):
            if not hall.seats and not hall.pending:
                hall.close()
                del self.halls[room_id]
        self._journals = {
            key: hall for key, hall in self._journals.items() if hall.room_id in self.halls
        }

    async def _sweep_again_and_again(self) -> None:
        next_sign = self.loop.time() + limits.SIGN_OF_LIFE_EVERY
        while True:
            await asyncio.sleep(limits.SWEEP_EVERY)
            now = self.means.now()
            try:
                if self.loop.time() >= next_sign:
                    next_sign = self.loop.time() + limits.SIGN_OF_LIFE_EVERY
                    seen = {key: hall.people() for key, hall in self.halls.items() if hall.seats}
                    await self.means.read(presence.still_here, seen=seen, now=now)
                live = list(self.halls)
                await self.means.read(presence.depart_silent, room_ids=live, now=now)
            except DatabaseError:
                logger.warning("Rooms: who is here could not be noted.")
