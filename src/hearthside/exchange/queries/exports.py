"""Our groups for others to read: Meeting Guide rows that say what the public pages say, and no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from hearthside.exchange.queries.listings import WEEKDAYS
from hearthside.groups.enums import Access, Comfort, Format, GenderRule
from hearthside.groups.models import Group
from hearthside.meetings.models import Series
from hearthside.meetings.queries.joining import joining
from peerkit.formats.meeting_guide.kinds import LANGUAGES

WEEK: Final = 7
GENDER_TYPES: Final = {GenderRule.WOMEN: "W", GenderRule.MEN: "M", GenderRule.LGBTQ: "LGBTQ"}
ACCESS_TYPES: Final = {Access.STEP_FREE: "X", Access.SIGN_LANGUAGE: "ASL"}
COMFORT_TYPES: Final = {Comfort.SECULAR: "A", Comfort.CHILDREN_WELCOME: "CF"}
ATTENDANCE: Final = {Format.IN_PERSON: "in_person", Format.HYBRID: "hybrid"}
LANGUAGE_TYPES: Final = {language: code for code, language in reversed(list(LANGUAGES.items()))}


@dataclass(frozen=True, slots=True)
class Export:
    """The rows, and what that format could not say: the group's name and why."""

    rows: list[dict[str, Any]]
    left_out: list[tuple[str, str]]


def public_groups() -> Export:
    """Every open group that meets weekly, one row for each of its timetables."""
    rows: list[dict[str, Any]] = []
    left_out: list[tuple[str, str]] = []
    for group in Group.objects.findable().order_by("slug").prefetch_related("series"):
        running = [series for series in group.series.all() if series.ended_at is None]
        if not running:
            left_out.append((group.name, _("it has no timetable")))
        for number, series in enumerate(running, start=1):
            days = _weekly_days(series)
            if days:
                slug = group.slug if number == 1 else f"{group.slug[:60]}-{number}"
                rows.append(_row(group, series, slug=slug, days=days))
            else:
                left_out.append((group.name, _("it does not meet every week")))
    return Export(rows, left_out)


def _weekly_days(series: Series) -> list[int]:
    """The days as Meeting Guide counts them (Sunday is 0); empty for any other rhythm."""
    parts = dict(part.split("=") for part in series.rule.split(";") if part)
    if parts.get("FREQ") != "WEEKLY" or set(parts) - {"FREQ", "BYDAY", "INTERVAL", "WKST"}:
        return []
    if parts.get("INTERVAL", "1") != "1":
        return []
    starts = WEEKDAYS[datetime.fromisoformat(series.starts_local).weekday()]
    return [(WEEKDAYS.index(day) + 1) % WEEK for day in parts.get("BYDAY", starts).split(",")]


def _row(group: Group, series: Series, *, slug: str, days: list[int]) -> dict[str, Any]:
    starts = datetime.fromisoformat(series.starts_local)
    row = {
        "name": group.name,
        "slug": slug,
        "day": days[0] if len(days) == 1 else sorted(days),
        "time": f"{starts:%H:%M}",
        "end_time": f"{starts + timedelta(minutes=series.minutes):%H:%M}",
        "timezone": series.zone,
        "types": list(_types(group)),
        "notes": "\n\n".join(filter(None, (group.summary, group.what_happens))),
        "url": f"{settings.SITE_URL}{group.get_absolute_url()}",
        "updated": f"{group.changed_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        **_where(group),
    }
    # Readers of these lists trip over empty values, so what is not known is not said.
    return {key: value for key, value in row.items() if value not in ("", None, [])}


def _where(group: Group) -> dict[str, Any]:
    """The public page's address, or only the area; online, the page itself, which tells how to join."""
    known = joining(group, belongs=False, has_seat=False)
    is_exact = bool(known.address) and group.latitude is not None
    where: dict[str, Any] = {
        "location": known.venue,
        "formatted_address": known.address or group.locality,
        "approximate": "no" if known.address else "yes",
        "attendance_option": ATTENDANCE.get(Format(group.format), "online"),
    }
    if is_exact:
        where |= {"latitude": group.latitude, "longitude": group.longitude}
    if group.format != Format.IN_PERSON:
        where["conference_url"] = f"{settings.SITE_URL}{group.get_absolute_url()}"
        where["conference_url_notes"] = _("This page tells how to join.")
    return where


def _types(group: Group) -> Iterator[str]:
    yield from (LANGUAGE_TYPES[each] for each in group.languages if each in LANGUAGE_TYPES)
    yield from (ACCESS_TYPES[Access(each)] for each in group.access if each in ACCESS_TYPES)
    yield from (COMFORT_TYPES[Comfort(each)] for each in group.comfort if each in COMFORT_TYPES)
    if group.gender in GENDER_TYPES:
        yield GENDER_TYPES[GenderRule(group.gender)]
