"""One group before one person: what fits, with points; what does not; what to know before going."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from peerkit.matching.hours import Hours
from peerkit.matching.values import Around, Offer, Param, Seeker, Start
from peerkit.matching.vocabulary import Nearness, Tree

# Invented shares, to be set with facilitators and members; only asked-for ones are counted.
SHARES: Final = {
    "experience": 0.55,
    "time": 0.15,
    "place": 0.08,
    "format": 0.06,
    "language": 0.05,
    "access": 0.04,
    "only": 0.03,
    "soon": 0.03,
    "welcome": 0.02,
    "seats": 0.01,
}
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
_BEST_SHARE: Final = 0.7
_EARTH_KM: Final = 6371.0088
_A_WEEK: Final = timedelta(days=7)


class Fact(NamedTuple):
    """A code with what it speaks of; `worth` is points for a fit, and 0 for a miss or a note."""

    code: str
    params: Mapping[str, Param]
    worth: float = 0.0


@dataclass(slots=True)
class Verdict:
    """Everything found about one group, in the order the checks run."""

    offer: Offer
    at: datetime | None
    fits: list[Fact] = field(default_factory=list)
    misses: list[Fact] = field(default_factory=list)
    notes: list[Fact] = field(default_factory=list)


class Judge:
    """A person's wishes made ready to be held against many groups."""

    def __init__(self, seeker: Seeker, tree: Tree, now: datetime) -> None:
        self._seeker: Final = seeker
        self._now: Final = now
        self._hours: Final = Hours(seeker.free, seeker.zone) if seeker.free else None
        weights = {want.term_id: want.weight for want in seeker.experiences if want.weight > 0}
        total = sum(weights.values())
        self._wanted: Final = [
            (term, weight / total, tree.near(term)) for term, weight in sorted(weights.items())
        ]
        self._near_any: Final = frozenset[str]().union(*(near for _, _, near in self._wanted))
        below = (tree.descendants(term) | {term} for term in seeker.not_wanted)
        self._not_wanted: Final = frozenset[str]().union(*below)
        asked = {
            "experience": bool(self._wanted),
            "time": bool(seeker.free),
            "place": seeker.around is not None,
            "format": bool(seeker.formats),
            "language": bool(seeker.languages),
            "access": bool(seeker.access),
            "only": bool(seeker.only),
        }
        counted = {key: share for key, share in SHARES.items() if asked.get(key, True)}
        whole = sum(counted.values())
        self._shares: Final = {key: share / whole for key, share in counted.items()}

    def glance(self, offer: Offer) -> tuple[int, float]:
        """Return how many misses are plain to see, and their cost: never more than the verdict's."""
        seeker = self._seeker
        plain = (
            (bool(self._wanted) and self._near_any.isdisjoint(offer.experiences), "experience"),
            (not self._not_wanted.isdisjoint(offer.experiences), "not_wanted"),
            (bool(seeker.languages) and offer.languages.isdisjoint(seeker.languages), "language"),
            (bool(seeker.formats) and offer.formats.isdisjoint(seeker.formats), "format"),
            (not seeker.access <= offer.access, "access"),
            (bool(seeker.only) and seeker.only != offer.gender_rule, "only"),
            (not offer.is_open, "not_open"),
            (offer.seats_free is not None and offer.seats_free <= 0, "full"),
        )
        costs = [COSTS[code] for missed, code in plain if missed]
        return len(costs), round(sum(costs), 9)

    def verdict(self, offer: Offer) -> Verdict:
        """Hold one group against the wishes."""
        found = Verdict(offer, None)
        if self._wanted:
            self._judge_experience(found)
        if not self._not_wanted.isdisjoint(offer.experiences):
            terms = sorted(self._not_wanted & offer.experiences)
            found.misses.append(Fact("not_wanted", {"term": terms[0]}))
        self._judge_time(found)
        self._judge_language(found)
        self._judge_way(found)
        self._judge_access(found)
        self._judge_rules(found)
        self._judge_room(found)
        return found

    def _judge_experience(self, found: Verdict) -> None:
        hits = [hit for want in self._wanted if (hit := _nearest(want, found.offer))]
        if not hits:
            found.misses.append(Fact("experience", {}))
            return
        share = self._shares["experience"]
        best = max(hits, key=lambda hit: hit[3].weight)
        for wanted, offered, weight, near in hits:
            worth = (1 - _BEST_SHARE) * weight * near.weight
            if wanted == best[0]:
                worth += _BEST_SHARE * near.weight
            params = {"wanted": wanted, "offered": offered}
            found.fits.append(Fact(f"experience_{near.kinship}", params, share * worth))

    def _judge_time(self, found: Verdict) -> None:
        coming = [start for start in found.offer.upcoming if start.at >= self._now]
        if not coming:
            found.misses.append(Fact("no_meeting", {}))
            return
        start = min(coming, key=_moment)
        if self._hours:
            off, start = min(
                ((self._hours.off(one.at, one.minutes), one) for one in coming),
                key=lambda pair: (pair[0], _moment(pair[1])),
            )
            if off:
                found.misses.append(Fact("time", {**_when(start), "minutes_off": off}))
            else:
                found.fits.append(Fact("time", _when(start), self._shares["time"]))
        found.at = start.at
        worth = self._shares["soon"] / (1 + (start.at - self._now) / _A_WEEK)
        found.fits.append(Fact("soon", _when(start), worth))

    def _judge_language(self, found: Verdict) -> None:
        spoken = self._seeker.languages
        if not spoken:
            return
        best = next((one for one in spoken if one in found.offer.languages), None)
        if best is None:
            offered = tuple(sorted(found.offer.languages))
            found.misses.append(Fact("language", {"offered": offered}))
        else:
            liking = 1.0 if best == spoken[0] else 0.8
            worth = self._shares["language"] * liking
            found.fits.append(Fact("language", {"language": best}, worth))

    def _judge_way(self, found: Verdict) -> None:
        """Format and distance together: a group too far away may still be joined online."""
        asked, offered = self._seeker.formats, found.offer.formats
        ways = asked & offered if asked else offered
        if asked and not ways:
            found.misses.append(Fact("format", {"offered": tuple(sorted(offered))}))
        elif asked:
            params = {"formats": tuple(sorted(ways))}
            found.fits.append(Fact("format", params, self._shares["format"]))
        around = self._seeker.around
        # A group that says no way to come is taken to meet in a room.
        in_room = "in_person" in ways or not offered or (not ways and offered == {"in_person"})
        if around and in_room:
            self._judge_distance(found, around, needed=ways <= {"in_person"})

    def _judge_distance(self, found: Verdict, around: Around, *, needed: bool) -> None:
        km = _distance(around, found.offer)
        if km is not None and km <= around.km:
            nearness = 1 - 0.5 * km / around.km if around.km else 1.0
            worth = self._shares["place"] * nearness
            found.fits.append(Fact("near", {"km": round(km, 1)}, worth))
        elif needed and km is None:
            found.misses.append(Fact("place_unknown", {}))
        elif needed and km is not None:
            found.misses.append(Fact("distance", {"km": round(km, 1), "within": around.km}))

    def _judge_access(self, found: Verdict) -> None:
        if not self._seeker.access:
            return
        lacking = sorted(self._seeker.access - found.offer.access)
        found.misses.extend(Fact("access", {"need": need}) for need in lacking)
        if not lacking:
            params = {"needs": tuple(sorted(self._seeker.access))}
            found.fits.append(Fact("access", params, self._shares["access"]))

    def _judge_rules(self, found: Verdict) -> None:
        """Rules about age and gender exclude only those who told us theirs; others get a note."""
        offer, seeker = found.offer, self._seeker
        if offer.age_from is not None or offer.age_until is not None:
            band = dict(_band(offer))
            if seeker.age is None:
                found.notes.append(Fact("age_rule", band))
            elif not _is_within(seeker.age, offer):
                found.misses.append(Fact("age", band))
        if offer.gender_rule:
            rule = {"rule": offer.gender_rule}
            if seeker.gender is None:
                found.notes.append(Fact("gender_rule", rule))
            elif seeker.gender != offer.gender_rule:
                found.misses.append(Fact("gender", rule))
        if seeker.only and seeker.only == offer.gender_rule:
            found.fits.append(Fact("only", {"rule": seeker.only}, self._shares["only"]))
        elif seeker.only:
            found.misses.append(Fact("only", {"rule": seeker.only}))

    def _judge_room(self, found: Verdict) -> None:
        offer = found.offer
        if not offer.is_open:
            found.misses.append(Fact("not_open", {}))
        if offer.seats_free is not None and offer.seats_free <= 0:
            found.misses.append(Fact("full", {}))
        elif offer.seats_free is not None:
            params = {"free": offer.seats_free}
            found.fits.append(Fact("seats", params, self._shares["seats"]))
        if offer.welcomes_newcomers:
            found.fits.append(Fact("newcomers", {}, self._shares["welcome"]))


def _nearest(
    want: tuple[str, float, Mapping[str, Nearness]], offer: Offer
) -> tuple[str, str, float, Nearness] | None:
    term, weight, near = want
    hits = [(near[one].weight, one) for one in offer.experiences if one in near]
    if not hits:
        return None
    best = min(hits, key=lambda hit: (-hit[0], hit[1]))[1]
    return term, best, weight, near[best]


def _moment(start: Start) -> tuple[datetime, int, str]:
    return start.at, start.minutes, start.zone


def _when(start: Start) -> dict[str, Param]:
    return {"at": start.at, "minutes": start.minutes, "zone": start.zone}


def _band(offer: Offer) -> Iterator[tuple[str, Param]]:
    if offer.age_from is not None:
        yield "from", offer.age_from
    if offer.age_until is not None:
        yield "until", offer.age_until


def _is_within(age: int, offer: Offer) -> bool:
    return (offer.age_from is None or offer.age_from <= age) and (
        offer.age_until is None or age <= offer.age_until
    )


def _distance(around: Around, offer: Offer) -> float | None:
    """Return kilometres on the great circle (haversine formula, mean Earth radius)."""
    if offer.latitude is None or offer.longitude is None:
        return None
    here, there = radians(around.latitude), radians(offer.latitude)
    half_up = sin((there - here) / 2) ** 2
    half_along = sin(radians(offer.longitude - around.longitude) / 2) ** 2
    chord = half_up + cos(here) * cos(there) * half_along
    return 2 * _EARTH_KM * asin(sqrt(min(chord, 1.0)))
