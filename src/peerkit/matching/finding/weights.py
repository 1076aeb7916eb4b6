"""How much each part of a fit counts, and how hard it is to change what does not fit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, Self


@dataclass(frozen=True, slots=True)
class Weights:
    """The shares of a score, each 0..1; only their proportions matter, and only asked-for ones count.

    `experience` closeness in the tree; `time` the share of meetings within the free hours; `place`
    distance; `format`, `language`, `access`, `only` the hard wishes that are met; `comfort` the soft
    ones; `others` members who live with the same; `tried` a visit that felt right; `soon` the next
    meeting; `welcome` somebody greets newcomers; `seats` free ones; `returns` visitors who came
    again. Invented, to be set with facilitators and members. ValueError for what is no share.
    """

    experience: float = 0.55
    time: float = 0.15
    place: float = 0.08
    format: float = 0.06
    language: float = 0.05
    access: float = 0.04
    only: float = 0.03
    comfort: float = 0.05
    others: float = 0.05
    tried: float = 0.05
    soon: float = 0.03
    welcome: float = 0.02
    seats: float = 0.01
    returns: float = 0.02

    def __post_init__(self) -> None:
        for name, share in self.shares().items():
            if not 0 <= share <= 1:
                raise ValueError(f"The weight “{name}” is from 0 to 1, not {share}.")
        if not sum(self.shares().values()) > 0:
            raise ValueError("One weight at least is above 0.")

    @classmethod
    def of(cls, shares: Mapping[str, float]) -> Self:
        """Return the weights named, the others as they are by default; ValueError for no weight's name."""
        unknown = sorted(set(shares) - set(cls().shares()))
        if unknown:
            raise ValueError(f"There is no weight called “{unknown[0]}”.")
        return cls(**shares)

    def shares(self) -> Mapping[str, float]:
        """Return the weights by name."""
        return asdict(self)


# How much would have to change for a miss to go away: a wish of the person's own is lightest, what
# nobody can change (an age, a rule) heaviest. Only the order matters.
COSTS: Final = {
    "format": 1.0,
    "time": 1.0,
    "distance": 1.2,
    "full": 1.5,
    "place_unknown": 2.0,
    "language": 2.5,
    "only": 2.5,
    "access": 3.0,
    "experience": 4.0,
    "no_meeting": 4.0,
    "not_wanted": 6.0,
    "not_open": 6.0,
    "age": 9.0,
    "gender": 9.0,
}
