"""What goes into a placement and what comes out: frozen values, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

FIT_MAX: Final = 1000
WEEKS_MAX: Final = 26
POINTS_MAX: Final = 1000
COUNT_MAX: Final = 1_000_000
"""The most seats, people or points that anything may have."""


class Pair(NamedTuple):
    """Two members by id; the order does not matter."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody to be placed, or who sits in a group already.

    `fits` gives for each group that is an option how well it fits, 1..1000 (a finder's score times
    1000); a group that is not named breaks a hard rule and is never proposed. `experience` is the main
    one, chosen by the person: nobody is to be the only one with theirs. `sits_in` is their group now;
    they are kept there unless `may_move`. `weeks` is how long they have waited, in weeks.
    """

    id: str
    experience: str
    fits: Mapping[str, int] = field(default_factory=dict)
    is_new: bool = False
    sits_in: str = ""
    may_move: bool = False
    weeks: int = 0

    def __post_init__(self) -> None:
        """Refuse a fit outside 1..1000 or weeks below 0 with a plain sentence."""
        if not self.id:
            raise ValueError("A member has no id.")
        wrong = [one for one in self.fits.items() if not _is_whole(one[1], 1, FIT_MAX)]
        if wrong:
            group, fit = wrong[0]
            raise ValueError(
                f"The fit of member {self.id} for group {group} is {fit!r}; "
                f"it must be a whole number from 1 to {FIT_MAX}."
            )
        if not _is_whole(self.weeks, 0):
            raise ValueError(f"Member {self.id} has waited {self.weeks!r} weeks; 0 is the least.")


@dataclass(frozen=True, slots=True)
class Group:
    """A group with seats. One that is not running yet opens only if `seats_min` people come at once.

    A group ends up empty, or with `seats_min` to `seats_max` people, those who sit there included.
    `facilitator` is the id of who leads it; empty is somebody without a limit.
    """

    id: str
    seats_max: int
    seats_min: int = 1
    is_running: bool = True
    facilitator: str = ""

    def __post_init__(self) -> None:
        """Refuse seats that are no whole numbers from 0."""
        if not self.id:
            raise ValueError("A group has no id.")
        for name, seats in (("most", self.seats_max), ("fewest", self.seats_min)):
            if not _is_whole(seats, 0, COUNT_MAX):
                raise ValueError(
                    f"Group {self.id} has {seats!r} as its {name} seats; "
                    f"it must be a whole number from 0 to {COUNT_MAX}."
                )


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Who leads groups, and the most people they can look after over all of them."""

    id: str
    people_max: int

    def __post_init__(self) -> None:
        """Refuse a limit that is no whole number from 0."""
        if not self.id:
            raise ValueError("A facilitator has no id.")
        if not _is_whole(self.people_max, 0, COUNT_MAX):
            raise ValueError(
                f"Facilitator {self.id} looks after {self.people_max!r} people at most; "
                f"it must be a whole number from 0 to {COUNT_MAX}."
            )


@dataclass(frozen=True, slots=True)
class Rules:
    """What the programme may set; everything else is never traded.

    `newcomers_max` of `newcomers_of` people in a group may be new (3 of 4). `alike_min` people at
    least share a main experience wherever one of them sits (1 turns the rule off). `floor` is the
    lowest fit anybody is placed with. `wait_points` are added to a fit for each week of waiting, up to
    26 weeks. `opened_max` limits how many groups may open (None: no limit). `move_points` is how much
    better another group must fit before somebody with a place in the plan before is given another.
    """

    newcomers_max: int = 3
    newcomers_of: int = 4
    alike_min: int = 2
    floor: int = 0
    wait_points: int = 0
    opened_max: int | None = None
    move_points: int = 100

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing with a plain sentence."""
        limits = (
            ("newcomers_of", self.newcomers_of, 1, POINTS_MAX),
            ("newcomers_max", self.newcomers_max, 0, self.newcomers_of),
            ("alike_min", self.alike_min, 1, POINTS_MAX),
            ("floor", self.floor, 0, FIT_MAX),
            ("wait_points", self.wait_points, 0, POINTS_MAX),
            ("opened_max", 0 if self.opened_max is None else self.opened_max, 0, COUNT_MAX),
            ("move_points", self.move_points, 0, 10 * POINTS_MAX),
        )
        for name, number, least, most in limits:
            if not _is_whole(number, least, most):
                raise ValueError(
                    f"The rule {name} is {number!r}; it must be a whole number {least} to {most}."
                )


@dataclass(frozen=True, slots=True)
class Problem:
    """Everybody and every group, with what a coordinator has decided already.

    `apart` and `together` are pairs; `pinned` puts a member into a group whatever it is worth, as long
    as it is one of their options; `forbidden` takes options away. Ids are unique within their kind.

    Who is pinned, or sits somewhere and did not ask to move, is *held*: a fact that stands whatever the
    rules of company say (the least people, the only one, newcomers, seats cut below who sits there).
    Those rules bind everybody who is added. Who asked to move never loses their seat for it.
    """

    members: tuple[Member, ...]
    groups: tuple[Group, ...]
    facilitators: tuple[Facilitator, ...] = ()
    apart: tuple[Pair, ...] = ()
    together: tuple[Pair, ...] = ()
    pinned: Mapping[str, str] = field(default_factory=dict)
    forbidden: frozenset[tuple[str, str]] = frozenset()
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: seconds since it began, best value so far, proven bound so far."""

    seconds: float
    value: int
    bound: int
    step: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Who goes where: group id by member id, "" for those who wait.

    `value` is the sum of fits (with points for waiting) of all who have a place; no plan under the same
    rules is worth more than `bound` (integers). `is_optimal` says that nothing better exists.
    `before` is the plan that this one set out from, empty for a plan from scratch. `stays` are people
    who asked to move, got nothing better, and whose seat no longer keeps every rule by itself: it is
    a fact like any held one, and the bound is that of plans in which they stay.
    """

    where: Mapping[str, str]
    value: int
    bound: int
    seconds: float
    is_optimal: bool
    was_stopped: bool = False
    before: Mapping[str, str] = field(default_factory=dict)
    stays: frozenset[str] = frozenset()

    @property
    def share(self) -> float:
        """`value` of `bound`, 0..1; 1 when there is nothing to gain."""
        return self.value / self.bound if self.bound else 1.0

    @property
    def placed(self) -> int:
        """How many people have a place."""
        return sum(1 for group in self.where.values() if group)


def _is_whole(number: object, least: int, most: int | None = None) -> bool:
    if isinstance(number, bool) or not isinstance(number, int):
        return False
    return number >= least and (most is None or number <= most)
