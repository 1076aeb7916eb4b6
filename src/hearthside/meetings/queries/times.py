"""Moments in words, for letters and lists; pages use the `moment` component."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as spelled
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from peerkit.calendar import UnknownZone, zone_named


def moment_words(at: datetime, *, zone: str, of_group: str) -> str:
    """The day and time in `zone`, with the group's own time beside it where clocks differ."""
    own, groups = _zone(zone, or_else=of_group), _zone(of_group, or_else="UTC")
    words = _("%(moment)s (%(place)s time)") % {
        "moment": _spoken(at.astimezone(own)),
        "place": zone_words(own.key),
    }
    if at.astimezone(own).utcoffset() == at.astimezone(groups).utcoffset():
        return words
    return _("%(own)s; for the group it is %(groups)s (%(place)s time)") % {
        "own": words,
        "groups": _spoken(at.astimezone(groups)),
        "place": zone_words(groups.key),
    }


def time_words(at: datetime, *, zone: str) -> str:
    """The time of day alone, in `zone`."""
    return clock_words(at.astimezone(_zone(zone, or_else="UTC")))


def day_words(local: datetime) -> str:
    # Translators: Django date format of a day this year, as in "Tuesday 24 November"
    return spelled(local, pgettext("day format", "l j F"))


def date_words(local: date) -> str:
    # Translators: Django date format of a day in another year
    return spelled(local, pgettext("day format", "l j F Y"))


def clock_words(local: datetime) -> str:
    # Translators: Django date format of a time of day, as in "7:30 p.m."
    return spelled(local, pgettext("time format", "P"))


def zone_words(zone: str) -> str:
    """How people call a zone: "America/New_York" is "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")


def _spoken(local: datetime) -> str:
    return _("%(day)s, %(time)s") % {"day": day_words(local), "time": clock_words(local)}


def _zone(name: str, *, or_else: str) -> ZoneInfo:
    try:
        return zone_named(name or or_else)
    except UnknownZone:
        return zone_named(or_else)
