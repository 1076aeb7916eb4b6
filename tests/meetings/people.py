"""Shorthands of the tests of meetings: people who may take a seat, and the letters they got."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Acceptance, Group
from hearthside.meetings.models import Duty, Haven, Meeting, Welcome
from hearthside.notices.models import Letter
from tests import world


def reachable(who: Person | None = None) -> Person:
    """Someone with a confirmed address who wants letters."""
    who = who or world.person()
    address = f"{who.pseudonym}@example.org"
    _, is_new = EmailAddress.objects.get_or_create(
        user=who, email=address, defaults={"verified": True, "primary": True}
    )
    return world.agree(who, Purpose.REMINDERS) if is_new else who


def ready(group: Group, who: Person | None = None) -> Person:
    """A member who has accepted the ground rules in force, and can be written to."""
    who = world.member(group, reachable(who))
    rules = group.ground_rules.first()
    if rules is not None:
        Acceptance.objects.create(person=who, ground_rules=rules, accepted_at=world.NOW)
    return who


def leader(
    group: Group, kind: RoleKind = RoleKind.FACILITATOR, who: Person | None = None
) -> Person:
    """Someone who leads the group (or greets), and can be written to."""
    return world.role(kind, reachable(who), group=group)


def letters_to(person: Person) -> list[str]:
    """The kinds of letters written to the person, in order of kind."""
    return sorted(Letter.objects.filter(person=person).values_list("kind", flat=True))


def duty_at(meeting: Meeting, person: Person, *, now: datetime) -> Duty:
    """The person was asked to lead the meeting, and has not answered."""
    return Duty.objects.create(
        meeting=meeting, person=person, kind="lead", way="team", asked_at=now
    )


def haven_of(meeting: Meeting, *, now: datetime) -> Haven:
    """A meeting of another group to which the people of this one may come as guests."""
    host = world.meeting(world.group(format="online"), starts_at=now + timedelta(hours=2))
    Welcome.objects.create(group=host.group, since=now)
    return Haven.objects.create(meeting=meeting, host=host, at=now)
