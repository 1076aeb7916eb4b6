"""What groups asks of the floors above: panels for its pages, visits counted, seats given back, roles followed,
words of experience that become one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.http import HttpRequest
from django.utils.safestring import SafeString

from hearthside.accounts.models import Person
from hearthside.groups.models import Experience, Group, Role, Site

Panel = Callable[[HttpRequest, Group], SafeString]
SitePanel = Callable[[HttpRequest, Site], SafeString]
VisitCounter = Callable[[Person, Group], int]


class Leaver(Protocol):
    """Gives back what a person held in a group that they leave, such as seats."""

    def __call__(self, *, person: Person, group: Group, now: datetime) -> None: ...


class Ender(Protocol):
    """Winds up what a group that ends still planned, such as its meetings."""

    def __call__(self, *, group: Group, by: Person, now: datetime) -> None: ...


class Merger(Protocol):
    """Carries over what pointed to an experience that is about to become part of another."""

    def __call__(self, *, experience: Experience, into: Experience) -> None: ...


class RoleFollower(Protocol):
    """Acts when somebody's role over a group has begun or ended, such as by opening or closing a door."""

    def __call__(self, *, role: Role, now: datetime) -> None: ...


@dataclass(frozen=True)
class Sign:
    """A sign that somebody who leads carries much: what was seen, and what they can do. Shown to them alone."""

    key: str
    words: str
    can_do: str


class SignReader(Protocol):
    """Reads signs of strain from what a floor above knows of a person's own answers and load."""

    def __call__(self, person: Person, *, now: datetime) -> Sequence[Sign]: ...


class WeekCounter(Protocol):
    """Counts the meetings that a person leads in the fullest of the coming weeks."""

    def __call__(self, person: Person, *, now: datetime) -> int: ...


_panels: dict[str, Panel] = {}
_sign_readers: dict[str, SignReader] = {}
_week_counters: dict[str, WeekCounter] = {}
_site_panels: dict[str, SitePanel] = {}
_visit_counters: dict[str, VisitCounter] = {}
_leavers: dict[str, Leaver] = {}
_enders: dict[str, Ender] = {}
_role_followers: dict[str, RoleFollower] = {}
_mergers: dict[str, Merger] = {}


def register_panel(name: str, panel: Panel) -> None:
    """Show a panel on every group's page."""
    _panels[name] = panel


def register_site_panel(name: str, panel: SitePanel) -> None:
    """Show a panel on the page where coordinators see a site."""
    _site_panels[name] = panel


def register_visits(name: str, counter: VisitCounter) -> None:
    """Count the meetings of a group that a person has been to."""
    _visit_counters[name] = counter


def register_leaver(name: str, leaver: Leaver) -> None:
    _leavers[name] = leaver


def register_ender(name: str, ender: Ender) -> None:
    _enders[name] = ender


def register_merger(name: str, merger: Merger) -> None:
    _mergers[name] = merger


def register_role_follower(name: str, follower: RoleFollower) -> None:
    _role_followers[name] = follower


def register_signs(name: str, reader: SignReader) -> None:
    _sign_readers[name] = reader


def register_weekly(name: str, counter: WeekCounter) -> None:
    _week_counters[name] = counter


def signs_of(person: Person, *, now: datetime) -> list[Sign]:
    """What the floors above see of strain, for the person's own page only."""
    return [sign for reader in _sign_readers.values() for sign in reader(person, now=now)]


def meetings_in_week(person: Person, *, now: datetime) -> int:
    """How many meetings the person leads in the fullest of the coming weeks; 0 if no floor above counts."""
    return sum(counter(person, now=now) for counter in _week_counters.values())


def panels(request: HttpRequest, group: Group) -> list[SafeString]:
    """The panels of the floors above, the nearest floor first: apps are made ready from the top down."""
    return [panel(request, group) for panel in reversed(_panels.values())]


def site_panels(request: HttpRequest, site: Site) -> list[SafeString]:
    """The panels of the floors above, the nearest floor first."""
    return [panel(request, site) for panel in reversed(_site_panels.values())]


def visits_of(person: Person, group: Group) -> int:
    """How many meetings of the group the person has been to; 0 if no floor above counts."""
    return sum(counter(person, group) for counter in _visit_counters.values())


def release(*, person: Person, group: Group, now: datetime) -> None:
    """Everything that the floors above hold for the person in the group is given back."""
    for leaver in _leavers.values():
        leaver(person=person, group=group, now=now)


def wind_up(*, group: Group, by: Person, now: datetime) -> None:
    """Everything that the floors above planned for the group is called off."""
    for ender in _enders.values():
        ender(group=group, by=by, now=now)


def role_changed(*, role: Role, now: datetime) -> None:
    """Somebody's role has begun or, if it says when, ended: the floors above follow, in the same transaction."""
    for follower in _role_followers.values():
        follower(role=role, now=now)


def merge(*, experience: Experience, into: Experience) -> None:
    """Everything on the floors above that names `experience` names `into`, in the same transaction."""
    for merger in _mergers.values():
        merger(experience=experience, into=into)
