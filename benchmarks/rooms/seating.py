"""Rooms and seats of the load generator: who sends next, what has come back, what is missing."""

import asyncio
from array import array
from collections import Counter
from collections.abc import Callable
from time import perf_counter_ns

from probes import probe, probes_in
from scenarios import Scenario

NEVER = 1 << 62
Speak = Callable[[bytes], None]


class Room:
    """Its members take turns to send; it counts what they get.

    A message is acknowledged when as many copies have come back as the room has members, so a slow
    server is never drowned.
    """

    def __init__(self, scenario: Scenario, number: int) -> None:
        self.scenario = scenario
        self.number = number
        self.members = scenario.members
        self.seats = [Seat(self, one) for one in range(scenario.members)]
        # Set by the first seat, where a server asks that somebody makes the room before others come.
        self.made = asyncio.Event()
        # What a server said that should not be said, and how often.
        self.remarks: Counter[str] = Counter()
        self.sent = 0
        self.delivered = 0
        self.due = NEVER

    def say(self) -> None:
        """The next member sends the next message."""
        self.seats[self.sent % self.members].speak(probe(self.sent))
        self.sent += 1

    def stop(self) -> None:
        """Send nothing more."""
        self.due = NEVER

    def refill(self) -> None:
        """Send until the window is full, and go on so until stopped: note when there is place again."""
        window = self.scenario.window
        while self.sent - self.delivered // self.members < window:
            self.say()
        self.due = (self.sent - window + 1) * self.members

    @property
    def missing(self) -> int:
        """Copies sent for and not yet received, counted seat by seat."""
        return sum(max(0, self.sent - seat.count) for seat in self.seats)

    @property
    def surplus(self) -> int:
        """Copies too many: more than were sent, or the same one twice at a seat that reads."""
        return sum(max(0, seat.count - self.sent) + seat.doubled for seat in self.seats)


class Seat:
    """One connection. The first of each room reads what it gets; the others count, unless timed."""

    def __init__(self, room: Room, number: int) -> None:
        self.room = room
        self.number = number
        self.speak: Speak = _not_connected
        self.count = 0
        self.doubled = 0
        self.numbers: set[int] = set()
        self.latencies_ns = array("q")
        self.is_checking = number == 0
        self.is_reading = self.is_checking

    def took(self, copies: int) -> None:
        """So many messages came."""
        self.count += copies
        room = self.room
        room.delivered += copies
        if room.delivered >= room.due:
            room.refill()

    def read(self, data: bytes) -> None:
        """Note the number and the age of each message in `data`."""
        now = perf_counter_ns()
        for number, sent_ns in probes_in(data):
            self.latencies_ns.append(now - sent_ns)
            if self.is_checking:
                self.doubled += number in self.numbers
                self.numbers.add(number)


def _not_connected(_: bytes) -> None:
    msg = "this seat is not connected yet"
    raise RuntimeError(msg)
