"""The coordinator's side of training: whose way they may see, sign or watch, and everybody at a glance."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import ModuleWork, Observation, Role, SignOff, Vetting
from hearthside.groups.queries.rights import Rights, rights_of
from hearthside.groups.queries.training import may_lead
from hearthside.groups.queries.training_texts import MODULES, module

# Sooner than this, a renewal is worth a coordinator's look.
SOON: Final = timedelta(days=60)


@dataclass(frozen=True)
class Learner:
    """One facilitator in the coordinator's list."""

    person: Person
    groups: Sequence[str]
    modules_done: int
    modules_all: int
    is_observed: bool
    vetting: Vetting | None
    sign_off: SignOff | None
    may_lead: bool
    is_soon: bool

    @property
    def is_signed(self) -> bool:
        return self.sign_off is not None


def facilitators_of(rights: Rights, *, now: datetime) -> QuerySet[Role]:
    """The facilitators' roles in force, of groups that have not ended, at the sites that the rights reach."""
    roles = (
        Role.objects.in_force(now=now)
        .filter(kind=RoleKind.FACILITATOR, person__is_active=True)
        .exclude(group__stage=Stage.ENDED)
    )
    return roles if rights.runs_programme else roles.filter(group__site__in=rights.coordinates)


def may_sign(by: Person, person: Person, *, now: datetime) -> bool:
    """True if `by` coordinates a site at which the person is named facilitator; never for oneself."""
    return by != person and _coordinates(by, person, now=now)


def may_sign_alone(person: Person, *, now: datetime) -> bool:
    """True for somebody who coordinates where they facilitate, while nobody else could sign for them."""
    if not _coordinates(person, person, now=now):
        return False
    sites = set(_sites_of(person, now=now))
    others = (
        Role.objects.in_force(now=now)
        .filter(Q(kind=RoleKind.COORDINATOR) | Q(kind=RoleKind.OPERATOR), person__is_active=True)
        .filter(Q(site=None) | Q(site__in=sites))
        .exclude(person=person)
    )
    return not others.exists()


def may_watch(by: Person, person: Person, *, now: datetime) -> bool:
    """True for coordinators, and for a signed facilitator of a group that the person is named in."""
    if by == person:
        return False
    if _coordinates(by, person, now=now):
        return True
    signed = SignOff.objects.in_force(now=now).of(by)
    return signed.exists() and bool(shared_groups(by, person, now=now))


def shared_groups(by: Person, person: Person, *, now: datetime) -> list[Role]:
    """The person's roles as facilitator in groups that `by` facilitates too."""
    own = Role.objects.of(by).in_force(now=now).filter(kind=RoleKind.FACILITATOR)
    theirs = Role.objects.of(person).in_force(now=now).filter(kind=RoleKind.FACILITATOR)
    return list(theirs.filter(group__in=own.values("group")).select_related("group"))


def groups_of(person: Person, *, now: datetime) -> list[Role]:
    """The person's roles as facilitator, each with its group."""
    held = Role.objects.of(person).in_force(now=now).filter(kind=RoleKind.FACILITATOR)
    return list(held.select_related("group__site").order_by("group__name"))


def learners(rights: Rights, *, now: datetime) -> list[Learner]:
    """Every facilitator that the rights reach, those who need something first, in six queries."""
    groups: dict[Person, list[str]] = defaultdict(list)
    found = facilitators_of(rights, now=now).select_related("person", "group")
    for role in found.order_by("person__pseudonym_key", "group__name"):
        if role.group is not None:
            groups[role.person].append(role.group.name)
    keys = [person.pk for person in groups]
    done, leading = _modules_done(keys), may_lead(keys, now=now)
    observed = {
        each.person_id for each in Observation.objects.filter(person__in=keys) if each.is_met()
    }
    written = Vetting.objects.filter(person__in=keys).order_by("written_at")
    vettings = {each.person_id: each for each in written}
    signed = {
        each.person_id: each
        for each in SignOff.objects.in_force(now=now).filter(person__in=keys).select_related("by")
    }
    rows = [
        Learner(
            person=person, groups=names, modules_done=done[person.pk], modules_all=len(MODULES),
            is_observed=person.pk in observed, vetting=vettings.get(person.pk),
            sign_off=signed.get(person.pk), may_lead=person.pk in leading,
            is_soon=_is_soon(signed.get(person.pk), now=now),
        )
        for person, names in groups.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.is_signed, not row.is_soon))


def unready_of(keys: Sequence[UUID], *, now: datetime) -> list[Person]:
    """Those among the people who could not lead if the gate were on now."""
    signed = SignOff.objects.in_force(now=now).filter(person__in=keys).values("person")
    return list(Person.objects.filter(pk__in=keys).exclude(pk__in=signed).order_by("pseudonym_key"))


def _coordinates(by: Person, person: Person, *, now: datetime) -> bool:
    rights = rights_of(by, now=now)
    return any(rights.runs(site) for site in _sites_of(person, now=now))


def _sites_of(person: Person, *, now: datetime) -> list[UUID]:
    held = Role.objects.of(person).in_force(now=now).filter(kind=RoleKind.FACILITATOR)
    return list(held.values_list("group__site", flat=True))


def _modules_done(keys: Sequence[UUID]) -> dict[UUID, int]:
    counting = {slug: module(slug, "en").counts_from for slug in MODULES}
    passed = ModuleWork.objects.filter(person__in=keys, passed_at__isnull=False)
    done: dict[UUID, set[str]] = defaultdict(set)
    for person, slug, version in passed.values_list("person", "module", "version"):
        if version >= counting.get(slug, version + 1):
            done[person].add(slug)
    return defaultdict(int, {person: len(slugs) for person, slugs in done.items()})


def _is_soon(sign_off: SignOff | None, *, now: datetime) -> bool:
    return bool(sign_off and sign_off.until_at and sign_off.until_at - now <= SOON)
