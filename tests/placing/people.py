"""Shorthands of the tests of placing: somebody who waits, and a place that they were offered."""

from datetime import datetime, timedelta
from typing import Any

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.queries import agrees
from hearthside.finder.models import Wish
from hearthside.finder.search import Search
from hearthside.groups.models import Experience, Group, Membership, Site
from hearthside.placing.actions import invitations
from hearthside.placing.models import Invitation, Request
from hearthside.safety.models import KeepApart
from tests import world
from tests.meetings.people import reachable
from tests.world import NOW


def agreeing(who: Person | None = None) -> Person:
    """Somebody whom we may write to, and who agreed that we keep what they look for."""
    who = reachable(who)
    return who if agrees(who, Purpose.HEALTH, now=NOW) else world.agree(who)


def wish(who: Person, *about: str, search: Search | None = None, **fields: Any) -> Wish:
    """What the person looks for; the first experience is the main one."""
    sought = search or Search(about=about)
    defaults: dict[str, Any] = {
        "search": sought.packed(),
        "main": Experience.objects.filter(slug__in=sought.about[:1]).first(),
        "zone": "Europe/London",
        "kept_at": NOW,
        "changed_at": NOW,
    }
    made, _ = Wish.objects.update_or_create(person=who, defaults={**defaults, **fields})
    return made


def waiting(
    site: Site, who: Person | None = None, *about: str, since: datetime | None = None, **fields: Any
) -> Request:
    """Somebody who waits at the site, since a moment ago unless told otherwise."""
    who = agreeing(who)
    kept = Wish.objects.filter(person=who).first()
    if kept is None or about:
        kept = wish(who, *about)
    from_at = since or NOW - timedelta(minutes=1)
    return Request.objects.create(person=who, wish=kept, site=site, from_at=from_at, **fields)


def offered(group: Group, request: Request | None = None, *, now: datetime = NOW) -> Invitation:
    """A place in the group, kept for somebody who waits at its site."""
    request = request or waiting(group.site)
    return invitations.invite(request=request, group=group, proposal=None, by=None, now=now)


def say_yes(invitation: Invitation, *, now: datetime = NOW, **said: Any) -> invitations.Taken:
    """A yes, to the ground rules in force too."""
    rules = invitation.group.ground_rules.first()
    told: dict[str, Any] = {"ground_rules": rules, "says_it_fits": True, **said}
    return invitations.accept(invitation=invitation, now=now, **told)


def apart(one: Person, other: Person) -> KeepApart:
    """Two people who must not meet."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    return KeepApart.objects.create(
        one=first, other=second, from_at=NOW - timedelta(days=30), because="safety"
    )


def a_group(**fields: Any) -> Group:
    return world.group(size_max=fields.pop("size_max", 4), **fields)


def full_but_one() -> Group:
    group = a_group(size_max=3)
    world.member(group)
    world.member(group)
    return group


def belongs(person: Person, group: Group) -> bool:
    return (
        Membership.objects.belonging(now=NOW + timedelta(hours=1))
        .of(person)
        .filter(group=group)
        .exists()
    )
