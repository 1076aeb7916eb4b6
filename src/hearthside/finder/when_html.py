"""When a meeting is, as the `period` component says it, made from pieces that are kept.

A page of results says up to twenty-six such times, nearly all of them different, of days and hours that
are nearly all the same. A test holds this beside the component.
"""

from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as spelled
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

_UTC: Final = frozenset({"UTC", "Etc/UTC", "GMT"})
_PERIOD: Final = (
    '<local-time class="moment{}"{}><time datetime="{}">{}, {}</time>&#8288;–&#8288;'  # noqa: RUF001 - from one time to another
    '<time datetime="{}">{}</time>{}</local-time>'
)


def when_html(
    at: datetime, until: datetime, *, zone: str, viewer: tzinfo | None, now: datetime
) -> SafeString:
    """The day and two times on the viewer's clock, or on the group's with its name; the other beside it."""
    this_year = now.astimezone(viewer or ZoneInfo(zone)).year
    return _when(at, until, zone, viewer, this_year, get_language())


@lru_cache(maxsize=8192)
def _when(  # noqa: PLR0917 - all of them make the key
    at: datetime,
    until: datetime,
    zone: str,
    viewer: tzinfo | None,
    this_year: int,
    language: str | None,
    /,
) -> SafeString:
    group = ZoneInfo(zone)
    shown = viewer or group
    mine, ends = at.astimezone(shown), until.astimezone(shown)
    yours = "" if viewer else format_html(' yours="{}"', _("your time"))
    return format_html(
        _PERIOD,
        " known" if viewer else "",
        yours,
        mine.isoformat(timespec="minutes"),
        _day(mine.date(), mine.year == this_year, language),
        _clock(mine.hour, mine.minute, language),
        ends.isoformat(timespec="minutes"),
        _clock(ends.hour, ends.minute, language),
        _beside(at, until, group, viewer, _place(zone)),
    )


def _beside(
    at: datetime, until: datetime, group: ZoneInfo, viewer: tzinfo | None, place: str
) -> SafeString:
    """Whose clock it is, or the time on the group's, where they differ."""
    if viewer is None:
        words = _("%(place)s time") % {"place": place}
        return format_html(' <span class="moment-there">{}</span>', words)
    if at.astimezone(viewer).utcoffset() == at.astimezone(group).utcoffset():
        return SafeString("")
    words = _("%(from)s–%(until)s in %(place)s") % {  # noqa: RUF001
        "from": _there(at, group, viewer),
        "until": _there(until, group, viewer),
        "place": place,
    }
    return format_html(' <span class="moment-there">{}</span>', words)


def _there(at: datetime, group: ZoneInfo, viewer: tzinfo) -> str:
    there, mine = at.astimezone(group), at.astimezone(viewer)
    if there.utcoffset() == mine.utcoffset():
        return ""
    words = _clock(there.hour, there.minute, get_language())
    return words if there.date() == mine.date() else f"{spelled(there, 'D')} {words}"


def _place(zone: str) -> str:
    return zone if zone in _UTC else zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=4096)
def _day(day: date, is_this_year: bool, _language: str | None, /) -> str:  # noqa: FBT001 - part of a key
    # Translators: Django date format of a day
    if is_this_year:
        return spelled(day, pgettext("day format", "l j F"))
    return spelled(day, pgettext("day format", "l j F Y"))


@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, _language: str | None) -> str:
    # Translators: Django date format of a time of day, as in "7:30 p.m."
    words = spelled(time(hour, minute), pgettext("time format", "P"))
    return words.replace(" ", "\N{NO-BREAK SPACE}")
