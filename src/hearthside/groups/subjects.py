"""What a concern can be about in groups: a group, or a person one knows from one. Told to the floor below."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from hearthside.accounts.models import Person
from hearthside.groups import access
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Membership, Role
from hearthside.safety.enums import SubjectKind
from hearthside.safety.ports import Subject


class GroupSubjects:
    """Fills `safety.ports.Subjects` for groups: whoever may open the group's page may worry about it."""

    def named(self, key: UUID, *, reader: Person | None, now: datetime) -> Subject | None:
        group = Group.objects.filter(pk=key).first()
        if group is None:
            return None
        try:
            access.group_for(reader or AnonymousUser(), group.slug)
        except Http404:
            return None
        return Subject(
            SubjectKind.GROUP,
            group.pk,
            group.name,
            address=group.get_absolute_url(),
            people=leading(group.pk, now=now),
            group=group.pk,
        )


class PersonSubjects:
    """Fills `safety.ports.Subjects` for people: those one meets in a group, or looks after."""

    def named(self, key: UUID, *, reader: Person | None, now: datetime) -> Subject | None:
        if reader is None or reader.pk == key:
            return None
        person = Person.objects.filter(pk=key, is_active=True).first()
        # Threat: somebody tries one key after the other, to learn who has an account and what they are called.
        shared = _groups_of(reader.pk, now=now) & _groups_of(key, now=now)
        known = bool(shared) or _looks_after(reader, key, now=now)
        # Everybody who signs in reads who leads on safety. Threat: they are the one it is about, whoever
        # tells it shares no group with them, and so the only way to tell it ends on their own desk.
        if person is None or not (known or _leads_safety(key, now=now)):
            return None
        near = (shared or _groups_of(key, now=now)) if known else ()
        group = next(iter(sorted(near)), None)
        return Subject(
            SubjectKind.PERSON,
            person.pk,
            person.pseudonym,
            people=frozenset({person.pk}),
            group=group,
        )


def leading(group: UUID, *, now: datetime) -> frozenset[UUID]:
    """The keys of those who lead a group or greet there: they are part of how it is."""
    held = Role.objects.in_force(now=now).filter(group=group)
    return frozenset(held.values_list("person", flat=True))


def _groups_of(person: UUID, *, now: datetime) -> set[UUID]:
    """The groups that somebody belongs to, leads or greets in."""
    belongs = Membership.objects.belonging(now=now).filter(person=person)
    held = Role.objects.in_force(now=now).filter(person=person, group__isnull=False)
    return {*belongs.values_list("group", flat=True), *held.values_list("group", flat=True)}


def _leads_safety(person: UUID, *, now: datetime) -> bool:
    held = Role.objects.in_force(now=now).filter(kind=RoleKind.SAFETY_LEAD)
    return held.filter(person=person).exists()


def _looks_after(reader: Person, key: UUID, *, now: datetime) -> bool:
    """Coordinators and safety leads know those of their groups."""
    own = access.rights(reader)
    if own.is_safety_lead or own.runs_programme:
        return True
    sites = Group.objects.filter(pk__in=_groups_of(key, now=now)).values_list("site", flat=True)
    return any(own.runs(site) for site in sites)
