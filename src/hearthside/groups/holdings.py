"""What groups holds about a person: to be seen, erased, and ended when they take a consent back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.groups.actions import membership, under_eighteen
from hearthside.groups.models import (
    Acceptance,
    Experience,
    GroundRules,
    Membership,
    Role,
    StageChange,
    UnderEighteen,
)


class GroupHoldings:
    """A DataHolder for memberships, accepted ground rules and roles."""

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Groups you belong to or belonged to"),
                _("So that you can come to their meetings."),
                list(_memberships(person)),
            ),
            Held(
                _("Ground rules you accepted"),
                _("So that everyone in a group knows that all agreed to them."),
                list(_acceptances(person)),
            ),
            Held(
                _("Roles you hold or held"),
                _("So that it is known who may see and do what, and who said so."),
                list(_roles(person)),
            ),
            Held(
                _("What you wrote or decided for groups"),
                _("So that a group knows who is answerable. Your name goes with your account."),
                list(_decisions(person)),
            ),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:
        """All of it goes at once. Seats are given back first, so that somebody waiting gets them."""
        membership.leave_all(person=person, now=now)
        Membership.objects.of(person).delete()
        Acceptance.objects.filter(person=person).delete()
        Role.objects.of(person).delete()
        under_eighteen.without_lead(person=person, now=now)


def leave_groups(person: Person, *, purpose: Purpose, now: datetime) -> None:
    """Without consent to keep which groups somebody joins, they belong to none."""
    if purpose == Purpose.HEALTH:
        membership.leave_all(person=person, now=now)


def _memberships(person: Person) -> Iterable[dict[str, Any]]:
    for held in Membership.objects.of(person).select_related("group").order_by("from_at"):
        yield {
            _("Group"): held.group.name,
            _("As"): held.get_standing_display(),
            _("Would rather listen"): held.is_listening_only,
            _("From"): held.from_at,
            _("Until"): held.until_at,
        }


def _acceptances(person: Person) -> Iterable[dict[str, Any]]:
    accepted = Acceptance.objects.filter(person=person).select_related("ground_rules__group")
    for held in accepted.order_by("accepted_at"):
        yield {
            _("Group"): held.ground_rules.group.name,
            _("Version"): held.ground_rules.version,
            _("Accepted"): held.accepted_at,
        }


def _decisions(person: Person) -> Iterable[dict[str, Any]]:
    for rules in GroundRules.objects.filter(written_by=person).select_related("group"):
        what = _("Ground rules, version %(version)d") % {"version": rules.version}
        yield {_("Group"): rules.group.name, _("What"): what, _("When"): rules.written_at}
    for change in StageChange.objects.filter(by=person).select_related("group"):
        stage = change.get_stage_display()
        yield {_("Group"): change.group.name, _("What"): stage, _("When"): change.at}
    for admitted in UnderEighteen.objects.filter(lead=person):
        what = _("You answer for the safety of people under 18")
        yield {_("Group"): "", _("What"): what, _("When"): admitted.from_at}
    for admitted in UnderEighteen.objects.filter(by=person):
        what = _("People under 18 are admitted")
        yield {_("Group"): "", _("What"): what, _("When"): admitted.from_at}
    for role in Role.objects.filter(given_by=person).select_related("group"):
        what = _("A role given: %(role)s") % {"role": role.get_kind_display()}
        yield {_("Group"): str(role.group or ""), _("What"): what, _("When"): role.from_at}
    for word in Experience.objects.with_names().filter(proposed_by=person):
        yield {_("Group"): "", _("What"): word.label(), _("When"): word.proposed_at}


def _roles(person: Person) -> Iterable[dict[str, Any]]:
    roles = Role.objects.of(person).select_related("group", "site", "given_by")
    for held in roles.order_by("from_at"):
        yield {
            _("Role"): held.get_kind_display(),
            _("For"): str(held.group or held.site or _("the whole programme")),
            _("Given by"): str(held.given_by or ""),
            _("From"): held.from_at,
            _("Until"): held.until_at,
        }
