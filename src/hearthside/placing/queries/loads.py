"""How many people each facilitator looks after, and how many they can."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Membership, Role, Site
from hearthside.groups.models.role import RoleQuerySet
from hearthside.placing.models import Invitation, Load
from hearthside.placing.queries import engine


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


def leaders(groups: Iterable[Group], *, now: datetime) -> dict[UUID, str]:
    """The facilitator of each group whose limit counts for it; groups led by nobody with a limit lack one.

    Where several lead together, the one with the least room left counts: no limit is passed over.
    """
    roles = _roles(now=now).filter(group__in=list(groups)).values_list("group_id", "person_id")
    limits = _room_left({person for _, person in roles}, now=now)
    led: dict[UUID, list[tuple[int, str]]] = defaultdict(list)
    for group, person in roles:
        if person in limits:
            led[group].append((limits[person], str(person)))
    return {group: min(some)[1] for group, some in led.items()}


def facilitators(
    leads: Mapping[UUID, str], groups: Sequence[Group], *, now: datetime
) -> list[engine.Facilitator]:
    """Their limits less the people they look after elsewhere: in groups that are not placed into."""
    people = {UUID(person) for person in leads.values()}
    here = {UUID(str(group.pk)) for group in groups if leads.get(group.pk)}
    elsewhere: Counter[UUID] = Counter()
    led = _groups_led(people, now=now)
    counts = _people_in({group for _, group in led}, now=now)
    for person, group in led:
        if group not in here or leads.get(group) != str(person):
            elsewhere[person] += counts[group]
    most = Load.objects.filter(person__in=people).values_list("person_id", "people_max")
    return [
        engine.Facilitator(str(person), max(limit - elsewhere[person], 0))
        for person, limit in sorted(most)
    ]


def _room_left(people: set[UUID], *, now: datetime) -> dict[UUID, int]:
    most = dict(Load.objects.filter(person__in=people).values_list("person_id", "people_max"))
    led = _groups_led(set(most), now=now)
    counts = _people_in({group for _, group in led}, now=now)
    taken: Counter[UUID] = Counter()
    for person, group in led:
        taken[person] += counts[group]
    return {person: limit - taken[person] for person, limit in most.items()}


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
