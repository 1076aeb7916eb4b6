"""One group before one person: what fits, with points; what does not; what to know before going."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Final

from peerkit.matching.finding.asking import MILLION, Asked
from peerkit.matching.finding.clock import Fit
from peerkit.matching.finding.distance import distance
from peerkit.matching.finding.reasons import NOTHING, SILENT, Reasons, Told, when_of
from peerkit.matching.finding.weights import COSTS
from peerkit.matching.values import Around, Match, Offer, Param, Reason

_POINTS: Final = itemgetter(2)


class Verdict:
    """Everything found about one group; misses and notes in the order the checks run."""

    __slots__ = ("fits", "fitted", "misses", "notes", "offer", "points")

    def __init__(self, offer: Offer, fit: Fit) -> None:
        self.offer: Final = offer
        self.fitted: Final = fit
        self.points = 0
        self.fits: list[Reason] = []
        self.misses: list[Reason] = []
        self.notes: list[Reason] = []

    def take(self, told: Told) -> None:
        """Add a reason, if there is one."""
        counted, reason = told
        if reason is not None:
            self.points += counted
            self.fits.append(reason)

    def match(self) -> Match:
        """Return the verdict as a value; reasons strongest first."""
        return Match(
            self.offer.id,
            self.points / MILLION,
            strongest_first(self.fits),
            tuple(self.misses),
            tuple(self.notes),
            self.fitted.start,
            None if self.offer.seats_free is None else max(self.offer.seats_free, 0),
        )


class Judge:
    """A person's wishes made ready to be held against many groups."""

    def __init__(self, asked: Asked, now: datetime) -> None:
        self._asked: Final = asked
        self._seeker: Final = asked.seeker
        self._reasons: Final = Reasons(asked, now)

    def glance(self, offer: Offer) -> tuple[int, float]:
        """Return how many misses are plain to see, and their cost: never more than the verdict's."""
        seeker, asked = self._seeker, self._asked
        plain = (
            (bool(asked.sought) and asked.near_any.isdisjoint(offer.experiences), "experience"),
            (not asked.refused.isdisjoint(offer.experiences), "not_wanted"),
            (bool(seeker.languages) and offer.languages.isdisjoint(seeker.languages), "language"),
            (bool(seeker.formats) and offer.formats.isdisjoint(seeker.formats), "format"),
            (not seeker.access <= offer.access, "access"),
            (bool(seeker.only) and seeker.only != offer.gender_rule, "only"),
            (not offer.is_open, "not_open"),
            (offer.seats_free is not None and offer.seats_free <= 0, "full"),
        )
        costs = [COSTS[code] for missed, code in plain if missed]
        return len(costs), round(sum(costs), 9)

    def verdict(self, offer: Offer, fit: Fit) -> Verdict:
        """Hold one group, whose meetings lie as `fit` says, against the wishes."""
        found = Verdict(offer, fit)
        self._judge_experience(found)
        self._judge_time(found)
        self._judge_language(found)
        self._judge_way(found)
        self._judge_access(found)
        self._judge_rules(found)
        self._judge_room(found)
        self._judge_company(found)
        return found

    def _judge_experience(self, found: Verdict) -> None:
        offered = found.offer.experiences
        if self._asked.sought:
            told = self._reasons.about(offered)
            for one in told:
                found.take(one)
            if not told:
                found.misses.append(Reason("experience", NOTHING))
        if not self._asked.refused.isdisjoint(offered):
            terms = sorted(self._asked.refused & offered)
            found.misses.append(Reason("not_wanted", {"term": terms[0]}))

    def _judge_time(self, found: Verdict) -> None:
        fit = found.fitted
        if fit.start is None:
            found.misses.append(Reason("no_meeting", NOTHING))
            return
        when = when_of(fit.start)
        if self._seeker.free and not fit.fitting:
            found.misses.append(Reason("time", {**when, "minutes_off": fit.off}))
        else:
            found.take(self._reasons.time(fit, when))
            found.notes.extend(notes_of_time(fit))
        found.take(self._reasons.soon(fit.start.at, when))

    def _judge_language(self, found: Verdict) -> None:
        offered, spoken = found.offer.languages, self._seeker.languages
        if spoken and offered.isdisjoint(spoken):
            found.misses.append(Reason("language", {"offered": tuple(sorted(offered))}))
        else:
            found.take(self._reasons.language(offered))

    def _judge_way(self, found: Verdict) -> None:
        """Format and distance together: a group too far away may still be joined online."""
        asked, offered = self._seeker.formats, found.offer.formats
        ways = asked & offered if asked else offered
        if asked and not ways:
            found.misses.append(Reason("format", {"offered": tuple(sorted(offered))}))
        else:
            found.take(self._reasons.way(offered))
        around = self._seeker.around
        if around and may_be_in_room(asked, offered):
            self._judge_distance(found, around, needed=ways <= {"in_person"})

    def _judge_distance(self, found: Verdict, around: Around, *, needed: bool) -> None:
        latitude, longitude = found.offer.latitude, found.offer.longitude
        if latitude is None or longitude is None:
            if needed:
                found.misses.append(Reason("place_unknown", NOTHING))
            return
        km = distance(around, latitude, longitude)
        if km <= around.km:
            found.take(self._reasons.near(km))
        elif needed:
            found.misses.append(Reason("distance", {"km": km, "within": around.km}))

    def _judge_access(self, found: Verdict) -> None:
        lacking = sorted(self._seeker.access - found.offer.access)
        found.misses.extend(Reason("access", {"need": need}) for need in lacking)
        if not lacking:
            found.take(self._reasons.access())

    def _judge_rules(self, found: Verdict) -> None:
        """Rules about age and gender exclude only those who told us theirs; others get a note."""
        offer, seeker = found.offer, self._seeker
        if seeker.age is None:
            found.notes.extend(notes_of_age(offer.age_from, offer.age_until))
        elif not _is_within(seeker.age, offer):
            band = dict(_band(offer.age_from, offer.age_until))
            found.misses.append(Reason("age", band))
        if offer.gender_rule:
            if seeker.gender is None:
                found.notes.append(Reason("gender_rule", {"rule": offer.gender_rule}))
            elif seeker.gender != offer.gender_rule:
                found.misses.append(Reason("gender", {"rule": offer.gender_rule}))
        if seeker.only == offer.gender_rule:
            found.take(self._reasons.only())
        elif seeker.only:
            found.misses.append(Reason("only", {"rule": seeker.only}))

    def _judge_room(self, found: Verdict) -> None:
        offer = found.offer
        if not offer.is_open:
            found.misses.append(Reason("not_open", NOTHING))
        if offer.seats_free is not None and offer.seats_free <= 0:
            found.misses.append(Reason("full", NOTHING))
        else:
            found.take(self._reasons.seats(offer.seats_free))
        if offer.welcomes_newcomers:
            found.take(self._reasons.newcomers())

    def _judge_company(self, found: Verdict) -> None:
        """Who is there and what it is like, as far as numbers may be told; what it was like before."""
        offer = found.offer
        found.take(self._reasons.comfort(offer.comfort))
        found.take(self._reasons.others(offer.makeup))
        found.take(self._reasons.returns(offer.returns) if offer.returns else SILENT)
        found.take(self._reasons.tried(offer.id))
        found.notes.extend(notes_of_visit(self._seeker.tried.get(offer.id, "")))


def strongest_first(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return reasons as a match tells them."""
    return tuple(sorted(reasons, key=_POINTS, reverse=True))


def may_be_in_room(asked: frozenset[str], offered: frozenset[str]) -> bool:
    """Tell whether somebody would meet this group in a room, where a distance counts."""
    ways = asked & offered if asked else offered
    # A group that says no way to come is taken to meet in a room.
    return "in_person" in ways or not offered or (not ways and offered == {"in_person"})


def notes_of_time(fit: Fit) -> Iterator[Reason]:
    """Tell from when on it fits or no longer does, where clocks change."""
    if fit.is_later and fit.start is not None:
        yield Reason("time_from", when_of(fit.start))
    if fit.until is not None:
        yield Reason("time_until", when_of(fit.until))


def notes_of_age(age_from: int | None, age_until: int | None) -> Iterator[Reason]:
    """Tell somebody who did not say an age of a rule about it."""
    if age_from is not None or age_until is not None:
        yield Reason("age_rule", dict(_band(age_from, age_until)))


def notes_of_visit(felt: str) -> Iterator[Reason]:
    """Tell of a visit that did not feel right."""
    if felt and felt != "right":
        yield Reason(f"tried_{felt}", NOTHING)


def is_behind(felt: Mapping[str, str], offer_id: str) -> bool:
    """Tell whether a group stands behind all others: it was not for this person."""
    return felt.get(offer_id) == "not_for_me"


def _band(age_from: int | None, age_until: int | None) -> Iterator[tuple[str, Param]]:
    if age_from is not None:
        yield "from", age_from
    if age_until is not None:
        yield "until", age_until


def _is_within(age: int, offer: Offer) -> bool:
    return (offer.age_from is None or offer.age_from <= age) and (
        offer.age_until is None or age <= offer.age_until
    )
