"""How well each group of a site fits each person who waits there, as the finder scores it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from hearthside.finder.enums import Felt
from hearthside.finder.queries import offers
from hearthside.finder.queries.weights import in_force
from hearthside.groups.models import Site
from hearthside.placing.models import Request
from peerkit import matching

Key = tuple[str, str]
Ask = Callable[[matching.Seeker], Sequence[matching.Match]]
Look = Callable[[matching.Seeker], matching.Ranking]
# What somebody could be told is missing, with what they asked for beside it.
LACKS: Final = frozenset({"language", "format", "time", "distance", "access", "only"})
NEAR: Final = 8
# Below this many pairs, an index costs more than it saves. Both give the same answer.
MANY: Final = 20_000


def seekers_of(requests: Sequence[Request], *, now: datetime) -> dict[str, matching.Seeker]:
    """The wishes of those who wait, by the key of their request, in a fixed number of queries."""
    found = offers.seekers_of([one.sought for one in requests], now=now)
    return {str(one.pk): _unfelt(seeker) for one, seeker in zip(requests, found, strict=True)}


def _unfelt(seeker: matching.Seeker) -> matching.Seeker:
    """How visits felt moves no number here; a group that was not for somebody is simply not there for them.

    Threat: a coordinator who reads a higher or lower fit than the wish explains learns how a visit felt.
    """
    never = {group for group, felt in seeker.tried.items() if felt == Felt.NOT_FOR_ME}
    return replace(seeker, tried={}, excluded=seeker.excluded | never)


@dataclass(frozen=True)
class Fits:
    """Every group of the site that breaks none of somebody's rules, by request and group.

    `lacks` is for those whom none fits: the conditions that keep groups away, in codes of the finder.
    """

    matches: Mapping[Key, matching.Match]
    lacks: Mapping[str, Sequence[str]]


def fits_at(
    site: Site,
    seekers: Mapping[str, matching.Seeker],
    tree: matching.Tree,
    *,
    now: datetime,
) -> Fits:
    """How well the site's groups fit everybody who waits there."""
    ask, look = _asker(offers.site_offers(site, now=now), len(seekers), tree, now)
    matches: dict[Key, matching.Match] = {}
    lacks: dict[str, Sequence[str]] = {}
    for name, seeker in seekers.items():
        found = [match for match in ask(seeker) if match.score > 0]
        matches |= {(name, match.offer_id): match for match in found}
        if not found:
            lacks[name] = lacking(look(seeker))
    return Fits(matches, lacks)


def lacking(ranking: matching.Ranking) -> list[str]:
    """What alone keeps groups away; where nothing does alone, what the nearest on the subject lacks."""
    alone = [one.code for one in ranking.closed_by if one.code in LACKS]
    if not alone:
        codes = ([miss.code for miss in match.misses] for match in ranking.nearest)
        alone = next((some for some in codes if "experience" not in some), [])
    return [code for code in dict.fromkeys(alone) if code in LACKS]


def _asker(
    ranked: Sequence[matching.Offer], people: int, tree: matching.Tree, now: datetime
) -> tuple[Ask, Look]:
    """What fits somebody, and what keeps the rest away."""
    weights = in_force(now)
    if people * len(ranked) < MANY:
        rank = partial(matching.rank, now=now, tree=tree, weights=weights)
        return (
            lambda seeker: rank(seeker, ranked, nearest=0).matches,
            lambda seeker: rank(seeker, ranked, most=0, nearest=NEAR),
        )
    index = matching.Index(ranked, tree=tree, weights=weights, now=now)
    return (
        lambda seeker: index.matches(seeker, now=now, most=len(ranked))[0],
        lambda seeker: index.rank(seeker, now=now, most=0, nearest=NEAR),
    )
