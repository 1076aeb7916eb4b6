"""What a server must offer to be measured."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from scenarios import Scenario
from seating import Seat


class IsAbsent(Exception):
    """A server cannot be measured on this machine; the text says why."""


@dataclass(frozen=True)
class Peer:
    """A server: how to start it on a port, and how one seat joins its room there.

    `join` returns when the seat is in the room and `seat.speak` works. The floor understands nothing
    of what is said, so it is not paced, and only counted. What `is_slow` is measured last, so that it
    keeps nobody else from being measured when time is short. So many seats join `at_once`.
    """

    name: str
    version: str
    command: Callable[[Scenario, int], list[str]]
    join: Callable[[Seat, int], Awaitable[object]]
    environment: Mapping[str, str] = field(default_factory=dict)
    is_floor: bool = False
    is_slow: bool = False
    at_once: int = 50
