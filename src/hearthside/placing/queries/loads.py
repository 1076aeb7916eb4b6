"""How many people each facilitator looks after, and how many they can."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Membership, Role, Site
from hearthside.groups.models.role import RoleQuerySet
from hearthside.placing.models import Invitation, Load
from hearthside.placing.queries.limits import Limit


@dataclass(frozen=True)
class LoadRow:
    """One facilitator of a site: the groups they lead there, who belongs to them, and their limit."""

    person: Person
    groups: Sequence[str]
    people: int
    most: int | None

    @property
    def is_over(self) -> bool:
        return self.most is not None and self.people > self.most


def rows_at(site: Site, *, now: datetime) -> list[LoadRow]:
    """Everybody who leads an open group of the site, by pseudonym."""
    roles = _roles(now=now).filter(group__in=Group.objects.findable().at(site))
    led: dict[Person, list[Group]] = defaultdict(list)
    for role in roles.select_related("person", "group").order_by("person__pseudonym_key"):
        if role.group is not None:
            led[role.person].append(role.group)
    every = {group.pk for groups in led.values() for group in groups}
    belonging = _people_in(every, now=now)
    most = dict(Load.objects.filter(person__in=led).values_list("person_id", "people_max"))
    return [
        LoadRow(
            person=person,
            groups=sorted(group.name for group in groups),
            people=sum(belonging[group.pk] for group in groups),
            most=most.get(person.pk),
        )
        for person, groups in led.items()
    ]


def limits_at(groups: Sequence[Group], *, now: datetime) -> list[Limit]:
    """The limit of everybody who leads one of these groups, less the people they look after elsewhere.

    Where several lead a group together, whoever is in it counts for each of them.
    """
    here = {group.pk for group in groups}
    roles = _roles(now=now).filter(group__in=here).values_list("person_id", flat=True)
    most = dict(Load.objects.filter(person__in=set(roles)).values_list("person_id", "people_max"))
    led = _groups_led(set(most), now=now)
    counts = _people_in({group for _, group in led} - here, now=now)
    found = []
    for person, limit in sorted(most.items()):
        own = {group for leader, group in led if leader == person}
        elsewhere = sum(counts[group] for group in own - here)
        found.append(Limit(str(person), limit - elsewhere, frozenset(map(str, own & here))))
    return found


def _groups_led(people: set[UUID], *, now: datetime) -> list[tuple[UUID, UUID]]:
    rows = _roles(now=now).filter(person__in=people, group__isnull=False)
    return list(rows.values_list("person_id", "group_id"))


def _people_in(groups: Iterable[UUID], *, now: datetime) -> Counter[UUID]:
    """Who belongs or is offered a place, counted by group."""
    every = list(groups)
    belonging = Membership.objects.belonging(now=now).filter(group__in=every)
    offered = Invitation.objects.standing(now=now).filter(group__in=every)
    return Counter(
        [
            *belonging.values_list("group_id", flat=True),
            *offered.values_list("group_id", flat=True),
        ]
    )


def _roles(*, now: datetime) -> RoleQuerySet:
    return Role.objects.in_force(now=now).filter(kind=RoleKind.FACILITATOR, person__is_active=True)
