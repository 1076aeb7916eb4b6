"""The time zones this machine knows, read once: asking the system walks a folder of six hundred files."""

from collections.abc import Sequence
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

AREAS = frozenset(
    (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
)


@cache
def known() -> frozenset[str]:
    """Every IANA name."""
    return frozenset(available_timezones())


def zone_called(name: str) -> ZoneInfo | None:
    """The zone of that name, if there is one."""
    return ZoneInfo(name) if name in known() else None


@cache
def choices() -> Sequence[tuple[str, str]]:
    """UTC, then the zones that are named after a place, as a form offers them."""
    named = sorted(zone for zone in known() if zone.split("/")[0] in AREAS)
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in named)]
