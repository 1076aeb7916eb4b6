"""Placing a waiting list into groups: near the best possible, and never against a rule.

    problem = Problem(members, groups, facilitators, rules=Rules(floor=400))
    clashes(problem)                              # what contradicts itself, with how many it touches
    plan = place(problem, seconds=20)             # who goes where, with a proven bound
    Explainer(problem, plan).why("ana")           # why, why not elsewhere, and what would help
    check(problem, plan)                          # every rule recounted, independently
    place(problem, before=plan.where)             # again, with few moved

The parts that compile or solve are loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from peerkit.matching.placing.checking import Broken, check
from peerkit.matching.placing.clashes import Clash, Contradiction, clashes
from peerkit.matching.placing.documents import (
    placement_document,
    problem_document,
    problem_from,
    read_problem,
    write_problem,
)
from peerkit.matching.placing.explaining import Explainer, explain
from peerkit.matching.placing.fields import DocumentIsWrong
from peerkit.matching.placing.opening import Proposal, Proposals, propose_groups
from peerkit.matching.placing.placing import RuleBroken, Stop, Watch, place, ready
from peerkit.matching.placing.pricing import (
    FloorPrice,
    floor_prices,
    highest_floor,
    recommended_floor,
)
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
    from peerkit.matching.placing.assigning.relaxing import NoAssignment
    from peerkit.matching.placing.assignment import Assigned, assign

_LATER = {"Assigned": "assignment", "NoAssignment": "assigning.relaxing", "assign": "assignment"}

__all__ = [
    "FIT_MAX",
    "Assigned",
    "Broken",
    "Clash",
    "Contradiction",
    "DocumentIsWrong",
    "Explainer",
    "Facilitator",
    "FloorPrice",
    "Group",
    "Member",
    "NoAssignment",
    "Pair",
    "Placement",
    "Problem",
    "Progress",
    "Proposal",
    "Proposals",
    "RuleBroken",
    "Rules",
    "Stop",
    "Waiting",
    "Watch",
    "Why",
    "WhyNot",
    "Would",
    "assign",
    "check",
    "clashes",
    "explain",
    "floor_prices",
    "highest_floor",
    "place",
    "placement_document",
    "problem_document",
    "problem_from",
    "propose_groups",
    "read_problem",
    "ready",
    "recommended_floor",
    "write_problem",
]


def __getattr__(name: str) -> Any:
    """Load the assignment solver, with its compiler, when it is first asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
