"""The one order of a room: every seat hears every envelope after its own last one, once, and without a gap."""

import logging
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import Error as DatabaseError

from hearthside.rooms.enums import EnvelopeKind
from hearthside.rooms.ports import Record
from hearthside.rooms.queries.aliases import alias_of
from hearthside.rooms.queries.live import keys_now, welcome_of
from hearthside.rooms.streams import frames, limits
from hearthside.rooms.streams.means import Means
from hearthside.rooms.streams.seat import Seat

logger = logging.getLogger(__name__)


class Flow:
    """Where a room's envelopes go. `last_seq` is the last that those who follow have heard.

    A seat is in one of four places: behind (being told what it missed), `ahead` (it was told more than
    the others have heard yet), following, or an outsider, who has no keys and hears nothing until its
    own change of keys, or a welcome.
    """

    def __init__(self, room_id: UUID, journal_id: int, last_seq: int, means: Means) -> None:
        self.room_id, self.journal_id, self.last_seq, self.means = (
            room_id,
            journal_id,
            last_seq,
            means,
        )
        self._room = room_id.bytes
        self._following: dict[Seat, Callable[[bytes], None]] = {}
        self._ahead: dict[Seat, int] = {}
        self._outsiders: set[Seat] = set()
        self._is_healing = False
        self._is_asked_again = False

    # --- what was written ---------------------------------------------------------------------
    def deliver(self, first: int, pieces: Sequence[bytes]) -> None:
        """Envelopes as they were written here, `first` being the sequence number of the first."""
        if self._is_healing or first != self.last_seq + 1:
            # Another gateway wrote in between, or has told us of these already.
            if first + len(pieces) - 1 > self.last_seq:
                self.heal()
            return
        self._spread(first, pieces)

    def heal(self) -> None:
        """Hear from the database whatever we have not heard."""
        self._is_asked_again = True
        if not self._is_healing:
            self._is_healing = True
            self.means.spawn(self._heal())

    async def _heal(self) -> None:
        try:
            while self._is_asked_again:
                self._is_asked_again = False
                records = await self._history(self.last_seq)
                for record in records:
                    self._spread(record.seq, [self.envelope(record)])
                    if record.kind == EnvelopeKind.COMMIT:
                        self.keys_changed()
                self._is_asked_again |= len(records) == limits.HISTORY
        except DatabaseError:
            logger.warning("Rooms: what others wrote could not be read; it is tried again.")
        finally:
            self._is_healing = False

    def _spread(self, first: int, pieces: Sequence[bytes]) -> None:
        joined = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        for write in self._following.values():
            write(joined)
        self.last_seq = first + len(pieces) - 1
        if self._ahead:
            self._let_follow(first, pieces)

    def _let_follow(self, first: int, pieces: Sequence[bytes]) -> None:
        for seat, at in list(self._ahead.items()):
            unheard = pieces[max(at + 1 - first, 0) :]
            if unheard:
                seat.write(b"".join(unheard))
            if at <= self.last_seq:
                self._follow(seat, self.last_seq)

    def envelope(self, record: Record) -> bytes:
        """The same bytes as when it was written: stamps are computed, never stored."""
        alias = alias_of(self.room_id, record.person_id)
        stamp = self.means.stamp(record.commitment, self._room, alias, record.seq, record.at_ms)
        return frames.envelope(
            record.kind,
            record.seq,
            record.at_ms,
            record.epoch,
            record.no,
            alias,
            record.device_id.bytes,
            record.commitment,
            stamp,
            record.payload,
        )

    # --- who hears it -------------------------------------------------------------------------
    async def begin(self, seat: Seat, after: int) -> None:
        """Tell a seat what it missed since `after`, and let it follow. -1: it has no keys yet."""
        try:
            await self._begin(seat, after)
        except DatabaseError:
            seat.leave("restart")

    async def _begin(self, seat: Seat, after: int) -> None:
        if after > self.last_seq and after > await self._newest():
            # Not of this journal: the browser remembers a room that there never was.
            seat.leave("unknown")
            return
        if after >= 0:
            await self._catch_up(seat, after)
            return
        self._outsiders.add(seat)
        if not await self._welcome(seat):
            seat.write_if_there(frames.caught_up(self.last_seq))

    def keys_changed(self) -> None:
        """Somebody committed: perhaps it lets in one who waits."""
        for seat in self._outsiders:
            self.means.spawn(self._let_in(seat))

    def has_keys(self, seat: Seat, seq: int) -> None:
        """The seat changed the keys itself at `seq`, and follows from there."""
        if seat in self._outsiders:
            self._outsiders.remove(seat)
            self._ahead[seat] = seq - 1

    def again(self, seat: Seat, record: Record) -> None:
        """The seat's own message was written before: acknowledge it, unless it is still to come."""
        if seat in self._outsiders:
            self._outsiders.remove(seat)
            self.means.spawn(self._catch_up(seat, record.seq - 1))
        elif record.seq <= self._heard_by(seat):
            seat.write_if_there(self.envelope(record))

    def tell_where(self, seat: Seat) -> None:
        """Say how far a seat that follows has heard; any other hears it when it has caught up."""
        if seat in self._following:
            seat.write_if_there(frames.caught_up(self.last_seq))

    def is_outside(self, seat: Seat) -> bool:
        """Whether the seat has no keys yet, as far as we know."""
        return seat in self._outsiders

    def leave(self, seat: Seat) -> None:
        """The seat hears nothing any more."""
        self._following.pop(seat, None)
        self._ahead.pop(seat, None)
        self._outsiders.discard(seat)

    def _heard_by(self, seat: Seat) -> int:
        if seat in self._following:
            return self.last_seq
        # Whoever is behind has heard what they said they have; the rest is on its way to them.
        return self._ahead.get(seat, seat.wanted.after)

    def _follow(self, seat: Seat, at: int) -> None:
        self._ahead.pop(seat, None)
        if seat.is_gone:
            return
        if at > self.last_seq:
            self._ahead[seat] = at
        else:
            self._following[seat] = seat.write

    async def _catch_up(self, seat: Seat, at: int) -> None:
        try:
            while at < self.last_seq:
                target = self.last_seq
                records = await self._history(at)
                if not await seat.pour(map(self.envelope, records)):
                    return
                # Fewer than there could be: this is all. Whoever was erased since has left a gap.
                at = (
                    records[-1].seq
                    if len(records) == limits.HISTORY
                    else max(target, records[-1].seq if records else 0)
                )
        except DatabaseError:
            seat.leave("restart")
            return
        # Nothing waits between here and there, so nothing is written meanwhile.
        self._follow(seat, at)
        seat.write_if_there(frames.caught_up(at))

    async def _let_in(self, seat: Seat) -> None:
        try:
            await self._welcome(seat)
        except DatabaseError:
            seat.leave("restart")

    async def _welcome(self, seat: Seat) -> bool:
        found = await self.means.read(welcome_of, self.journal_id, seat.admitted.device_id)
        if found is None or seat not in self._outsiders:
            return False
        seq, data = found
        self._outsiders.remove(seat)
        seat.write_if_there(frames.welcome(seq, data))
        await self._catch_up(seat, seq)
        return True

    async def _newest(self) -> int:
        found = await self.means.read(keys_now, self.journal_id)
        return found.last_seq if found else 0

    async def _history(self, after: int) -> Sequence[Record]:
        return await self.means.read(
            self.means.wire.history, self.journal_id, after=after, limit=limits.HISTORY
        )
