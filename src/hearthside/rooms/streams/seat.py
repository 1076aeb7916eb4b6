"""One connection: the frames that come in, checked and passed on, and the bytes that go out."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from typing import Final, Protocol
from uuid import UUID

from picows import WSFrame, WSListener, WSMsgType, WSTransport

from hearthside.rooms.enums import EnvelopeKind
from hearthside.rooms.ports import Draft, Keys
from hearthside.rooms.streams import frames, limits
from hearthside.rooms.streams.frames import Malformed, Op
from hearthside.rooms.streams.guard import Admitted
from hearthside.rooms.streams.handshake import Wanted
from hearthside.rooms.streams.limits import Bucket

logger = logging.getLogger(__name__)

BINARY, CLOSE, CONTINUATION = WSMsgType.BINARY, WSMsgType.CLOSE, WSMsgType.CONTINUATION
SAY, SOFT, COMMIT, FOUNDED = (int(kind) for kind in EnvelopeKind)
NOTHING: Final = bytes(32)
# RFC 6455, section 7.4.1.
NORMAL: Final = 1000
POLICY: Final = 1008
RESTART: Final = 1012
# With what a socket closes after each BYE; whoever may come again at once is told so.
CODES: Final = {"restart": RESTART, "slow": RESTART}
NO_ROOM: Final = 4404


class House(Protocol):
    """What a seat needs of the gateway."""

    loop: asyncio.AbstractEventLoop
    rates: float

    def came(self, seat: "Seat") -> None:
        """Somebody is at the door: find out whether they may come in."""

    def went(self, seat: "Seat") -> None:
        """They are gone, or not there any more for all that follows."""


class Room(Protocol):
    """What a seat needs of the hall it is in."""

    def refusal_of(self, seat: "Seat", kind: int) -> str:
        """Why the seat may not say something of that kind now; "" if it may, and then it counts."""

    def may_change_keys(self, seat: "Seat") -> bool:
        """Whether it is not too often; if so, it counts."""

    def may_welcome(self, device_id: UUID) -> bool:
        """Whether the device is of somebody who is in the room."""

    def add(self, seat: "Seat", draft: Draft) -> None:
        """Have it written, and given to everybody."""

    def types(self, seat: "Seat") -> None:
        """Tell the others that somebody is typing, where the group wants that."""

    def tell_keys(self, seat: "Seat") -> None:
        """Send INFO, or refuse it where it is asked too often."""

    def tell_where(self, seat: "Seat") -> None:
        """Answer a sign of life: how far the room is."""


class Seat(WSListener):
    """A browser in a room, or on its way in: without a hall nothing is sent to it and what it says waits."""

    def __init__(self, gateway: House, wanted: Wanted) -> None:
        self.gateway, self.wanted = gateway, wanted
        self.hall: Room | None = None
        self.admitted: Admitted
        self.device = wanted.device_id.bytes
        self.write: Callable[[bytes], None]
        self.is_gone = False
        self.you: object = None
        self.last_no = 0
        self._early: list[bytes] = []
        self._parts = bytearray()
        self._malformed = 0
        self._frames = Bucket(limits.FRAMES_RATE, gateway.rates)

    # --- what picows calls --------------------------------------------------------------------
    def on_ws_connected(self, transport: WSTransport) -> None:
        """The upgrade is answered; who it is comes next."""
        self.transport = transport.underlying_transport
        self.transport.set_write_buffer_limits(high=limits.QUEUE)
        self.write = self.transport.write
        self.gateway.came(self)

    def on_ws_disconnected(self, transport: WSTransport) -> None:  # noqa: ARG002 - picows' signature
        """The socket is closed, by whichever side."""
        self.is_gone = True
        self.gateway.went(self)

    def pause_writing(self) -> None:
        """More than QUEUE waits for this browser: it must not cost the others anything."""
        self.gateway.loop.call_soon(self.leave, "slow")

    def resume_writing(self) -> None:
        """What waited has gone out."""

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:  # noqa: ARG002
        """One WebSocket frame."""
        kind = frame.msg_type
        if kind == BINARY and frame.fin and not self._parts:
            self.heard(frame.get_payload_as_bytes())
        elif kind == CLOSE:
            self._farewell()
        elif kind in (BINARY, CONTINUATION):
            self._collect(frame)
        elif kind == WSMsgType.TEXT:
            self._broken(b"")

    def _farewell(self) -> None:
        """The browser closes, or answers our own close."""
        if not self.is_gone:
            self.is_gone = True
            self.gateway.went(self)
            self.write(frames.close(NORMAL))
        self.transport.close()

    def _collect(self, frame: WSFrame) -> None:
        """Browsers may send a large message in parts."""
        self._parts += frame.get_payload_as_bytes()
        if len(self._parts) > limits.KEYS_FRAME:
            self.leave("unknown", POLICY)
        elif frame.fin:
            whole = bytes(self._parts)
            self._parts.clear()
            self.heard(whole)

    # --- what comes in ------------------------------------------------------------------------
    def heard(self, frame: bytes) -> None:
        """One frame of the room's protocol."""
        if self.is_gone:
            return
        if self.hall is None:
            self._early.append(frame)
            if len(self._early) > limits.EARLY_FRAMES:
                self.leave("unknown", POLICY)
            return
        # Threat: refusals cost us more than they cost whoever asks for them.
        if not self._frames.takes(self.gateway.loop.time()):
            self.leave("unknown", POLICY)
            return
        try:
            if frame[:1] == b"\x01":
                self._send(self.hall, frame)
            else:
                self._rare(self.hall, frame)
        except Malformed:
            self._broken(frame)
        except Exception:
            # picows ends the connection of whoever met it; the others go on.
            logger.exception("Rooms: a frame could not be worked through.")
            raise

    def _send(self, hall: Room, frame: bytes) -> None:
        kind, no, epoch, commitment, payload = frames.send_in(frame)
        if kind not in (SAY, SOFT):
            raise Malformed("no kind that may be sent")
        is_large = len(frame) > limits.SEND_FRAME
        refusal = "size" if is_large else hall.refusal_of(self, kind)
        if refusal:
            self.refuse(no, refusal)
            return
        admitted = self.admitted
        hall.add(
            self,
            Draft(admitted.journal_id, admitted.voice_id, no, kind, epoch, commitment, payload),
        )

    def _rare(self, hall: Room, frame: bytes) -> None:
        match frame[0] if frame else 0:
            case Op.COMMIT:
                self._commit(hall, frame)
            case Op.FOUND:
                self._found(hall, frame)
            case Op.INFO:
                hall.tell_keys(self)
            case Op.HERE:
                hall.tell_where(self)
            case Op.TYPING:
                hall.types(self)
            case _:
                raise Malformed("no such op")

    def _commit(self, hall: Room, frame: bytes) -> None:
        read = frames.commit_in(frame)
        # Threat: a Welcome is left for somebody who is not in the room.
        welcomed = tuple(each for each in read.device_ids if hall.may_welcome(each))
        keys = Keys(read.group_info, welcomed, read.welcome if welcomed else b"")
        change = self._draft(read.no, COMMIT, read.epoch)._replace(payload=read.commit, keys=keys)
        self._change(hall, change)

    def _found(self, hall: Room, frame: bytes) -> None:
        read = frames.found_in(frame)
        self._change(hall, self._draft(read.no, FOUNDED)._replace(keys=Keys(read.group_info)))

    def _draft(self, no: int, kind: int, epoch: int = 0) -> Draft:
        admitted = self.admitted
        return Draft(admitted.journal_id, admitted.voice_id, no, kind, epoch, NOTHING, b"")

    def _change(self, hall: Room, change: Draft) -> None:
        if hall.may_change_keys(self):
            hall.add(self, change)
        else:
            self.refuse(change.no, "rate")

    def _broken(self, frame: bytes) -> None:
        self._malformed += 1
        if self._malformed >= limits.MALFORMED:
            self.leave("unknown", POLICY)
        elif self.hall is not None:
            self.refuse(frames.number_in(frame), "malformed")

    # --- what goes out ------------------------------------------------------------------------
    def refuse(self, no: int, reason: str) -> None:
        """This browser's message `no` was not taken."""
        self.write_if_there(frames.refused(no, reason))

    def write_if_there(self, frame: bytes) -> None:
        """Write, unless they have gone meanwhile."""
        if not self.is_gone:
            self.write(frame)

    def sit_down(self, hall: Room) -> None:
        """They may read from now on, and what they said early is heard."""
        self.hall = hall
        early, self._early = self._early, []
        for frame in early:
            self.heard(frame)

    async def pour(self, pieces: Iterable[bytes]) -> bool:
        """Write a lot without making a queue of it; False if the browser does not keep up, or has gone."""
        until = time.monotonic() + limits.POUR_WITHIN
        for piece in pieces:
            if not self.is_gone:
                self.write(piece)
            while not self.is_gone and self.transport.get_write_buffer_size() > limits.POUR:
                if time.monotonic() > until:
                    self.leave("slow")
                await asyncio.sleep(0.01)
        return not self.is_gone

    def leave(self, reason: str, code: int = 0) -> None:
        """Nothing more goes in or out: BYE with the reason unless it is "", then the socket closes."""
        if self.is_gone:
            return
        self.is_gone = True
        self.gateway.went(self)
        farewell = frames.bye(reason) if reason else b""
        self.write(farewell + frames.close(code or CODES.get(reason, NO_ROOM)))
        # The other side answers and closes. Closing first could lose the words: what it still sends
        # would meet a closed socket, and its answer is a reset.
        self.gateway.loop.call_later(limits.GOODBYE, self.transport.abort)
