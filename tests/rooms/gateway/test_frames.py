"""The bytes of the wire: golden frames that the browser's code reads as well, and bytes that are no frames."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthside.rooms.streams import frames
from hearthside.rooms.streams.frames import Malformed, Op
from tests.rooms.wire_client import parse

GOLDEN: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "frames.json").read_text("utf-8")
)["frames"]


def of(sender: str) -> list[Any]:
    return [
        pytest.param(bytes.fromhex(one["frame"]), one["op"], one["fields"], id=one["name"])
        for one in GOLDEN
        if one["from"] == sender
    ]


def plain(value: Any) -> Any:
    """As the golden file writes it."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, bytes):
        return value.hex()
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def unframed(frame: bytes) -> bytes:
    """What a WebSocket frame of the server carries."""
    assert frame[0] == 0x82
    start = {126: 4, 127: 10}.get(frame[1], 2)
    size = frame[1] if start == 2 else int.from_bytes(frame[2:start], "big")
    assert len(frame) == start + size
    return frame[start:]


@pytest.mark.parametrize(("frame", "op", "fields"), of("browser"))
def test_what_browsers_send_is_read_as_it_was_meant(
    frame: bytes, op: str, fields: dict[str, Any]
) -> None:
    assert frame[0] == Op[op]
    readers: dict[str, Any] = {
        "SEND": frames.send_in, "COMMIT": frames.commit_in, "FOUND": frames.found_in,
    }  # fmt: skip
    if op in readers:
        read = {name: plain(value) for name, value in readers[op](frame)._asdict().items()}
        read["devices"] = read.pop("device_ids", None)
        assert {name: value for name, value in read.items() if value is not None} == fields


def written(op: str, fields: dict[str, Any]) -> bytes:  # noqa: PLR0911 - one for each op
    """The server's own frame with these fields."""

    def raw(name: str) -> bytes:
        return bytes.fromhex(fields[name])

    match op:
        case "ENVELOPE":
            numbers = [fields[name] for name in ("kind", "seq", "at_ms", "epoch", "no")]
            return frames.envelope(
                *numbers,
                *map(raw, ("alias", "device", "commitment", "stamp", "payload")),
            )
        case "STATE" | "YOU":
            text = json.dumps(fields["json"], ensure_ascii=False, separators=(",", ":"))
            return frames.told(Op[op], text.encode())
        case "REFUSED":
            return frames.refused(fields["no"], fields["reason"])
        case "BYE":
            return frames.bye(fields["reason"])
        case "WELCOME":
            return frames.welcome(fields["seq"], raw("welcome"))
        case "INFO":
            return frames.info(fields["epoch"], fields["seq"], raw("group_info"))
        case "TYPING":
            return frames.told(Op.TYPES, raw("alias"))
    assert op == "CAUGHT_UP"
    return frames.caught_up(fields["seq"])


@pytest.mark.parametrize(("frame", "op", "fields"), of("server"))
def test_what_the_server_sends_is_written_as_it_is_read(
    frame: bytes, op: str, fields: dict[str, Any]
) -> None:
    assert unframed(written(op, fields)) == frame
    parse(frame)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(noise: bytes) -> None:
    for op, read in ((1, frames.send_in), (2, frames.commit_in), (3, frames.found_in)):
        try:
            read(bytes([op]) + noise)
        except Malformed:
            continue
    frames.number_in(noise)


@given(
    st.binary(min_size=1, max_size=80), st.binary(min_size=1, max_size=80), st.binary(max_size=80)
)
def test_a_change_of_keys_with_a_part_cut_off_is_refused(
    commit: bytes, info: bytes, welcome: bytes
) -> None:
    head = bytes([2]) + bytes(4) + bytes(8)
    counted = b"".join(len(part).to_bytes(4, "big") + part for part in (commit, info))
    whole = head + counted + b"\x01" + bytes(16) + welcome
    assert frames.commit_in(whole).welcome == welcome
    for cut in range(1, len(head) + len(counted) + 17):
        with pytest.raises(Malformed):
            frames.commit_in(whole[:cut])


@given(st.integers(0, 70_000))
def test_frames_of_any_length_are_framed_as_the_standard_says(size: int) -> None:
    assert unframed(frames.framed(bytes(size))) == bytes(size)
    sealed = frames.envelope(1, 1, 1, 0, 1, *(bytes(n) for n in (16, 16, 32, 32, size)))
    assert len(unframed(sealed)) == 126 + size
