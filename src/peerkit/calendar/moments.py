"""From a wall clock to an instant, and the checks on both."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from peerkit.calendar.errors import BadTime, UnknownZone

FIRST_YEAR, LAST_YEAR = 1900, 2200


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone called `name`; raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZone(
            f"“{name}” is not a time zone we know. Choose one such as Europe/London."
        ) from error


def utc_of(local: datetime, zone: str) -> datetime:
    """The instant (aware, UTC) at which clocks in `zone` show `local` (naive).

    A time that the clocks skip is read with the offset in force before the gap; a time that they
    show twice means its first showing (RFC 5545, section 3.3.5).
    """
    return instant(checked_local(local), zone_named(zone))


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """`utc_of` for values already checked: PEP 495's fold=0 is RFC 5545's reading of both cases."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def checked_local(local: datetime) -> datetime:
    """The same naive time, to a whole minute and in a year we plan for; raises BadTime."""
    if local.tzinfo is not None:
        raise BadTime("Give the meeting's time as the group's own clock shows it, without a zone.")
    if local.second or local.microsecond:
        raise BadTime("Meetings start on a whole minute.")
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise BadTime(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}.")
    return local


def checked_instant(moment: datetime) -> datetime:
    """The same moment; raises BadTime when it names no zone and so is no moment."""
    if moment.utcoffset() is None:
        raise BadTime("A moment needs its time zone.")
    return moment
