"""Give and end roles: who may give what is decided here, whatever a page offers."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups import ports
from hearthside.groups.actions.touching import touch
from hearthside.groups.actions.training_letters import tell_named
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Role, Site, UnderEighteen
from hearthside.groups.queries.rights import rights_of


class MayNotGive(Exception):
    """This person may not give or end that role there."""


class AnswersForChildren(Exception):
    """They answer for the safety of people under 18, so somebody else is named for that first."""


class LastOperator(Exception):
    """Without an operator nobody could run the installation, so the last one stays."""


@transaction.atomic
def give(
    *,
    kind: RoleKind,
    person: Person,
    by: Person | None,
    now: datetime,
    group: Group | None = None,
    site: Site | None = None,
) -> Role:
    """The person holds the role from now on; the same role if they hold it already.

    `by` is nobody only when the installation is set up. Raises MayNotGive.
    """
    # Read afresh: rights kept for the page may be older than a role that ended a moment ago.
    if by is not None and not rights_of(by, now=now).may_give(kind, group):
        raise MayNotGive
    role, is_new = Role.objects.get_or_create(
        person=person,
        kind=kind,
        group=group,
        site=site,
        until_at=None,
        defaults={"from_at": now, "given_by": by},
    )
    if is_new and kind == RoleKind.OPERATOR:
        _open_operator_screens(person, is_open=True)
    if is_new:
        _follow(role, now=now)
        tell_named(role=role, now=now)
    return role


@transaction.atomic
def end_role(*, role: Role, by: Person, now: datetime) -> None:
    """The role ends now; its row stays as the record. Anyone may step down from their own.

    Raises MayNotGive, LastOperator, or AnswersForChildren.
    """
    is_own = role.person_id == by.pk
    if not is_own and not rights_of(by, now=now).may_give(RoleKind(role.kind), role.group):
        raise MayNotGive
    if role.kind == RoleKind.OPERATOR:
        _keep_one_operator(role, now=now)
        _open_operator_screens(role.person, is_open=False)
    if role.kind == RoleKind.SAFETY_LEAD and _answers_for_children(role.person):
        raise AnswersForChildren
    if Role.objects.filter(pk=role.pk, until_at=None).update(until_at=now):
        role.until_at = now
        _follow(role, now=now)


def _follow(role: Role, *, now: datetime) -> None:
    ports.role_changed(role=role, now=now)
    if role.group_id:
        touch(groups=[role.group_id], now=now)


def _keep_one_operator(role: Role, *, now: datetime) -> None:
    # Locked, or two operators who end each other's role at the same moment would both succeed.
    operators = Role.objects.select_for_update().in_force(now=now).filter(kind=RoleKind.OPERATOR)
    if not any(other.pk != role.pk and other.person.is_active for other in operators):
        raise LastOperator


def _answers_for_children(person: Person) -> bool:
    return UnderEighteen.objects.filter(until_at=None, lead=person).exists()


def _open_operator_screens(person: Person, *, is_open: bool) -> None:
    person.is_staff = person.is_superuser = is_open
    person.save(update_fields=["is_staff", "is_superuser"])
