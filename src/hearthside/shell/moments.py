"""How a moment is said: in the viewer's time, with the group's beside it where they differ."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as spelled
from django.utils.translation import pgettext

# Place names that the last part of an IANA zone does not give.
_UTC: Final = frozenset({"UTC", "Etc/UTC", "GMT"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A moment in words; `there` and `place` are empty where both clocks agree."""

    at: datetime
    day: str
    time: str
    place: str
    there: str

    @property
    def iso(self) -> str:
        return self.at.isoformat(timespec="minutes")


def spoken(at: datetime, *, zone: str, viewer: tzinfo | None, now: datetime) -> Spoken:
    """Say `at` (aware) for a viewer whose zone is known, or on the group's own clock.

    `place` names whose clock it is: empty where viewer and group agree at that moment.
    """
    group = at.astimezone(ZoneInfo(zone))
    mine = at.astimezone(viewer) if viewer else group
    if viewer and mine.utcoffset() == group.utcoffset():
        return Spoken(mine, _day(mine, now), clock(mine), "", "")
    there = "" if not viewer else clock(group)
    if there and mine.date() != group.date():
        there = f"{spelled(group, 'D')} {there}"
    return Spoken(mine, _day(mine, now), clock(mine), place_of(zone), there)


def clock(local: datetime) -> str:
    """The time of day as the reader's language writes it."""
    # Translators: Django date format of a time of day, as in "7:30 p.m."
    return spelled(local, pgettext("time format", "P")).replace(" ", "\N{NO-BREAK SPACE}")


def place_of(zone: str) -> str:
    """ "London" for Europe/London; the zone itself where it names no town."""
    return zone if zone in _UTC else zone.rpartition("/")[2].replace("_", " ")


def _day(local: datetime, now: datetime) -> str:
    if local.year == now.astimezone(local.tzinfo).year:
        # Translators: Django date format of a day this year, as in "Tuesday 24 November"
        return spelled(local, pgettext("day format", "l j F"))
    # Translators: Django date format of a day in another year
    return spelled(local, pgettext("day format", "l j F Y"))
