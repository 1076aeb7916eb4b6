"""One row read on its own: everything but the time zone, which also needs the other rows."""

import re
from dataclasses import dataclass, replace
from typing import Final

from peerkit.formats.meeting_guide import hints
from peerkit.formats.meeting_guide.days import days_of, weeks_of
from peerkit.formats.meeting_guide.envelope import kind_of
from peerkit.formats.meeting_guide.hints import Statement
from peerkit.formats.meeting_guide.joining import (
    attendance_of,
    joining_of,
    link_of,
    without_contact,
)
from peerkit.formats.meeting_guide.kinds import ACCESS, LANGUAGES, RULES, meanings, types_of
from peerkit.formats.meeting_guide.places import Place, place_of
from peerkit.formats.meeting_guide.slugs import slug_of
from peerkit.formats.meeting_guide.text import Fields
from peerkit.formats.meeting_guide.times import DEFAULT_MINUTES, minutes_of, time_of, updated_of
from peerkit.formats.meeting_guide.values import Format, Listing
from peerkit.formats.meeting_guide.words import CannotList, Notes

EMAIL: Final = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]{2,}")


LONGEST_VENUE: Final = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """A row whose listing still lacks its zone, with the evidence for it."""

    listing: Listing
    place: Place
    notes: Notes
    stated_zone: str
    statements: tuple[Statement, ...]
    bare_zones: tuple[Statement, ...]


def draft_of(raw: object, notes: Notes) -> Draft:
    """Read one row; raises CannotList with the reason when it cannot become a findable group."""
    if not isinstance(raw, dict):
        raise CannotList("not-an-object", "", was=kind_of(raw))
    fields = Fields(raw, notes)
    name = fields.line("name")
    if not name:
        raise CannotList("no-name", "name")
    listing = _described(fields, _scheduled(fields, name))
    place = place_of(fields, listing.region)
    listing = _attended(fields, listing, place)
    texts = (
        name,
        *(
            fields.prose(key)
            for key in ("notes", "location_notes", "conference_url_notes", "group_notes")
        ),
    )
    return Draft(
        listing,
        place,
        notes,
        fields.line("timezone"),
        tuple(said for text in texts for said in hints.statements(text)),
        tuple(said for text in texts[:2] for said in hints.bare_zones(text)),
    )


def _scheduled(fields: Fields, name: str) -> Listing:
    """Name, days and time; raises CannotList without them."""
    days, start = days_of(fields, name), time_of(fields)
    by_appointment = _by_appointment(fields, name, has_slot=bool(days) or start is not None)
    if not by_appointment and start is None:
        raise CannotList("no-time", "time")
    if not by_appointment and not days:
        raise CannotList("no-day", "day")
    weeks, is_irregular = weeks_of(fields, name, fields.prose("notes"), days)
    return Listing(
        slug=slug_of(fields, name, days, f"{start:%H:%M}" if start else ""),
        name=name,
        days=days,
        time=start,
        minutes=minutes_of(fields, start) if start else DEFAULT_MINUTES,
        zone="",
        format=Format.IN_PERSON,
        by_appointment=by_appointment,
        weeks=weeks,
        is_irregular=is_irregular,
        group_name=fields.line("group"),
        updated_at=updated_of(fields),
        url=link_of(fields, "url"),
        contact_emails=_emails(fields),
        contact_phones=fields.each("phone") + _contacts(fields, "phone"),
    )


def _described(fields: Fields, listing: Listing) -> Listing:
    types, unknown = types_of(fields)
    return replace(
        listing,
        types=types,
        unknown_types=unknown,
        languages=meanings(types + unknown, LANGUAGES),
        access=meanings(types, ACCESS),
        rules=meanings(types, RULES),
        open_to_all="O" in types,
        closed="C" in types,
        region=_region(fields),
    )


def _attended(fields: Fields, listing: Listing, place: Place) -> Listing:
    """Where and how; raises CannotList when there is no way to attend."""
    joining = without_contact(joining_of(fields, listing.types), listing.contact_phones, fields)
    attendance = attendance_of(fields, listing.types, place, joining, listing.name)
    if attendance.inactive:
        fields.notes.add(attendance.inactive.replace("_", "-"), "types")
    venue, location_notes = _venue(fields, place.venue, joining.public[1])
    latitude, longitude = place.point or (None, None)
    return replace(
        listing,
        format=attendance.format,
        inactive=attendance.inactive,
        temporarily_closed=attendance.inactive == "temporarily_closed",
        conference_url=joining.url,
        conference_url_notes=joining.url_notes,
        conference_phone=joining.phone,
        conference_phone_notes=joining.phone_notes,
        notes=joining.public[0],
        group_notes=joining.public[2],
        address=place.address,
        venue=venue,
        location_notes=location_notes,
        latitude=latitude,
        longitude=longitude,
        approximate=place.approximate,
    )


def _by_appointment(fields: Fields, name: str, *, has_slot: bool) -> bool:
    said = " ".join(
        (name, *(fields.line(key) for key in ("time", "time_formatted")), fields.prose("notes"))
    ).lower()
    return not has_slot and "appointment" in said


def _region(fields: Fields) -> tuple[str, ...]:
    listed = fields.each("regions")
    return listed or tuple(filter(None, (fields.line("region"), fields.line("sub_region"))))


def _emails(fields: Fields) -> tuple[str, ...]:
    found = (*fields.each("email"), *fields.each("feedback_emails"), *_contacts(fields, "email"))
    return tuple(mail for mail in found if EMAIL.fullmatch(mail))


def _contacts(fields: Fields, kind: str) -> tuple[str, ...]:
    return tuple(filter(None, (fields.line(f"contact_{number}_{kind}") for number in (1, 2, 3))))


def _venue(fields: Fields, venue: str, location_notes: str) -> tuple[str, str]:
    """Some lists put a district where the venue belongs, and the venue's name into its notes."""
    first, _, rest = location_notes.partition("\n")
    if venue and venue == fields.line("district") and 0 < len(first) <= LONGEST_VENUE:
        fields.notes.add("venue-from-notes", "location", was=venue, now=first)
        return first, rest.strip()
    return venue, location_notes
