"""What each part of a group is worth to one person, and in which reason that is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from peerkit.matching.finding.asking import (
    BEST_SHARE,
    MILLION,
    SECOND_LANGUAGE,
    Asked,
    Sought,
    band,
    band_worth,
)
from peerkit.matching.finding.clock import Fit
from peerkit.matching.finding.distance import nearness
from peerkit.matching.values import Param, Params, Reason, Start
from peerkit.matching.vocabulary import Nearness

A_WEEK: Final = timedelta(days=7)
NOTHING: Final[Params] = {}
# Millionths and the reason that carries them; no reason where nothing is worth anything.
Told = tuple[int, Reason | None]
SILENT: Final[Told] = (0, None)


class Reasons:
    """A person's wishes made ready to say what parts of many groups are worth."""

    def __init__(self, asked: Asked, now: datetime) -> None:
        self._asked: Final = asked
        self._seeker: Final = asked.seeker
        self._shares: Final = asked.shares
        self._now: Final = now

    def about(self, offered: Iterable[str]) -> list[Told]:
        """Return a reason for each wanted experience that these terms meet."""
        sought = self._asked.sought
        hits = [hit for one in sought if (hit := _nearest(one, offered))]
        best = max(hits, key=_weight)[0] if hits else None
        share = self._shares["experience"] if hits else 0.0
        found = []
        for one, term, near in hits:
            worth = (1 - BEST_SHARE) * one.part * near.weight
            if one is best:
                worth += BEST_SHARE * near.weight
            params: Params = {"wanted": one.term, "offered": term}
            found.append(told(f"experience_{near.kinship}", params, share, worth))
        return found

    def time(self, fit: Fit, when: Mapping[str, Param]) -> Told:
        """Return what the share of meetings is worth that lie within the free hours."""
        if not self._seeker.free:
            return SILENT
        params: Params = {**when, "fitting": fit.fitting, "coming": fit.coming}
        return told("time", params, self._shares["time"], fit.fitting / fit.coming)

    def soon(self, at: datetime, when: Params) -> Told:
        """Return what it is worth that the next meeting is near."""
        worth = 1 / (1 + (at - self._now) / A_WEEK)
        return told("soon", when, self._shares["soon"], worth)

    def language(self, offered: frozenset[str]) -> Told:
        """Return what the best language in common is worth."""
        spoken = self._seeker.languages
        best = next((one for one in spoken if one in offered), None)
        if best is None:
            return SILENT
        liking = 1.0 if best == spoken[0] else SECOND_LANGUAGE
        return told("language", {"language": best}, self._shares["language"], liking)

    def way(self, offered: frozenset[str]) -> Told:
        """Return what the ways to come in common are worth."""
        ways = self._seeker.formats & offered
        if not ways:
            return SILENT
        return told("format", {"formats": tuple(sorted(ways))}, self._shares["format"])

    def near(self, km: float) -> Told:
        """Return what a distance within reach is worth."""
        around = self._seeker.around
        if around is None:
            return SILENT
        return told("near", {"km": km}, self._shares["place"], nearness(km, around.km))

    def access(self) -> Told:
        """Return what it is worth that all needs are met."""
        needs = self._seeker.access
        if not needs:
            return SILENT
        return told("access", {"needs": tuple(sorted(needs))}, self._shares["access"])

    def only(self) -> Told:
        """Return what it is worth that the group is limited as wished."""
        rule = self._seeker.only
        return told("only", {"rule": rule}, self._shares["only"]) if rule else SILENT

    def seats(self, free: int | None) -> Told:
        """Return what free seats are worth."""
        return _seats(free, self._shares["seats"]) if free else SILENT

    def newcomers(self) -> Told:
        """Return what it is worth that newcomers are greeted."""
        return told("newcomers", NOTHING, self._shares["welcome"])

    def comfort(self, offered: frozenset[str]) -> Told:
        """Return what the wishes are worth that are met and exclude nothing."""
        met = self._seeker.comfort & offered
        if not met:
            return SILENT
        worth = len(met) / len(self._seeker.comfort)
        return told("comfort", {"met": tuple(sorted(met))}, self._shares["comfort"], worth)

    def others(self, makeup: Mapping[str, int]) -> Told:
        """Return what it is worth that others there live with the same."""
        least, term = 0, ""
        for one in self._asked.dearest if makeup else ():
            if (here := band(makeup.get(one, 0))) > least:
                least, term = here, one
        if not least:
            return SILENT
        params: Params = {"experience": term, "at_least": least}
        return told("others", params, self._shares["others"], band_worth(least))

    def returns(self, share: float) -> Told:
        """Return what it is worth that visitors came again; whole hundredths of them count."""
        return _returns(round(share * 100), self._shares["returns"])

    def tried(self, group: str) -> Told:
        """Return what a visit is worth that felt right."""
        if self._seeker.tried.get(group) != "right":
            return SILENT
        return told("tried_right", NOTHING, self._shares["tried"])


def told(code: str, params: Params, share: float, worth: float = 1.0) -> Told:
    """Return a reason, unless it is worth nothing: there is no score without a reason."""
    counted = int(share * worth * MILLION)
    return (counted, Reason(code, params, counted / MILLION)) if counted else SILENT


# Few small numbers are said again and again.
@lru_cache(maxsize=2048)
def _seats(free: int, share: float) -> Told:
    return told("seats", {"free": free}, share)


@lru_cache(maxsize=4096)
def _returns(hundredths: int, share: float) -> Told:
    again = hundredths / 100
    return told("returns", {"of_ten": round(again * 10)}, share, again)


def when_of(start: Start) -> dict[str, Param]:
    """Return a meeting as params."""
    return {"at": start.at, "minutes": start.minutes, "zone": start.zone}


def _weight(hit: tuple[Sought, str, Nearness]) -> float:
    return hit[2].weight


def _nearest(one: Sought, offered: Iterable[str]) -> tuple[Sought, str, Nearness] | None:
    near = one.near
    best, found = ("", None)
    for term in offered:
        here = near.get(term)
        if here is None:
            continue
        if found is None or (-here.weight, term) < (-found.weight, best):
            best, found = term, here
    return None if found is None else (one, best, found)
