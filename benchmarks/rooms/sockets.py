"""A seat on a plain WebSocket: each frame is one message; the address names the room."""

from functools import partial

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect
from seating import Seat


class Ear(WSListener):
    """Counts the frames that come for one seat."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:  # noqa: ARG002
        """One message, unless it is the protocol's own."""
        if frame.msg_type not in (WSMsgType.BINARY, WSMsgType.TEXT):
            return
        if self.seat.is_reading:
            self.seat.read(frame.get_payload_as_bytes())
        self.seat.took(1)


async def join(seat: Seat, port: int) -> WSTransport:
    """Connect to /<room> and let the seat speak in binary frames."""
    url = f"ws://127.0.0.1:{port}/{seat.room.number}"
    transport, _ = await ws_connect(partial(Ear, seat), url, websocket_handshake_timeout=60)
    seat.speak = partial(transport.send, WSMsgType.BINARY)
    return transport
