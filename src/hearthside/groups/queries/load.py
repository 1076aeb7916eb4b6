"""How much somebody leads, and how much they want to: their own limit, never more than the programme's."""

from dataclasses import dataclass
from datetime import datetime

from hearthside.accounts.models import Person
from hearthside.groups import ports
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import LoadLimit, LoadOverride, Programme, Role


@dataclass(frozen=True)
class Limits:
    """At most so many groups, and so many meetings in a week."""

    groups: int = 3
    meetings: int = 3

    def within(self, other: "Limits") -> "Limits":
        return Limits(min(self.groups, other.groups), min(self.meetings, other.meetings))


@dataclass(frozen=True)
class Load:
    """What somebody leads now, beside what they want at most."""

    groups: int
    meetings: int
    limits: Limits

    @property
    def has_too_many(self) -> bool:
        return self.groups > self.limits.groups or self.meetings > self.limits.meetings

    @property
    def is_full(self) -> bool:
        """True if one group more would be too many."""
        return self.groups >= self.limits.groups or self.meetings >= self.limits.meetings


def programme_limits() -> Limits:
    found = Programme.objects.values_list("load_groups", "load_meetings").first()
    return Limits(*found) if found else Limits()


def limits_of(person: Person) -> Limits:
    """The person's own limits; those of the programme where they set none, or higher ones."""
    own = LoadLimit.objects.filter(person=person).values_list("groups", "meetings").first()
    most = programme_limits()
    return Limits(*own).within(most) if own else most


def load_of(person: Person, *, now: datetime) -> Load:
    """Groups that are open or being set up, and the fullest of the coming weeks."""
    held = Role.objects.of(person).in_force(now=now).filter(kind=RoleKind.FACILITATOR)
    groups = held.exclude(group__stage__in=[Stage.ENDED, Stage.PAUSED])
    return Load(
        groups=groups.count(),
        meetings=ports.meetings_in_week(person, now=now),
        limits=limits_of(person),
    )


def overrides_of(person: Person) -> list[LoadOverride]:
    """When a coordinator gave the person more than their limit, newest first."""
    return list(LoadOverride.objects.filter(person=person).select_related("by", "group"))
