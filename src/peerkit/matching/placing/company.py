"""The people of a plan counted by group, and what bars more people from joining one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from peerkit.matching.placing.decided import kept_apart
from peerkit.matching.placing.values import Group, Member, Placement, Problem


class Bar(NamedTuple):
    """A rule that somebody's coming would break: its code and the number a sentence needs."""

    code: str
    number: int = 0


class Table:
    """Who sits in one group: how many, of which experience, how many new, and which of them are facts."""

    __slots__ = ("group", "held", "held_new", "kinds", "new", "people")

    def __init__(self, group: Group) -> None:
        self.group = group
        self.people: set[str] = set()
        self.kinds: Counter[str] = Counter()
        self.new = 0
        self.held = 0
        self.held_new = 0

    def seat(self, member: Member, *, is_held: bool) -> None:
        """Count a member in."""
        self.people.add(member.id)
        self.kinds[member.experience] += 1
        self.new += member.is_new
        self.held += is_held
        self.held_new += is_held and member.is_new


class Company:
    """All groups of a plan as they sit together. Build once, ask for everybody."""

    def __init__(self, problem: Problem, placement: Placement) -> None:
        self.rules: Final = problem.rules
        self.members: Final = {one.id: one for one in problem.members}
        self.held: Final = {
            one.id: "pinned" if one.id in problem.pinned else "seated"
            for one in problem.members
            if one.id in problem.pinned
            or (one.sits_in and (not one.may_move or one.id in placement.stays))
        }
        self.tables: Final = {one.id: Table(one) for one in problem.groups}
        for name, group in placement.where.items():
            if group:
                self.tables[group].seat(self.members[name], is_held=name in self.held)
        self._apart: Final = kept_apart(problem.apart)
        self._forbidden: Final = problem.forbidden
        self._most: Final = {one.id: one.people_max for one in problem.facilitators}
        self._led: Final = defaultdict[str, int](int)
        for table in self.tables.values():
            self._led[table.group.facilitator] += len(table.people)
        self._where: Final = placement.where
        seated = {one.sits_in for one in problem.members}
        self._opens: Final = {
            one.id for one in problem.groups if not one.is_running and one.id not in seated
        }
        self._opened: Final = sum(bool(self.tables[name].people) for name in self._opens)

    def is_closed(self, circle: Sequence[Member], name: str) -> bool:
        """Return whether the group is not available to these people, for a cause that is never told."""
        group = self.tables[name].group
        return (
            not group.seats_max
            or group.seats_max < group.seats_min
            or any((one.id, name) in self._forbidden for one in circle)
            or any(self._apart.get(one.id, _NONE) & self.tables[name].people for one in circle)
        )

    def is_split(self, along: Iterable[str]) -> bool:
        """Return whether among people kept together two are kept apart."""
        return any(self._apart.get(name, _NONE).intersection(along) for name in along)

    def bars(self, circle: Sequence[Member], name: str) -> Iterator[Bar]:
        """Yield every rule that would break if these people joined, all others staying."""
        table = self.tables[name]
        coming = len(circle)
        after = len(table.people) + coming
        if not table.people and name in self._opens and self._is_last_opening(circle):
            yield Bar("openings", self.rules.opened_max or 0)
        short = 0 if table.held else table.group.seats_min - after
        if short > 0:
            yield Bar("not_opened", short)
        if after > table.group.seats_max:
            yield Bar("full", table.group.seats_max)
        if self.over_limit(circle, name) > 0:
            yield Bar("facilitator", self._most[table.group.facilitator])
        alone = self._missing_alike(circle, table)
        if alone:
            yield Bar("only_one", alone)
        more = self._experienced_needed(table, after, sum(one.is_new for one in circle))
        if more:
            yield Bar("newcomers", more)

    def takes(self, circle: Sequence[Member], name: str, more: int) -> bool:
        """Return whether the group has room for these people and so many more besides."""
        table = self.tables[name]
        has_seats = len(table.people) + len(circle) + more <= table.group.seats_max
        return has_seats and self.over_limit(circle, name) + more <= 0

    def over_limit(self, circle: Sequence[Member], name: str) -> int:
        """Return by how many people more than they can look after a facilitator would have."""
        leader = self.tables[name].group.facilitator
        led = self._led[leader] + len(circle) - self._coming_from(circle, leader)
        return led - self._most.get(leader, led + len(self.members))

    def may_leave(self, circle: Sequence[Member]) -> bool:
        """Return whether the group these people are in keeps every rule without them."""
        name = self._where[circle[0].id]
        if not name:
            return True
        table = self.tables[name]
        left = len(table.people) - len(circle)
        if not table.held and 0 < left < table.group.seats_min:
            return False
        kinds = table.kinds - Counter(one.experience for one in circle)
        gone = {one.id for one in circle}
        added = {self.members[name].experience for name in table.people - gone - self.held.keys()}
        new = table.new - sum(one.is_new for one in circle)
        alike = all(kinds[kind] >= self.rules.alike_min for kind in added)
        return alike and (not added or self._above(left, new) <= self._allowed(table))

    def _is_last_opening(self, circle: Sequence[Member]) -> bool:
        if self.rules.opened_max is None or self._opened < self.rules.opened_max:
            return False
        own = self._where[circle[0].id]
        return not (own in self._opens and len(self.tables[own].people) == len(circle))

    def _coming_from(self, circle: Sequence[Member], leader: str) -> int:
        own = self._where[circle[0].id]
        return len(circle) if own and self.tables[own].group.facilitator == leader else 0

    def _missing_alike(self, circle: Sequence[Member], table: Table) -> int:
        least = self.rules.alike_min
        if len(circle) == 1:
            return max(0, least - 1 - table.kinds[circle[0].experience])
        coming = Counter(one.experience for one in circle)
        return max(max(0, least - count - table.kinds[kind]) for kind, count in coming.items())

    def _above(self, size: int, new: int) -> int:
        return new * self.rules.newcomers_of - size * self.rules.newcomers_max

    def _allowed(self, table: Table) -> int:
        return max(0, self._above(table.held, table.held_new))

    def _experienced_needed(self, table: Table, size: int, coming_new: int) -> int:
        """Return how many more experienced people the share of newcomers asks for; -1: no number does."""
        above = self._above(size, table.new + coming_new) - self._allowed(table)
        if above <= 0:
            return 0
        share = self.rules.newcomers_max
        return -(-above // share) if share else -1


_NONE: Final[set[str]] = set()
