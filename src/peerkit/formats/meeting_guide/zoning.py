"""Whose clock a time is by: the row's own words first, then its place, then the rest of the list.

A list without zones mixes two habits. A group that meets in a room writes the room's clock. An online
group is often entered with the publisher's clock, whatever place its address names. So words such as
"2am Eastern" that match the time field are believed before the map for meetings that are joined from
afar, and after it for meetings in a room.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from peerkit.formats.meeting_guide import regions, zones
from peerkit.formats.meeting_guide.draft import Draft
from peerkit.formats.meeting_guide.hints import Statement
from peerkit.formats.meeting_guide.values import Format, Listing
from peerkit.formats.meeting_guide.words import CannotList

ZoneAt = Callable[[float, float, str], str | None]

# A publisher's clock is believed after this many statements, of which so many against the map.
FEWEST: Final = 5
SHARE: Final = 0.8
FEWEST_AGAINST_MAP: Final = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A zone and the note that says how it was found; `code` is empty for the row's own."""

    zone: str
    code: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole list says: the publisher's clock, the commonest zone, the caller's default."""

    publisher: str
    majority: str
    default: str


def placed(draft: Draft, zone_at: ZoneAt | None) -> Found | None:
    """The zone the row names itself, or else the one its place keeps."""
    own = zones.named(draft.stated_zone) if draft.stated_zone else ""
    if own:
        return Found(own, "" if own == draft.stated_zone else "zone-rewritten", draft.stated_zone)
    if draft.stated_zone:
        draft.notes.add("zone-unknown", "timezone", was=draft.stated_zone)
    place = draft.place
    zone = zone_at(*place.point, place.country) if zone_at and place.point else None
    if zone and zones.is_known(zone):
        return Found(zone, "zone-from-coordinates")
    where = place.address.state or place.address.country
    whole = regions.WHOLLY.get(place.state, "") if place.state else zones.of_country(place.country)
    if whole:
        return Found(whole, "zone-from-address", where)
    mostly = regions.MOSTLY.get(place.state, "") if place.state else ""
    return Found(mostly, "zone-from-most-of-address", where) if mostly else None


def evidence_of(drafts: Sequence[Draft], places: Sequence[Found | None], default: str) -> Evidence:
    """Weigh all rows together."""
    pairs = [pair for pair in zip(drafts, places, strict=True) if not _is_own(pair[1])]
    stated = [
        (said.zone, place)
        for draft, place in pairs
        if _from_afar(draft) and (said := _agreeing(draft))
    ]
    located = Counter(place.zone for place in places if place)
    return Evidence(_publisher(stated), _majority(located), default)


def settled(draft: Draft, place: Found | None, evidence: Evidence) -> Listing:
    """The listing with its zone (and its time, where the text proves another); raises CannotList."""
    listing = draft.listing
    if place and _is_own(place):
        return _taken(draft, place)
    if listing.time is None:
        return _taken(draft, place or _rest(evidence)) if place or _rest(evidence) else listing
    said = _agreeing(draft)
    if said is None and draft.statements:
        proven = _proven(draft, place, evidence)
        if proven:
            return proven
        first = draft.statements[0]
        draft.notes.add("time-conflict", "time", was=first.words, now=f"{listing.time:%H:%M}")
    found = _from_text(draft, said, place) if _from_afar(draft) else _in_room(draft, said, place)
    if found is None and evidence.publisher and not draft.place.has_street:
        found = Found(evidence.publisher, "zone-from-publisher")
    found = found or place or _rest(evidence)
    if found is None:
        raise CannotList("no-zone", "timezone")
    return _taken(draft, found)


def _publisher(stated: Sequence[tuple[str, Found | None]]) -> str:
    """The clock nearly all online meetings state, once some state it against their own place."""
    commonest = Counter(zone for zone, _ in stated).most_common(1)
    if not commonest or len(stated) < FEWEST or commonest[0][1] < SHARE * len(stated):
        return ""
    publisher = commonest[0][0]
    against = [
        place
        for zone, place in stated
        if place and zone == publisher != place.zone and not zones.agree(zone, place.zone)
    ]
    return publisher if len(against) >= FEWEST_AGAINST_MAP else ""


def _majority(located: Counter[str]) -> str:
    top = located.most_common(1)
    return top[0][0] if top and top[0][1] * 2 > located.total() else ""


def _is_own(place: Found | None) -> bool:
    return place is not None and place.code in {"", "zone-rewritten"}


def _from_afar(draft: Draft) -> bool:
    return draft.listing.format is not Format.IN_PERSON


def _agreeing(draft: Draft) -> Statement | None:
    """The first statement that gives the very time of the time field."""
    return next((said for said in draft.statements if draft.listing.time in said.clocks), None)


def _from_text(draft: Draft, said: Statement | None, place: Found | None) -> Found | None:
    said = said or next(iter(draft.bare_zones), None)
    if said is None:
        return None
    is_loose = said.zone == "UTC" or any(part in zones.LETTERS for part in said.words.split())
    fits = place and (
        zones.agree(place.zone, said.zone) or (is_loose and zones.ever_agree(place.zone, said.zone))
    )
    # "Eastern" in Detroit, "GMT" in London: the same clock, better named by the place.
    return Found(place.zone if place and fits else said.zone, "zone-from-text", said.words)


def _in_room(draft: Draft, said: Statement | None, place: Found | None) -> Found | None:
    is_sure = place is not None and place.code != "zone-from-most-of-address"
    if place is None or (said and not is_sure):
        return _from_text(draft, said, place)
    if said and not zones.ever_agree(place.zone, said.zone):
        draft.notes.add("zone-conflict", "name", was=said.words, now=place.zone)
    return place


def _proven(draft: Draft, place: Found | None, evidence: Evidence) -> Listing | None:
    """Two clocks that mean one moment: "4:30am Eastern" proves that 10:30 is Johannesburg's."""
    start = draft.listing.time
    assert start is not None
    for said in draft.statements:
        for clock in sorted(said.clocks):
            if place and zones.same_moment(start, place.zone, clock, said.zone) is not None:
                return _taken(draft, Found(place.zone, "zone-from-text", said.words))
            ahead = (
                zones.same_moment(start, evidence.publisher, clock, said.zone)
                if evidence.publisher
                else None
            )
            if ahead is None:
                continue
            if _from_afar(draft):
                return _taken(draft, Found(evidence.publisher, "zone-from-text", said.words))
            return _restated(draft, said, clock, ahead, place)
    return None


def _restated(
    draft: Draft, said: Statement, clock: time, ahead: int, place: Found | None
) -> Listing:
    """A room's time that was entered by the publisher's clock, put back to the room's own."""
    listing = draft.listing
    draft.notes.add("time-restated", "time", was=f"{listing.time:%H:%M}", now=f"{clock:%H:%M}")
    fits = place is not None and zones.ever_agree(place.zone, said.zone)
    found = place if place and fits else Found(said.zone, "zone-from-text", said.words)
    days = tuple(sorted((day + ahead) % 7 for day in listing.days))
    return replace(_taken(draft, found), time=clock, days=days)


def _rest(evidence: Evidence) -> Found | None:
    if evidence.majority:
        return Found(evidence.majority, "zone-from-majority")
    return Found(evidence.default, "zone-from-default") if evidence.default else None


def _taken(draft: Draft, found: Found | None) -> Listing:
    if found is None:
        return draft.listing
    if found.code:
        draft.notes.add(found.code, "timezone", was=found.was, now=found.zone)
    return replace(draft.listing, zone=found.zone)
