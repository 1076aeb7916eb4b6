"""Things said in rooms, honestly committed and stamped, for laws; and vectors.json as values."""

import base64
import json
from dataclasses import fields
from typing import Any

from hypothesis import strategies as st

from peerkit.franking import Report, Stamper, alias, commitment_of
from tests.engines.franking.by_hand import VECTORS

READ: dict[str, Any] = json.loads(VECTORS.read_text())

keys = st.binary(min_size=32, max_size=32)
ids = st.binary(min_size=16, max_size=16)
contents = st.text(max_size=200).map(str.encode) | st.binary(max_size=300)
people = st.uuids().map(lambda each: each.bytes) | st.binary(min_size=1, max_size=40)
seqs = st.integers(0, 2**53 - 1)
times = st.integers(0, 253_402_300_799_999)


def content_of(case: dict[str, Any]) -> bytes:
    """A vector's content, with its long runs of one byte written out."""
    spelled = case["content"]
    return bytes.fromhex(spelled["hex"]) * int(spelled.get("times", 1))


@st.composite
def reports(draw: st.DrawFn, server_key: bytes) -> Report:
    """A true report: one that the server stamped under `server_key`."""
    content, key, room = draw(contents), draw(keys), draw(ids)
    commitment = commitment_of(content, room=room, key=key)
    seat = alias(draw(people), room=room, key=server_key)
    seq, time_ms = draw(seqs), draw(times)
    stamp = Stamper(server_key).stamp(commitment, room, seat, seq, time_ms)
    return Report(content, key, commitment, room, seat, seq, time_ms, stamp)


def plain_of(report: Report) -> dict[str, Any]:
    """The report as a browser sends it."""
    told = {each.name: getattr(report, each.name) for each in fields(report)}
    return {"version": 1} | {
        name: base64.urlsafe_b64encode(value).rstrip(b"=").decode()
        if isinstance(value, bytes)
        else value
        for name, value in told.items()
    }
