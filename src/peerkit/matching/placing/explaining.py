"""Explaining a plan: for everybody where they are and why, and what would place those who wait."""

from collections.abc import Sequence
from typing import Final

from peerkit.matching.placing.company import Bar, Company
from peerkit.matching.placing.decided import beside, held, kept_together
from peerkit.matching.placing.reasons import Params, Why, WhyNot, Would
from peerkit.matching.placing.values import Member, Placement, Problem

_NAMES: Final = {
    "full": "seats",
    "facilitator": "most",
    "openings": "most",
    "only_one": "needs",
    "not_opened": "needs",
    "newcomers": "needs",
}
_WOULD_MOST: Final = 5

Circle = Sequence[Member]


def explain(problem: Problem, placement: Placement, member_id: str) -> Why:
    """Return why one member is where the plan has them; for many, keep an `Explainer`."""
    return Explainer(problem, placement).why(member_id)


class Explainer:
    """Explains one plan: counts once, then answers for each member in well under a millisecond.

    Every code is what the rules say of the plan as it stands, all others staying where they are.
    """

    def __init__(self, problem: Problem, placement: Placement) -> None:
        self._rules: Final = problem.rules
        self._plan: Final = placement
        self._company: Final = Company(problem, placement)
        stays = {name: placement.where[name] for name in placement.stays}
        at = {**held(problem), **stays}
        self._circles: Final = kept_together(problem, at)
        self._beside: Final = beside(problem, at)

    def why(self, member_id: str) -> Why:
        """Return why a member is where they are. Raises KeyError for an id that is not theirs."""
        one = self._company.members[member_id]
        group = self._plan.where[member_id]
        ranked = sorted(one.fits.items(), key=lambda pair: (-pair[1], pair[0]))
        if not group:
            return self._waits(one, ranked)
        fit = one.fits.get(group, 1)
        circle = self._circle(one)
        better = [pair for pair in ranked if pair[1] > fit]
        return Why(
            member_id,
            group,
            self._company.held.get(member_id, "placed"),
            fit,
            len(better) + 1,
            tuple(self._why_not(one, circle, name, points) for name, points in better),
        )

    def everybody(self) -> tuple[Why, ...]:
        """Return why for all members, in the order of their ids."""
        return tuple(self.why(name) for name in sorted(self._company.members))

    def _waits(self, one: Member, ranked: Sequence[tuple[str, int]]) -> Why:
        if not ranked:
            new = Would("group", "", {"experience": one.experience})
            return Why(one.id, "", "nothing_fits", would=(new,))
        circle = self._circle(one)
        better = tuple(self._why_not(one, circle, name, points) for name, points in ranked)
        told = [it for it in better if it.code != "unavailable"]
        ways = (self._would(one, circle, name) for name, _ in ranked)
        would: tuple[Would, ...] = tuple(
            sorted((way for way in ways if way), key=_effort)[:_WOULD_MOST]
        )
        would = would or (Would("group", "", {"experience": one.experience}),)
        if not told:
            return Why(one.id, "", "nothing_fits", better=better, would=would)
        return Why(one.id, "", told[0].code, better=better, would=would, params=told[0].params)

    def _circle(self, one: Member) -> tuple[Member, ...]:
        """Return who would have to go along: those kept together with a member who are not held."""
        along = self._circles.get(one.id)
        if not along:
            return (one,)
        free = sorted(name for name in along if name not in self._company.held)
        return tuple(self._company.members[name] for name in free)

    def _why_not(self, one: Member, circle: Circle, name: str, fit: int) -> WhyNot:
        code, params = self._bar(one, circle, name, fit)
        return WhyNot(name, fit, code, params)

    def _bar(self, one: Member, circle: Circle, name: str, fit: int) -> tuple[str, Params]:
        if one.id in self._company.held:
            return self._company.held[one.id], {}
        if self._company.is_closed(circle, name):
            return "unavailable", {}
        if fit < self._rules.floor:
            return "floor", {"fit": fit, "floor": self._rules.floor}
        if self._is_torn(one, name) or any(
            it.fits.get(name, 0) < max(self._rules.floor, 1) for it in circle
        ):
            return "together", {}
        bar = next(self._company.bars(circle, name), None)
        if bar:
            return bar.code, {_NAMES[bar.code]: bar.number}
        return self._stays(one, circle, fit)

    def _is_torn(self, one: Member, name: str) -> bool:
        """Return whether somebody they are to be with has a place of their own elsewhere, or is barred."""
        along = self._circles.get(one.id, (one.id,))
        places = {group for it in along for group in self._beside.get(it, ())}
        return bool(places - {name}) or self._company.is_split(along)

    def _stays(self, one: Member, circle: Circle, fit: int) -> tuple[str, Params]:
        """Say why somebody was not moved to a group that would take them."""
        had = self._plan.before.get(one.id, "")
        group = self._plan.where[one.id]
        better = fit - one.fits.get(group, 1)
        if group and group == had and better < self._rules.move_points:
            return "moved_less", {"better": better, "needs": self._rules.move_points}
        return ("missed" if self._company.may_leave(circle) else "needed_here"), {}

    def _would(self, one: Member, circle: Circle, name: str) -> Would | None:
        """Return what alone stands between somebody who waits and a group, as a way to a place."""
        if self._company.is_closed(circle, name) or self._is_torn(one, name):
            return None
        least = min(it.fits.get(name, 0) for it in circle)
        bars = list(self._company.bars(circle, name)) if least else []
        if least < self._rules.floor:
            return Would("floor", name, {"floor": least}) if least and not bars else None
        return self._way(bars, circle, name) if bars else None

    def _way(self, bars: Sequence[Bar], circle: Circle, name: str) -> Would | None:
        table = self._company.tables[name]
        codes = {bar.code: bar.number for bar in bars}
        after = len(table.people) + len(circle)
        if codes.keys() == {"full"}:
            return Would("seats", name, {"count": after - table.group.seats_max})
        if codes.keys() == {"facilitator"}:
            return Would("facilitator", name, {"count": self._company.over_limit(circle, name)})
        if codes.keys() == {"openings"}:
            return Would("openings", name, {"count": 1})
        if not codes or not codes.keys() <= {"only_one", "not_opened", "newcomers"}:
            return None
        return self._people_needed(codes, circle, name)

    def _people_needed(self, codes: dict[str, int], circle: Circle, name: str) -> Would | None:
        """More people for a group, each of them experienced in coming; None when they would not fit in."""
        alike = codes.get("only_one", 0)
        count = max(codes.values())
        is_mixed = alike and len({one.experience for one in circle}) > 1
        if min(codes.values()) < 0 or is_mixed or not self._company.takes(circle, name, count):
            return None
        if codes.keys() == {"only_one"}:
            return Would("alike", name, {"count": count})
        if codes.keys() == {"newcomers"}:
            return Would("experienced", name, {"count": count})
        return Would("people", name, {"count": count, "alike": alike})


def _effort(would: Would) -> tuple[int, str]:
    """Least change first: a seat before a person before a rule of the programme."""
    order = ("seats", "alike", "experienced", "facilitator", "people", "openings", "floor")
    count = would.params.get("count", 0)
    return order.index(would.code) * 10 + int(count), would.group
