"""Short names: safe in an address, never longer than 64, each used once, the same on every import."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from hashlib import blake2s
from itertools import chain, count
from typing import Final

from peerkit.formats.meeting_guide.days import NAMES
from peerkit.formats.meeting_guide.text import Fields
from peerkit.formats.meeting_guide.values import Listing

LONGEST: Final = 64
WEEK: Final = 7
SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}")


def slug_of(fields: Fields, name: str, days: tuple[int, ...], clock: str) -> str:
    """The row's own slug where it can be used, else one made from it, or from name, day and time."""
    given = fields.line("slug")
    if SAFE.fullmatch(given):
        return given
    slug = (
        _with_mark(given)
        if given
        else _fitting(f"{slugged(name)}-{_day_letters(days)}-{clock.replace(':', '')}", name)
    )
    fields.notes.add("slug-derived", "slug", was=given, now=slug)
    return slug


def apart(listing: Listing, content: str, taken: Collection[str]) -> str:
    """A slug for a different meeting whose own is taken: by its day and time, then by its content.

    It depends on the meeting alone as far as possible, so that the same list in another order gives
    the same slugs.
    """
    clock = f"{listing.time:%H%M}" if listing.time else "appointment"
    base = f"{listing.slug[:28]}-{_day_letters(listing.days)}-{clock}"[:44].strip("-")
    marked = f"{base}-{_mark(content)}"
    tries = chain((base, marked), (f"{marked}-{number}" for number in count(2)))
    return next(slug for slug in tries if slug not in taken)


def differ_by_day_only(one: Listing, other: Listing) -> bool:
    """Whether two rows of one slug are one meeting on several days."""
    return bool(one.days and other.days) and replace(one, days=(), updated_at=None) == replace(
        other, days=(), updated_at=None
    )


def slugged(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _with_mark(given: str) -> str:
    """A mark of the whole keeps two long slugs with the same beginning apart."""
    start = slugged(re.sub(r"%[0-9A-Fa-f]{2}", "", given)) or "meeting"
    return f"{start[: LONGEST - 9].rstrip('-')}-{_mark(given)}"


def _fitting(slug: str, name: str) -> str:
    if len(slug) <= LONGEST and slugged(name):
        return slug.strip("-")
    return f"{(slugged(name) or 'meeting')[:40].strip('-')}-{_mark(name + slug)}"


def _mark(text: str) -> str:
    return blake2s(text.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _day_letters(days: tuple[int, ...]) -> str:
    if len(days) == WEEK:
        return "daily"
    return "-".join(NAMES[day][:3].lower() for day in days) or "any-day"
