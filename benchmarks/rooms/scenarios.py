"""What is measured: rooms by members, and for how long."""

from dataclasses import dataclass

PAYLOAD_BYTES = 200
PACED_DELIVERIES_PER_S = 20_000


@dataclass(frozen=True)
class Scenario:
    """So many rooms of so many members; `window` messages per room may be on their way at once."""

    rooms: int
    members: int
    window: int

    @property
    def name(self) -> str:
        """Rooms x members, as in "200x10"."""
        return f"{self.rooms}x{self.members}"

    @property
    def seats(self) -> int:
        """Connections in all."""
        return self.rooms * self.members


MANY = Scenario(200, 10, 8)
# Two thousand people cannot come into their rooms within 50 s beside everything else: the quick run has 400.
FEWER = Scenario(40, 10, 8)
SCENARIOS = (Scenario(1, 100, 64), Scenario(1, 500, 64), MANY)


@dataclass(frozen=True)
class Plan:
    """How often each server is measured, and the seconds of each part.

    Nothing is begun or goes on later than `ends_within_s` after the start.
    """

    repetitions: int
    warm_s: float
    saturated_s: float
    paced_s: float
    drained_within_s: float
    ends_within_s: float = float("inf")


FULL = Plan(repetitions=5, warm_s=1.0, saturated_s=3.0, paced_s=3.0, drained_within_s=60)
QUICK = Plan(
    repetitions=1, warm_s=0.2, saturated_s=0.5, paced_s=0.5, drained_within_s=1, ends_within_s=43
)
