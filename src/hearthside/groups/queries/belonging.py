"""Where one person stands with one group: membership, visits, and ground rules to accept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.groups.enums import GenderRule, Standing
from hearthside.groups.models import Acceptance, GroundRules, Group, Membership
from hearthside.groups.models.membership import MembershipQuerySet
from hearthside.groups.ports import visits_of
from hearthside.groups.queries.programme import visits_allowed
from hearthside.groups.queries.rights import Reader


@dataclass(frozen=True)
class Place:
    """One person's place in one group; without a membership, they have none yet."""

    membership: Membership | None = None
    visits: int = 0
    visits_max: int = 0
    rules: GroundRules | None = None
    has_accepted: bool = False

    @property
    def to_accept(self) -> GroundRules | None:
        """The version in force, if they belong and have yet to say yes to it."""
        return self.rules if self.belongs and not self.has_accepted else None

    @property
    def is_asking(self) -> bool:
        return self._stands(Standing.ASKED)

    @property
    def is_visiting(self) -> bool:
        return self._stands(Standing.VISITING)

    @property
    def is_member(self) -> bool:
        return self._stands(Standing.MEMBER)

    @property
    def belongs(self) -> bool:
        return self.is_visiting or self.is_member

    @property
    def visits_left(self) -> int:
        return max(self.visits_max - self.visits, 0)

    @property
    def is_asked_to_stay(self) -> bool:
        """The visits are used up: time for a kind question, never for a closed door."""
        return self.is_visiting and self.visits_left == 0

    def _stands(self, standing: Standing) -> bool:
        return self.membership is not None and self.membership.standing == standing


def membership_of(person: Reader, group: Group, *, now: datetime) -> Membership | None:
    """The membership in force at that moment, asking ones included."""
    if not isinstance(person, Person):
        return None
    held = Membership.objects.of(person).in_force(now=now).filter(group=group).first()
    if held is not None:
        # Known already, so that nobody reads them once more.
        held.person, held.group = person, group
    return held


def place_of(person: Reader, group: Group, *, now: datetime) -> Place:
    """Where the person stands with the group, for every page that shows both."""
    rules = rules_in_force(group)
    membership = membership_of(person, group, now=now)
    if membership is None or membership.standing == Standing.ASKED:
        return Place(membership=membership, rules=rules)
    is_visiting = membership.standing == Standing.VISITING
    return Place(
        membership=membership,
        visits=visits_of(membership.person, group) if is_visiting else 0,
        visits_max=visits_allowed() if is_visiting else 0,
        rules=rules,
        has_accepted=rules is not None and _has_accepted(membership.person_id, rules),
    )


def rules_in_force(group: Group) -> GroundRules | None:
    """The newest version; none for a group that has never had ground rules (an imported listing)."""
    return GroundRules.objects.filter(group=group).order_by("-version").first()


def rules_to_accept(person: Person, group: Group) -> GroundRules | None:
    """The version in force if the person has not accepted it yet."""
    rules = rules_in_force(group)
    return None if rules is None or _has_accepted(person.pk, rules) else rules


def rules_accepted_before(person: Reader, rules: GroundRules) -> GroundRules | None:
    """The newest earlier version that the person accepted, to show what has changed since."""
    if not isinstance(person, Person):
        return None
    return (
        GroundRules.objects.filter(
            group=rules.group_id, version__lt=rules.version, acceptances__person=person
        )
        .order_by("-version")
        .first()
    )


def memberships_of(person: Person, *, now: datetime) -> MembershipQuerySet:
    """The person's own groups, for a list of cards."""
    return (
        Membership.objects.of(person)
        .in_force(now=now)
        .select_related("group__site")
        .order_by("group__name")
    )


def hard_rules(group: Group) -> list[str]:
    """What somebody says of themselves with one tick before a first visit; never kept."""
    return [sentence for sentence in (_age_rule(group), _gender_rule(group)) if sentence]


def _has_accepted(person_id: UUID, rules: GroundRules) -> bool:
    return Acceptance.objects.filter(person=person_id, ground_rules=rules).exists()


def _age_rule(group: Group) -> str:
    # A group that says nothing of age is for adults, so that is asked as well.
    ages = {"from": group.ages.lower, "until": group.age_until}
    if group.age_until is not None:
        return _("I am %(from)d to %(until)d years old.") % ages
    return _("I am %(from)d or older.") % ages


def _gender_rule(group: Group) -> str:
    return {
        GenderRule.WOMEN.value: _("This group is for women, and that includes me."),
        GenderRule.MEN.value: _("This group is for men, and that includes me."),
        GenderRule.LGBTQ.value: _("This group is for LGBTQ+ people, and that includes me."),
    }.get(group.gender, "")
