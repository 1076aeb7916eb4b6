"""Working a placement out: the problem read from the tables, the engine's plan, and every why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from hearthside.groups.models import Site
from hearthside.placing.choices import Choices
from hearthside.placing.queries import engine
from hearthside.placing.queries.limits import placed_within
from hearthside.placing.queries.problems import Case, case_of
from hearthside.placing.queries.proposing import NewGroup, new_groups

FLOORS: Final = (0, 300, 400, 450, 500, 600, 700)
PRICED_IN: Final = 2.0


@dataclass(frozen=True, slots=True)
class Price:
    """One floor: how many of those who wait would have a place, and the worst fit among them."""

    floor: int
    placed: int
    worst: int


@dataclass(frozen=True)
class Outcome:
    """A plan with everything that a page, a program or a coordinator may ask of it.

    `whys` has everybody who waits or waited; `prices` what other floors would cost.
    """

    case: Case
    placement: engine.Placement
    clashes: Sequence[engine.Clash]
    whys: Mapping[str, engine.Why]
    openings: Sequence[NewGroup]
    prices: Sequence[Price]

    @property
    def placed(self) -> dict[str, str]:
        """The group by id of everybody who waited and would come."""
        where = self.placement.where
        return {name: where[name] for name in self.case.requests if where.get(name)}

    @property
    def worst(self) -> int:
        """The lowest fit that anybody would be placed with; 0 where nobody is."""
        fits = {one.id: one.fits for one in self.case.problem.members}
        return min((fits[name].get(group, 0) for name, group in self.placed.items()), default=0)


def work_out(
    site: Site,
    choices: Choices,
    *,
    now: datetime,
    on_progress: engine.Watch | None = None,
    should_stop: engine.Stop | None = None,
) -> Outcome:
    """The best plan for the site's waiting list within the time chosen; reads, and writes nothing.

    Raises engine.Contradiction when decisions exclude each other.
    """
    case = case_of(site, choices, now=now)
    problem, placement = placed_within(
        case.problem,
        case.limits,
        seconds=choices.seconds,
        place=lambda asked, seconds: engine.place(
            asked, seconds=seconds, on_progress=on_progress, should_stop=should_stop
        ),
    )
    case = replace(case, problem=problem)
    outcome = Outcome(
        case=case,
        placement=placement,
        clashes=engine.clashes(case.problem),
        whys=whys(case.problem, placement, case.requests),
        openings=new_groups(case, placement, now=now) if choices.may_open else (),
        prices=(),
    )
    if placement.was_stopped:
        return outcome
    own = Price(choices.floor, len(outcome.placed), outcome.worst)
    priced = _priced(case, choices, should_stop=should_stop)
    return replace(outcome, prices=carried(priced, own) if priced else ())


def whys(
    problem: engine.Problem, placement: engine.Placement, members: Iterable[str]
) -> dict[str, engine.Why]:
    """Why each of these members is where the plan has them."""
    explainer = engine.Explainer(problem, placement)
    return {name: explainer.why(name) for name in members}


def carried(priced: Iterable[Price], own: Price) -> list[Price]:
    """What each floor costs, lowest first, so that a higher one never seems to place more.

    Each was looked at for a short time only. A plan with nobody below a floor is a plan under that floor,
    whatever it was looked for with, so each takes the best there is. The run's `own` floor says what the
    run says, and no higher floor more than that.
    """
    found = [*(one for one in priced if one.floor != own.floor), own]
    prices = []
    for asked in sorted(one.floor for one in found):
        plans = [one for one in found if max(one.floor, one.worst) >= asked]
        best = own if asked == own.floor else max(plans, key=lambda one: (one.placed, one.worst))
        is_capped = asked > own.floor and best.placed > own.placed
        prices.append(Price(asked, own.placed if is_capped else best.placed, best.worst))
    return prices


def _priced(case: Case, choices: Choices, *, should_stop: engine.Stop | None) -> list[Price]:
    """What was found under other floors. Who sits already fits where they sit: no floor is about them."""
    seated = [one for one in case.problem.members if one.sits_in]
    waiting = [one for one in case.problem.members if not one.sits_in]
    if not any(one.fits for one in waiting):
        return []
    settled = [replace(one, fits={one.sits_in: engine.FIT_MAX}) for one in seated]
    found = engine.floor_prices(
        replace(case.problem, members=(*waiting, *settled)),
        {*FLOORS, choices.floor},
        seconds=min(PRICED_IN, choices.seconds),
        should_stop=should_stop,
    )
    placed = [(one, one.placed - len(seated)) for one in found]
    return [Price(one.floor, count, one.fit_least if count else 0) for one, count in placed]
