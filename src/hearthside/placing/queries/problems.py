"""A site's waiting list as the engine takes it: people are ids, wishes are fits, decisions are rules."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from hearthside.finder.queries.vocabulary import vocabulary
from hearthside.groups.models import Group, Role, Site
from hearthside.placing.choices import Choices
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Decision, Invitation, Request
from hearthside.placing.queries import engine, fitting, limits, loads, pairs, people
from hearthside.placing.queries.fitting import Key
from hearthside.placing.queries.people import Sitter
from hearthside.safety.queries.blocks import pairs_not_put_together
from peerkit import matching


@dataclass(frozen=True)
class Case:
    """The problem, and the rows that its ids stand for.

    `matches` say why a group fits somebody, by member and group id. `kept_out` are pins that can't be
    kept. `seekers` are the wishes of those who wait, by member id. `lacks` says what keeps all groups
    away from somebody. `invited` people have an offer already, and are left out. `limits` are those of
    every facilitator here, of whom the problem knows one per group.
    """

    problem: engine.Problem
    requests: Mapping[str, Request]
    groups: Mapping[str, Group]
    matches: Mapping[Key, matching.Match]
    seekers: Mapping[str, matching.Seeker]
    kept_out: Mapping[str, str]
    lacks: Mapping[str, Sequence[str]]
    invited: int
    limits: Sequence[limits.Limit]


def case_of(site: Site, choices: Choices, *, now: datetime) -> Case:
    """Everybody who waits at the site without an open offer, and every open group of it.

    People who sit somewhere are never moved. A group that is full stays in, so that it can be named as
    the reason why somebody waits.
    """
    groups = list(Group.objects.findable().at(site).order_by("slug"))
    invited = set(people.unanswered(site, now=now).values_list("request", flat=True))
    everybody = list(people.requests_at(site))
    requests = [one for one in everybody if one.pk not in invited]
    sitting = people.sitters(groups, now=now)
    tree = vocabulary(version=None, now=now).tree
    seekers = fitting.seekers_of(requests, now=now)
    fits = fitting.fits_at(site, seekers, tree, now=now)
    barred = _barred(requests, groups, sitting, now=now)
    matches = {key: match for key, match in fits.matches.items() if key not in barred}
    members = (
        *_waiting(requests, matches, tree, now=now),
        *_seated(sitting, groups, tree),
    )
    every_limit = loads.limits_at(groups, now=now)
    problem = _problem(requests, groups, sitting, members, every_limit, now=now)
    apart = set(map(frozenset, problem.apart))
    seats = {str(one.pk): one.size_max for one in groups}
    taken = Counter(str(one.group) for one in sitting)
    free = matches.keys() - problem.forbidden
    pinned, kept_out = _pins(requests, seats, taken, free, apart)
    return Case(
        problem=replace(problem, pinned=pinned, rules=_rules(choices)),
        requests={str(one.pk): one for one in requests},
        groups={str(one.pk): one for one in groups},
        matches=matches,
        seekers=seekers,
        kept_out=kept_out,
        lacks=fits.lacks,
        invited=len(everybody) - len(requests),
        limits=every_limit,
    )


def main_of(request: Request, tree: matching.Tree) -> str:
    """What somebody lives with above all; who has not said so lives with the first thing they named."""
    if request.sought.main is not None:
        return people.alike(tree, request.sought.main.slug)
    named = request.sought.search.get("about") or [""]
    return people.alike(tree, named[0])


def _problem(
    requests: Sequence[Request],
    groups: Sequence[Group],
    sitting: Sequence[Sitter],
    members: tuple[engine.Member, ...],
    every_limit: Sequence[limits.Limit],
    *,
    now: datetime,
) -> engine.Problem:
    """Everybody and every group, with all but the pins: those look at what the rest leaves free."""
    taken = Counter(str(one.group) for one in sitting)
    apart = _apart(requests, now=now)
    problem = engine.Problem(
        members=members,
        groups=tuple(_groups(groups, taken)),
        apart=tuple(engine.Pair(*pair) for pair in sorted(map(sorted, apart))),
        together=tuple(_together(requests, apart)),
        forbidden=frozenset(_forbidden(requests)),
    )
    return limits.led(problem, every_limit, limits.leads_of(every_limit, taken))


def _rules(choices: Choices) -> engine.Rules:
    return engine.Rules(
        floor=choices.floor,
        wait_points=choices.wait_points,
        opened_max=None if choices.may_open else 0,
    )


def _waiting(
    requests: Sequence[Request],
    matches: Mapping[Key, matching.Match],
    tree: matching.Tree,
    *,
    now: datetime,
) -> list[engine.Member]:
    fits: dict[str, dict[str, int]] = defaultdict(dict)
    for (name, group), match in matches.items():
        fits[name][group] = min(max(round(match.score * engine.FIT_MAX), 1), engine.FIT_MAX)
    return [
        engine.Member(
            id=str(one.pk),
            experience=main_of(one, tree),
            fits=fits[str(one.pk)],
            is_new=one.sought.is_new,
            weeks=people.weeks_waited(one, now=now),
        )
        for one in requests
    ]


def _seated(
    sitting: Sequence[Sitter], groups: Collection[Group], tree: matching.Tree
) -> list[engine.Member]:
    lives_with = people.experiences_of(sitting, people.topics(groups, tree), tree)
    return [
        engine.Member(
            id=one.id,
            experience=lives_with[one.id],
            is_new=one.is_new,
            sits_in=str(one.group),
        )
        for one in sitting
    ]


def _groups(groups: Sequence[Group], taken: Mapping[str, int]) -> list[engine.Group]:
    return [
        engine.Group(
            id=str(one.pk),
            seats_max=one.size_max,
            seats_min=one.size_min,
            is_running=taken.get(str(one.pk), 0) > 0,
        )
        for one in groups
    ]


def _barred(
    requests: Sequence[Request],
    groups: Collection[Group],
    sitting: Sequence[Sitter],
    *,
    now: datetime,
) -> set[Key]:
    """Groups that are closed to somebody for safety's sake, or because they sit there already.

    Threat: a coordinator who reads "kept apart" learns that two people must not meet, and which two.
    These groups are taken away as if they had never fitted: no page, reason or count speaks of them.
    Whoever leads or greets in a group is met there like anybody else.
    """
    waiting = {one.person_id: str(one.pk) for one in requests}
    sits: dict[UUID, set[UUID]] = defaultdict(set)
    for sitter in sitting:
        sits[sitter.person].add(sitter.group)
    met: dict[UUID, set[UUID]] = defaultdict(set, {key: set(one) for key, one in sits.items()})
    roles = Role.objects.in_force(now=now).filter(group__in=groups)
    for person, group in roles.values_list("person_id", "group_id"):
        if group is not None:
            met[person].add(group)
    barred = {(name, str(group)) for person, name in waiting.items() for group in sits[person]}
    for pair in _kept_apart(waiting, now=now):
        for person, foe in (pair, pair[::-1]):
            if person in waiting:
                barred |= {(waiting[person], str(group)) for group in met[foe]}
    return barred


def _apart(requests: Sequence[Request], *, now: datetime) -> set[frozenset[str]]:
    waiting = {one.person_id: str(one.pk) for one in requests}
    return {
        frozenset((waiting[one], waiting[other]))
        for one, other in _kept_apart(waiting, now=now)
        if one in waiting and other in waiting
    }


def _kept_apart(among: Collection[UUID], *, now: datetime) -> list[tuple[UUID, UUID]]:
    """Pairs that one of these is part of: kept apart by safety, or one has blocked the other."""
    wanted = set(among)
    return [pair for pair in pairs_not_put_together(now=now) if wanted.intersection(pair)]


def _together(requests: Sequence[Request], apart: set[frozenset[str]]) -> list[engine.Pair]:
    """Who said so to each other and waits, tied two by two; who must not meet is tied by no code typed in."""
    waiting = {one.person_id: str(one.pk) for one in requests}
    found = []
    for company in pairs.companies_among(waiting):
        tied: list[str] = []
        for name in sorted(waiting[one] for one in company):
            if _may_meet(name, tied, apart):
                found += [engine.Pair(tied[-1], name)] if tied else []
                tied.append(name)
    return found


def _forbidden(requests: Sequence[Request]) -> set[Key]:
    """A coordinator's "not this group", and everybody's own "no, thank you"."""
    said = Decision.objects.filter(request__in=requests, verdict=Verdict.FORBID)
    declined = Invitation.objects.declined().filter(request__person__requests__in=requests)
    own = {one.person_id: str(one.pk) for one in requests}
    return {
        *((str(one), str(group)) for one, group in said.values_list("request_id", "group_id")),
        *(
            (own[person], str(group))
            for person, group in declined.values_list("request__person_id", "group_id")
            if person in own
        ),
    }


def _pins(
    requests: Sequence[Request],
    seats: Mapping[str, int],
    taken: Counter[str],
    free: Collection[Key],
    apart: set[frozenset[str]],
) -> tuple[dict[str, str], dict[str, str]]:
    """Pins that can be kept, and those that can't: no seat, no fit any more, or not available.

    The engine holds whoever is pinned, whatever it costs. So a pin never outweighs a rule of safety.
    """
    kept: dict[str, str] = {}
    out: dict[str, str] = {}
    rows = Decision.objects.filter(request__in=requests, verdict=Verdict.PIN).order_by("at", "pk")
    for request, group_id in rows.values_list("request_id", "group_id"):
        name, group = str(request), str(group_id)
        company = [other for other, where in kept.items() if where == group]
        has_seat = taken[group] < seats.get(group, 0)
        if (name, group) in free and has_seat and _may_meet(name, company, apart):
            kept[name] = group
            taken[group] += 1
        else:
            out[name] = group
    return kept, out


def _may_meet(name: str, others: Iterable[str], apart: set[frozenset[str]]) -> bool:
    return all(frozenset((name, other)) not in apart for other in others)
