"""Visit a group, be let in, stay, leave, move to another: each in one step, never asked why."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.queries import agrees
from hearthside.groups import ports
from hearthside.groups.actions import letters
from hearthside.groups.actions.ground_rules import RulesHaveChanged, accept
from hearthside.groups.enums import Openness, Standing
from hearthside.groups.models import GroundRules, Group, Membership
from hearthside.groups.queries.apart import is_barred
from hearthside.groups.queries.belonging import (
    hard_rules,
    membership_of,
    memberships_of,
    rules_in_force,
)
from hearthside.groups.queries.under_eighteen import is_open_to_its_ages
from hearthside.safety.models import KeepApart
from hearthside.safety.queries.measures import closing_on


class NotOpen(Exception):
    """The group takes nobody new just now."""


class OnABreak(Exception):
    """The person is on a break from this group, or from all of them."""


class DoesNotFit(Exception):
    """The group is for certain people, and the person has not said that they are one of them."""


class NeedsConsent(Exception):
    """The person has not agreed that we keep which groups they join."""


class NobodyAsks(Exception):
    """That request to join has been answered or taken back."""


@transaction.atomic
def visit(
    *,
    group: Group,
    person: Person,
    ground_rules: GroundRules | None,
    says_it_fits: bool,
    now: datetime,
    is_listening_only: bool = True,
) -> Membership:
    """The person may come to the group's meetings; at a closed group, they ask to.

    `ground_rules` is the version they said yes to, `says_it_fits` their word on age and gender,
    which is not kept. Somebody who was a member before is one again. Twice changes nothing.
    Raises NotOpen, NeedsConsent, DoesNotFit, or RulesHaveChanged.
    """
    already = membership_of(person, group, now=now)
    if already is not None:
        return already
    membership, is_new = _begin(
        group, person, _first_standing(group, person), ground_rules=ground_rules,
        says_it_fits=says_it_fits, is_listening_only=is_listening_only, now=now,
    )  # fmt: skip
    if is_new and membership.standing == Standing.ASKED:
        letters.tell_leaders(membership=membership, now=now)
    return membership


@transaction.atomic
def visit_by_invitation(
    *,
    group: Group,
    person: Person,
    ground_rules: GroundRules | None,
    says_it_fits: bool,
    now: datetime,
    is_listening_only: bool = True,
) -> Membership:
    """The person was offered a place, so they may come at once, to a closed group too.

    Whoever had asked to join is let in by it. Everything else is as in `visit`, and raises the same.
    """
    already = membership_of(person, group, now=now)
    if already is not None and already.standing != Standing.ASKED:
        return already
    membership, _ = _begin(
        group, person, _standing_inside(group, person), ground_rules=ground_rules,
        says_it_fits=says_it_fits, is_listening_only=is_listening_only, now=now,
    )  # fmt: skip
    if membership.standing == Standing.ASKED:
        membership.standing, membership.from_at = Standing.VISITING, now
        membership.save(update_fields=["standing", "from_at"])
    return membership


@transaction.atomic
def admit(*, membership: Membership, now: datetime) -> None:
    """Somebody who asked may come, and is told. Raises NobodyAsks, or NotOpen as `visit` does."""
    if _is_barred(membership.group, membership.person, now=now):
        raise NotOpen
    asked = Membership.objects.filter(pk=membership.pk, standing=Standing.ASKED, until_at=None)
    if not asked.update(standing=Standing.VISITING, from_at=now):
        raise NobodyAsks
    letters.tell_admitted(membership=membership, now=now)


@transaction.atomic
def decline(*, membership: Membership, now: datetime) -> None:
    """Somebody who asked can't come now, is told kindly, and nothing of it is kept. Raises NobodyAsks."""
    letters.tell_declined(membership=membership, now=now)
    asked = Membership.objects.filter(pk=membership.pk, standing=Standing.ASKED)
    if not asked.delete()[0]:
        raise NobodyAsks


def become_member(*, membership: Membership) -> None:
    """A visitor stays. One tap, at any time; for a member nothing changes."""
    Membership.objects.filter(pk=membership.pk, standing=Standing.VISITING, until_at=None).update(
        standing=Standing.MEMBER
    )


@transaction.atomic
def leave(*, membership: Membership, now: datetime) -> None:
    """The person leaves: seats to come are given back, nobody is told and nothing is asked."""
    if membership.standing == Standing.ASKED:
        membership.delete()
        return
    Membership.objects.filter(pk=membership.pk, until_at=None).update(until_at=now)
    ports.release(person=membership.person, group=membership.group, now=now)


@transaction.atomic
def switch(
    *,
    leaving: Membership,
    group: Group,
    ground_rules: GroundRules | None,
    says_it_fits: bool,
    now: datetime,
    is_listening_only: bool = True,
) -> Membership:
    """The person leaves one group and visits another; if they can't, they have left nothing."""
    person = leaving.person
    leave(membership=leaving, now=now)
    return visit(
        group=group,
        person=person,
        ground_rules=ground_rules,
        says_it_fits=says_it_fits,
        now=now,
        is_listening_only=is_listening_only,
    )


def leave_all(*, person: Person, now: datetime) -> None:
    """The person leaves every group, those they only asked to join too."""
    for membership in memberships_of(person, now=now):
        leave(membership=membership, now=now)


def set_listening_only(*, membership: Membership, is_listening_only: bool) -> None:
    """The person would rather listen, or is ready to talk; either may change at any time."""
    Membership.objects.filter(pk=membership.pk).update(is_listening_only=is_listening_only)


def _require_welcome(group: Group, person: Person, *, says_it_fits: bool, now: datetime) -> None:
    # Threat: somebody learns from a refusal that a person they must not meet sits there. So they meet the very
    # refusal of a group that takes nobody: in the same words, after the same look-ups, before anything else.
    is_barred_here = _is_barred(group, person, now=now)
    if is_barred_here or not group.is_findable() or not is_open_to_its_ages(group):
        raise NotOpen
    if closing_on(person, group.pk, at=now):
        raise OnABreak
    # A membership may tell a condition: GDPR article 9(2)(a) asks for explicit consent before it is kept.
    if not agrees(person, Purpose.HEALTH, now=now):
        raise NeedsConsent
    if hard_rules(group) and not says_it_fits:
        raise DoesNotFit


def _begin(
    group: Group,
    person: Person,
    standing: Standing,
    *,
    ground_rules: GroundRules | None,
    says_it_fits: bool,
    is_listening_only: bool,
    now: datetime,
) -> tuple[Membership, bool]:
    """The membership in force, and whether it is new; all that a first visit needs has been said."""
    _require_welcome(group, person, says_it_fits=says_it_fits, now=now)
    if rules_in_force(group) != ground_rules:
        raise RulesHaveChanged
    if ground_rules is not None:
        accept(ground_rules=ground_rules, person=person, now=now)
    return Membership.objects.get_or_create(
        group=group,
        person=person,
        until_at=None,
        defaults={
            "from_at": now,
            "standing": standing,
            "is_listening_only": is_listening_only,
        },
    )


def _is_barred(group: Group, person: Person, *, now: datetime) -> bool:
    # The pairs are locked, so that of two who must not meet and come at the same moment only one gets in.
    list(KeepApart.objects.of(person).in_force(now=now).select_for_update().values_list("pk"))
    return is_barred(person, group, now=now)


def _first_standing(group: Group, person: Person) -> Standing:
    is_closed = group.openness == Openness.CLOSED
    return Standing.ASKED if is_closed else _standing_inside(group, person)


def _standing_inside(group: Group, person: Person) -> Standing:
    was_member = Membership.objects.of(person).filter(group=group, standing=Standing.MEMBER)
    return Standing.MEMBER if was_member.exists() else Standing.VISITING
