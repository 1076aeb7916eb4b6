"""The off-hours shield: when letters reach somebody who leads, and what members read about it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.groups.enums import Contact
from hearthside.groups.models import Shield
from hearthside.groups.models.shield import HOURS_IN_A_DAY

WEEK: Final = 7
WEEKDAYS_ONLY: Final = (0, 1, 2, 3, 4)
# What helps a meeting of tomorrow is never held back.
URGENT_WITHIN: Final = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """When somebody reads, on their own clock: weekdays by number, and from which hour until which."""

    days: Collection[int]
    from_hour: int
    until_hour: int

    def next_at(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Now, if it is within the hours; else the moment at which they next begin. Without days: now."""
        local = now.astimezone(zone)
        for ahead in range(WEEK + 1):
            day = local.date() + timedelta(days=ahead)
            if day.weekday() not in self.days:
                continue
            begins = datetime(day.year, day.month, day.day, self.from_hour, tzinfo=zone)
            last = self.until_hour % HOURS_IN_A_DAY
            until = day + timedelta(days=self.until_hour // HOURS_IN_A_DAY)
            ends = datetime(until.year, until.month, until.day, last, tzinfo=zone)
            # Compared as moments, so that a night on which the clocks change counts as it is.
            if now.timestamp() < begins.timestamp():
                return begins
            if now.timestamp() < ends.timestamp():
                return now
        return now


def shield_of(person: Person) -> Shield | None:
    """What the person chose; none until they choose."""
    return Shield.objects.filter(person=person).first()


def letters_from(person: Person, *, now: datetime, before: datetime | None = None) -> datetime:
    """When a letter that can wait reaches somebody who leads: within their hours.

    It is there at least a day `before` what it is about, and at once if that is nearer.
    """
    shield = shield_of(person)
    if shield is None or not shield.days:
        return now
    zone = ZoneInfo(person.time_zone or settings.TIME_ZONE)
    wished = Hours(shield.days, shield.from_hour, shield.until_hour).next_at(now, zone)
    if before is None:
        return wished
    return min(wished, max(now, before - URGENT_WITHIN))


def contact_words(person: Person) -> str:
    """What members read: whether, and when, they may write to somebody between meetings."""
    shield = getattr(person, "shield", None)
    if shield is None or shield.contact == Contact.NONE:
        return _("%(person)s: not between meetings") % {"person": person}
    if shield.contact == Contact.ANY or not shield.days:
        return _("%(person)s reads messages between meetings") % {"person": person}
    hours = {"person": person, "days": days_words(shield.days),
             "from": shield.from_hour, "until": shield.until_hour}  # fmt: skip
    return _("%(person)s reads messages %(days)s, from %(from)d to %(until)d") % hours


def days_words(days: Collection[int]) -> str:
    """The days in words: weekdays, every day, or each by name."""
    chosen = sorted({day for day in days if day in WEEKDAYS})
    if tuple(chosen) == WEEKDAYS_ONLY:
        return _("on weekdays")
    if len(chosen) == WEEK:
        return _("every day")
    return ", ".join(str(WEEKDAYS[day]) for day in chosen)
