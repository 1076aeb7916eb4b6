"""One live room in memory: its gate, and who sits in it."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import Error as DatabaseError

from hearthside.rooms.actions import turns
from hearthside.rooms.actions.refusals import RoomIsClosed
from hearthside.rooms.enums import EnvelopeKind
from hearthside.rooms.ports import Draft, Outcome
from hearthside.rooms.queries.live import keys_now, pulses
from hearthside.rooms.queries.state import Scene, scene_of
from hearthside.rooms.streams import frames, limits
from hearthside.rooms.streams.flow import Flow
from hearthside.rooms.streams.frames import Op
from hearthside.rooms.streams.limits import Bucket
from hearthside.rooms.streams.means import Means
from hearthside.rooms.streams.rates import Rates
from hearthside.rooms.streams.seat import Seat

logger = logging.getLogger(__name__)

SAY = int(EnvelopeKind.SAY)
# While these hold, nobody's reactions and edits go through either: words could be passed in them.
STILL = ("paused", "waiting", "unled", "second")


class Hall:
    """Trusts what it read of the room only until the room's revision is another."""

    def __init__(self, room_id: UUID, journal_id: int, scene: Scene, means: Means) -> None:
        self.room_id, self.means = room_id, means
        self.seats: set[Seat] = set()
        self.flow = Flow(room_id, journal_id, scene.gate.last_seq, means)
        # Messages that are on their way to the database.
        self.pending = 0
        self._rates: dict[UUID, Rates] = {}
        self._room_rate = Bucket(limits.ROOM_RATE, means.rates)
        self._read_at = 0.0
        self._is_reading = self._is_stale = False
        self._shown: object = None
        self._frame = b""
        self._next_state_at = 0.0
        self._state_timer: asyncio.TimerHandle | None = None
        self._tick_timer: asyncio.TimerHandle | None = None
        self._see(scene)

    # --- the gate -----------------------------------------------------------------------------
    @property
    def is_old(self) -> bool:
        """Read so long ago that time itself may have changed who may be here."""
        return self.means.loop.time() - self._read_at > limits.READ_ANEW_AFTER

    def renew(self) -> None:
        """Something has changed: read the room again, soon, and do what follows from it."""
        self._is_stale = True
        if not self._is_reading:
            self._is_reading = True
            self.means.spawn(self._read())

    def renew_if_newer(self) -> None:
        """The same, unless what we have is that revision already."""
        self.means.spawn(self._look())

    async def _look(self) -> None:
        with contextlib.suppress(DatabaseError):
            found = await self.means.read(pulses, [self.room_id])
            pulse = found.get(self.room_id)
            if pulse is not None and pulse.revision == self.scene.gate.revision:
                return
        self.renew()

    async def _read(self) -> None:
        while self._is_stale:
            self._is_stale = False
            try:
                scene = await self.means.read(scene_of, self.room_id, now=self.means.now())
            except DatabaseError:
                logger.warning("Rooms: a room could not be read; it is tried again.")
                self._is_stale = True
            else:
                self.apply(scene)
            # Many small changes at once are one reading.
            await asyncio.sleep(limits.STATE_EVERY)
        self._is_reading = False

    def apply(self, scene: Scene | None) -> None:
        """The room as it was read: whoever may not be here is sent away, and the others are shown it."""
        if scene is not None and scene.gate.revision < self.scene.gate.revision:
            return
        for seat in list(self.seats):
            reason = scene.gate.farewell(seat.admitted.person_id) if scene else "closed"
            if not reason and scene and seat.admitted.device_id not in scene.device_ids:
                reason = "unknown"
            if reason:
                seat.leave(reason)
        if scene is not None:
            self._see(scene)
            self._show()

    def _see(self, scene: Scene) -> None:
        self.scene, self._frame, self._read_at = scene, b"", self.means.loop.time()
        if self._tick_timer is not None:
            self._tick_timer.cancel()
            self._tick_timer = None
        if scene.gate.circle_due_at is not None:
            wait = (scene.gate.circle_due_at - self.means.now()).total_seconds()
            self._tick_timer = self.means.loop.call_later(
                max(wait, 0.0) + 0.01, lambda: self.means.spawn(self._tick())
            )

    async def _tick(self) -> None:
        """An offer that met silence moves on, whoever leads or has gone."""
        try:
            await self.means.read(turns.tick, room_id=self.room_id, now=self.means.now())
        except (RoomIsClosed, DatabaseError):
            self.renew()

    # --- what everybody is shown --------------------------------------------------------------
    def _show(self) -> None:
        for seat in self.seats:
            self._tell_them(seat)
        if self._is_new(self.scene.state) and self._state_timer is None:
            wait = max(self._next_state_at - self.means.loop.time(), 0.0)
            self._state_timer = self.means.loop.call_later(wait, self._tell_all)

    def _tell_all(self) -> None:
        self._state_timer = None
        frame = self._state_frame()
        self.pass_on(frame)
        large = len(frame) * len(self.seats) / limits.STATE_BYTES
        self._next_state_at = self.means.loop.time() + max(limits.STATE_EVERY, large)

    def _state_frame(self) -> bytes:
        # Written once for each reading, however many come in meanwhile.
        self._frame = self._frame or frames.told(Op.STATE, _json(self.scene.state))
        return self._frame

    def _is_new(self, state: dict[str, Any]) -> bool:
        """Whether anything but the clock has moved since it was last shown."""
        # Not the revision either: that it grew could tell that somebody asked for a private word.
        still = {
            **state,
            "now_ms": 0,
            "revision": 0,
            "circle": {**state["circle"], "seconds_used": 0},
        }
        is_new, self._shown = still != self._shown, still
        return is_new

    def _tell_them(self, seat: Seat) -> None:
        you = self.scene.you(seat.admitted.person_id, last_no=0)
        if you != seat.you:
            seat.you = you
            seat.write_if_there(frames.told(Op.YOU, _json({**you, "last_no": seat.last_no})))

    def pass_on(self, frame: bytes, but: Seat | None = None) -> None:
        """Give a frame that has no place in the order to everybody, or to everybody else."""
        for seat in self.seats:
            if seat is not but:
                seat.write(frame)

    # --- who sits here ------------------------------------------------------------------------
    def take(self, seat: Seat) -> None:
        """The seat is here, and hears all it may hear; an older connection of its device ends."""
        for other in self._of_device(seat.admitted.device_id):
            other.leave("elsewhere")
        self.seats.add(seat)
        self._rates.setdefault(seat.admitted.person_id, Rates(self.means.rates))
        seat.last_no = seat.admitted.last_no
        self._tell_them(seat)
        seat.write(self._state_frame())
        seat.sit_down(self)
        self.means.spawn(self.flow.begin(seat, seat.wanted.after))

    def give_up(self, seat: Seat) -> None:
        """The seat is gone."""
        self.seats.discard(seat)
        self.flow.leave(seat)

    def people(self) -> set[UUID]:
        """Who is connected."""
        return {seat.admitted.person_id for seat in self.seats}

    def close(self) -> None:
        """Nobody is here any more, and nobody is expected."""
        for timer in (self._state_timer, self._tick_timer):
            if timer is not None:
                timer.cancel()

    def _of_device(self, device_id: UUID) -> list[Seat]:
        return [seat for seat in self.seats if seat.admitted.device_id == device_id]

    # --- what seats ask (streams.seat.Room) -----------------------------------------------------
    def refusal_of(self, seat: Seat, kind: int) -> str:
        """See `Room.refusal_of`."""
        person_id, now = seat.admitted.person_id, self.means.loop.time()
        rates, why_not = self._rates[person_id], self.scene.gate.guests[person_id].why_not
        if why_not and (kind == SAY or why_not in STILL):
            return why_not
        if self.flow.is_outside(seat):
            return "epoch"
        bucket = rates.say if kind == SAY else rates.soft
        if self.pending >= limits.PENDING_PER_ROOM:
            return "rate"
        return "" if bucket.takes(now) and self._room_rate.takes(now) else "rate"

    def may_change_keys(self, seat: Seat) -> bool:
        """See `Room.may_change_keys`."""
        now = self.means.loop.time()
        return self._rates[seat.admitted.person_id].keys.takes(now)

    def may_welcome(self, device_id: UUID) -> bool:
        """See `Room.may_welcome`."""
        return device_id in self.scene.device_ids

    def add(self, seat: Seat, draft: Draft) -> None:
        """See `Room.add`."""
        self.pending += 1
        self.means.add(seat, draft)

    def types(self, seat: Seat) -> None:
        """See `Room.types`."""
        now, rates = self.means.loop.time(), self._rates[seat.admitted.person_id]
        if now >= rates.may_type_at and self.scene.shows_presence:
            rates.may_type_at = now + limits.TYPING_EVERY
            self.pass_on(frames.told(Op.TYPES, seat.admitted.alias), but=seat)

    def tell_keys(self, seat: Seat) -> None:
        """See `Room.tell_keys`."""
        if self._rates[seat.admitted.person_id].info.takes(self.means.loop.time()):
            self.means.spawn(self._tell_keys(seat))
        else:
            seat.refuse(0, "rate")

    def tell_where(self, seat: Seat) -> None:
        """See `Room.tell_where`."""
        self.flow.tell_where(seat)

    async def _tell_keys(self, seat: Seat) -> None:
        try:
            found = await self.means.read(keys_now, seat.admitted.journal_id)
        except DatabaseError:
            seat.leave("restart")
            return
        if found is not None:
            frame = frames.info(found.epoch or 0, found.last_seq, found.group_info)
            seat.write_if_there(frame)

    # --- what was written ---------------------------------------------------------------------
    def written(self, news: Sequence[tuple[Seat, Draft, Outcome]]) -> None:
        """What became of drafts of this room, in their order: the sender's own frame acknowledges."""
        self.pending -= len(news)
        stamp, room, envelope = self.means.stamp, self.room_id.bytes, frames.envelope
        pieces, again, first, changed = [], [], 0, False
        for seat, draft, (seq, at_ms, refusal, before) in news:
            if seq:
                admitted = seat.admitted
                alias, commitment = admitted.alias, draft.commitment
                code = stamp(commitment, room, alias, seq, at_ms)
                pieces.append(
                    envelope(
                        draft.kind, seq, at_ms, draft.epoch, draft.no,
                        alias, seat.device, commitment, code, draft.payload,
                    )
                )  # fmt: skip
                first = first or seq
                seat.last_no = max(seat.last_no, draft.no)
                if draft.keys is not None:
                    changed = True
                    self.flow.has_keys(seat, seq)
            elif before is not None:
                again.append((seat, before))
            else:
                seat.refuse(draft.no, refusal)
        if pieces:
            self.flow.deliver(first, pieces)
        for seat, before in again:
            self.flow.again(seat, before)
        if changed:
            self.flow.keys_changed()
            # STATE names the epoch.
            self.renew()


def _json(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
