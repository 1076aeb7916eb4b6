"""The message that is sent: 200 bytes that say which one it is and when it left."""

import re
from collections.abc import Iterator
from time import perf_counter_ns

from scenarios import PAYLOAD_BYTES

PROBE = re.compile(rb"~(\d{10})\.(\d{19})~")


def probe(number: int) -> bytes:
    """Message `number` of its room, with the time now; `PAYLOAD_BYTES` of plain ASCII."""
    return (b"~%010d.%019d~" % (number, perf_counter_ns())).ljust(PAYLOAD_BYTES, b"x")


def probes_in(data: bytes) -> Iterator[tuple[int, int]]:
    """The (number, nanoseconds when sent) of each whole message in `data`."""
    return ((int(found[1]), int(found[2])) for found in PROBE.finditer(data))
