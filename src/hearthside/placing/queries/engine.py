"""The seam to the placement engine. What needs NumPy or a solver is loaded by the process that places."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from peerkit.matching.placing.clashes import Clash, Contradiction, clashes
from peerkit.matching.placing.explaining import Explainer
from peerkit.matching.placing.reasons import Why, WhyNot, Would
from peerkit.matching.placing.values import (
    FIT_MAX,
    Facilitator,
    Group,
    Member,
    Pair,
    Placement,
    Problem,
    Progress,
    Rules,
)
from peerkit.matching.placing.waiting import Waiting

if TYPE_CHECKING:
    from peerkit.matching.placing.opening import Proposals
    from peerkit.matching.placing.pricing import FloorPrice

__all__ = [
    "FIT_MAX",
    "Clash",
    "Contradiction",
    "Facilitator",
    "Group",
    "Member",
    "Pair",
    "Placement",
    "Problem",
    "Progress",
    "Rules",
    "Stop",
    "Waiting",
    "Watch",
    "Why",
    "WhyNot",
    "Would",
    "clashes",
    "floor_prices",
    "place",
    "propose_groups",
    "warm_up",
    "whys",
]

Watch = Callable[[Progress], None]
WARM_UP_MOST: Final = 600.0
Stop = Callable[[], bool]


def place(problem: Problem, **told: Any) -> Placement:
    """`peerkit.matching.place`."""
    from peerkit.matching.placing.placing import place as placed

    return placed(problem, **told)


def warm_up() -> None:
    """Let the engine's machine code be there before a run's clock starts.

    The first time on a machine it is compiled, which takes a minute or more where others work too; it
    would use up all the time that a coordinator gave the run.
    """
    first, second = Group("a", 4), Group("b", 6, seats_min=2, is_running=False)
    people = [
        Member(str(number), "x" if number % 2 else "y", {"a": 500 + number, "b": 900 - number})
        for number in range(7)
    ]
    seated = Member("s", "x", sits_in="a")
    problem = Problem(
        (*people, seated),
        (first, second),
        apart=(Pair("0", "1"),),
        together=(Pair("2", "4"),),
    )
    place(problem, seconds=WARM_UP_MOST)


def whys(problem: Problem, placement: Placement, members: Iterable[str]) -> dict[str, Why]:
    """Why each of these members is where the plan has them."""
    explainer = Explainer(problem, placement)
    return {name: explainer.why(name) for name in members}


def floor_prices(problem: Problem, floors: Iterable[int], **told: Any) -> "tuple[FloorPrice, ...]":
    """`peerkit.matching.floor_prices`."""
    from peerkit.matching.placing.pricing import floor_prices as priced

    return priced(problem, floors, **told)


def propose_groups(waiting: Iterable[Any], **told: Any) -> "Proposals":
    """`peerkit.matching.propose_groups`."""
    from peerkit.matching.placing.opening import propose_groups as proposed

    return proposed(waiting, **told)
