"""What a coordinator chooses for one run: a frozen value, from the form to the engine and back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self

SECONDS_MOST: Final = 600
# 26 weeks of waiting weigh about as much as a tenth of the best fit.
WAIT_POINTS: Final = 4


@dataclass(frozen=True, slots=True)
class Choices:
    """`floor` is the lowest fit (of 1000) that anybody is placed with; `seconds` the longest run.

    `wait_points` go onto a fit for each week of waiting; `may_open` lets groups begin that nobody sits
    in yet, and proposes new ones.
    """

    floor: int = 0
    seconds: int = 60
    wait_points: int = WAIT_POINTS
    may_open: bool = True

    @classmethod
    def unpacked(cls, told: Mapping[str, Any]) -> Self:
        """The choices that `packed` came from; what is missing is as usual."""
        return cls(**{one.name: told[one.name] for one in fields(cls) if one.name in told})

    def packed(self) -> dict[str, Any]:
        return asdict(self)
