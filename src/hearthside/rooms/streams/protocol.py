"""Where a connection changes hands: uvicorn has read the head of a request, and picows goes on from there."""

import asyncio
import logging
import re
from typing import Any, Final, Protocol

from picows import WSUpgradeRequest, WSUpgradeResponse, WSUpgradeResponseWithListener
from picows.picows import WSAutoPingStrategy, WSProtocol  # type: ignore[attr-defined]

from hearthside.rooms.streams import limits
from hearthside.rooms.streams.frames import SUBPROTOCOL
from hearthside.rooms.streams.gateway import Gateway
from hearthside.rooms.streams.handshake import Unwelcome, wanted
from hearthside.rooms.streams.seat import Seat
from hearthside.rooms.wires import open_wire

logger = logging.getLogger("hearthside.rooms.picows")
# To picows a broken frame of anybody is an error of ours; what is one is logged where it happens.
logger.setLevel(logging.CRITICAL)

HANDSHAKE_WITHIN: Final = 10.0
# Most frames are below; it grows for those that are not.
READ_BUFFER: Final = 4 * 1024
# "keep-alive, Upgrade" is what Firefox says, and picows wants to read one word.
CONNECTION: Final = re.compile(rb"(?im)^connection:.*\r$")


class Ending(Protocol):
    """What uvicorn tells to end, and waits for, when it stops."""

    def shutdown(self) -> None:
        """Come to an end."""


class Door:
    """What uvicorn makes the protocols of WebSocket connections with (its `ws`).

    `web_port` is where pages are served from when that is not here. The gateway begins with the first
    connection.
    """

    def __init__(self, *, rates: float, web_port: int | None = None) -> None:
        self.rates, self.web_port = rates, web_port
        self.gateway: Gateway | None = None

    def __call__(self, *, config: Any, server_state: Any, app_state: Any) -> "Handover":  # noqa: ARG002
        """A protocol for one connection, as uvicorn asks for it."""
        if self.gateway is None:
            self.gateway = Gateway(open_wire, rates=self.rates)
        return Handover(self, self.gateway, server_state.connections)

    def close(self) -> None:
        """The loop has ended: end what ran beside it."""
        if self.gateway is not None:
            self.gateway.close()


class Handover(asyncio.Protocol):
    """Holds the connection until uvicorn has let go of it, and gives it on."""

    def __init__(self, door: Door, gateway: Gateway, connections: set[Ending]) -> None:
        self._door, self._gateway, self._connections = door, gateway, connections
        self._transport: asyncio.Transport
        self._head = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """uvicorn gives the connection; its own last step comes after this call."""
        self._transport = transport  # type: ignore[assignment]
        self._gateway.loop.call_soon(self._give)

    def data_received(self, data: bytes) -> None:
        """The head of the request, as uvicorn writes it again."""
        self._head += data

    def _give(self) -> None:
        if self._transport.is_closing():
            return
        room = RoomProtocol(self._door, self._gateway, self._connections)
        # The kind of protocol may change only while nothing is being read.
        self._transport.pause_reading()
        room.connection_made(self._transport)
        self._transport.set_protocol(room)
        room.read(CONNECTION.sub(b"connection: Upgrade\r", bytes(self._head)))
        if not self._transport.is_closing():
            self._transport.resume_reading()


class RoomProtocol(WSProtocol):  # type: ignore[misc]
    """picows' side of one connection; uvicorn tells it to end when the site stops."""

    def __init__(self, door: Door, gateway: Gateway, connections: set[Ending]) -> None:
        super().__init__(
            None,  # host and port: of clients only
            None,  # path: likewise
            False,  # noqa: FBT003 - picows takes them by place
            self._seat,
            logger,
            True,  # noqa: FBT003 - an exception of ours ends the connection
            HANDSHAKE_WITHIN,
            True,  # noqa: FBT003 - pings
            limits.PING_AFTER,
            limits.PONG_WITHIN,
            WSAutoPingStrategy.PING_WHEN_IDLE,
            True,  # noqa: FBT003 - pongs
            limits.KEYS_FRAME,
            None,  # headers: of clients only
            READ_BUFFER,
        )
        self._door, self._gateway, self._connections = door, gateway, connections
        self._listening: Seat | None = None

    def connection_made(self, transport: Any) -> None:
        """The connection is ours."""
        self._is_secure = transport.get_extra_info("sslcontext") is not None
        self._connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is nobody's any more."""
        self._connections.discard(self)
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """See `Ending`."""
        if self._listening is None:
            self.transport.disconnect()
        else:
            self._listening.leave("restart")

    def read(self, data: bytes) -> None:
        """Take bytes that were read before."""
        while data:
            room = self.get_buffer(-1)
            part, data = data[: len(room)], data[len(room) :]
            room[: len(part)] = part
            self.buffer_updated(len(part))

    def _seat(self, request: WSUpgradeRequest) -> WSUpgradeResponseWithListener:
        try:
            asked = wanted(
                request.path,
                request.headers,
                is_secure=self._is_secure,
                web_port=self._door.web_port,
            )
        except Unwelcome as unwelcome:
            refusal = WSUpgradeResponse.create_error_response(unwelcome.status)
            refusal.headers["Content-Length"] = "0"
            return WSUpgradeResponseWithListener(refusal, None)
        self._listening = Seat(self._gateway, asked)
        answer = WSUpgradeResponse.create_101_response({"Sec-WebSocket-Protocol": SUBPROTOCOL})
        return WSUpgradeResponseWithListener(answer, self._listening)
