"""A whole list from its bytes: open it, read each row, settle the zones, and keep every slug once."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peerkit.formats.meeting_guide import slugs, zones, zoning
from peerkit.formats.meeting_guide.draft import Draft, draft_of
from peerkit.formats.meeting_guide.envelope import MEGABYTE, open_list
from peerkit.formats.meeting_guide.text import plain
from peerkit.formats.meeting_guide.values import Feed, Listing, Note, Outcome, Row
from peerkit.formats.meeting_guide.words import REMARKS, CannotList, Notes, note, shorten

MAX_BYTES: Final = 50 * MEGABYTE
MAX_ROWS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Read:
    """A row on its way: a draft with its notes, or the refusal."""

    index: int
    raw: object
    notes: Notes
    draft: Draft | None
    listing: Listing | None = None


def decode(
    data: bytes,
    *,
    default_zone: str | None = None,
    zone_at: Callable[[float, float, str], str | None] | None = None,
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
) -> Feed:
    """Read a Meeting Guide list as published.

    Every row of the file comes back exactly once: understood, repaired (with what and how) or refused
    (with a reason to act on). `zone_at(latitude, longitude, country)` gives the IANA zone of a place,
    with the country's ISO 3166 code or empty; `default_zone` serves rows for which nothing else speaks.
    Raises NotAMeetingList when the file as a whole cannot be read, and nothing else.
    Source: the Meeting Guide specification (code4recovery/spec, 2026).
    """
    raws, repairs = open_list(data, max_bytes=max_bytes, max_rows=max_rows)
    reads = [_read(index, raw) for index, raw in enumerate(raws)]
    rows = _kept_apart(_zoned(reads, zones.named(default_zone or ""), zone_at))
    return Feed(tuple(rows), repairs)


def _read(index: int, raw: object) -> Read:
    notes = Notes()
    try:
        return Read(index, raw, notes, draft_of(raw, notes))
    except CannotList as refusal:
        notes.extend((refusal.note,))
        return Read(index, raw, notes, None)


def _zoned(reads: Sequence[Read], default: str, zone_at: zoning.ZoneAt | None) -> list[Read]:
    drafts = [read.draft for read in reads if read.draft]
    places = [zoning.placed(draft, zone_at) for draft in drafts]
    evidence = zoning.evidence_of(drafts, places, default)
    where = iter(places)
    return [_settled(read, next(where), evidence) if read.draft else read for read in reads]


def _settled(read: Read, place: zoning.Found | None, evidence: zoning.Evidence) -> Read:
    assert read.draft is not None
    try:
        return replace(read, listing=zoning.settled(read.draft, place, evidence))
    except CannotList as refusal:
        read.notes.extend((refusal.note,))
        return read


def _kept_apart(reads: Sequence[Read]) -> list[Row]:
    """Rows of one slug: repeats are left out, days of one meeting joined, different meetings renamed."""
    taken = {read.listing.slug for read in reads if read.listing}
    first: dict[str, int] = {}
    same: dict[str, int] = {}
    rows: list[Row] = []
    for position, read in enumerate(reads):
        listing, content = read.listing, _exactly(read.raw)
        earlier = first.setdefault(listing.slug, position) if listing else position
        if listing is None or earlier == position:
            rows.append(_row(read, listing))
        elif content in same:
            read.notes.extend((note("duplicate-row", "slug", now=str(same[content] + 1)),))
            rows.append(_row(read, None))
        else:
            rows.append(_joined(rows, earlier, read, listing) or _renamed(read, listing, taken))
            taken.add(rows[-1].slug)
        same.setdefault(content, position)
    return rows


def _joined(rows: list[Row], earlier: int, read: Read, listing: Listing) -> Row | None:
    kept = rows[earlier].listing
    if kept is None or not slugs.differ_by_day_only(kept, listing):
        return None
    days = tuple(sorted({*kept.days, *listing.days}))
    rows[earlier] = replace(rows[earlier], listing=replace(kept, days=days))
    read.notes.add("day-merged", "day", now=str(earlier + 1))
    return replace(_row(read, None), outcome=Outcome.REPAIRED)


def _renamed(read: Read, listing: Listing, taken: set[str]) -> Row:
    slug = slugs.apart(listing, _exactly(read.raw), taken)
    read.notes.add("slug-renamed", "slug", was=listing.slug, now=slug)
    return _row(read, replace(listing, slug=slug))


def _row(read: Read, listing: Listing | None) -> Row:
    notes = read.notes.all()
    if listing is None:
        return Row(
            read.index,
            _said(read.raw, "slug"),
            _said(read.raw, "name"),
            Outcome.REFUSED,
            notes,
            None,
        )
    return Row(read.index, listing.slug, listing.name, _outcome(notes), notes, listing)


def _outcome(notes: tuple[Note, ...]) -> Outcome:
    is_as_given = all(each.code in REMARKS for each in notes)
    return Outcome.UNDERSTOOD if is_as_given else Outcome.REPAIRED


def _said(raw: object, key: str) -> str:
    value = raw.get(key) if isinstance(raw, dict) else None
    return shorten(plain(value)[0]) if isinstance(value, str) else ""


def _exactly(raw: object) -> str:
    return json.dumps(raw, sort_keys=True)
