"""What safety asks of the floors above: the programme's country, who answers for safety, what things are called."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest
from django.utils.safestring import SafeString

from hearthside.accounts.models import Person
from hearthside.safety.enums import SubjectKind
from hearthside.safety.models import Measure

HomeCountry = Callable[[], str]
ServedCountries = Callable[[], Sequence[str]]


class Stewards(Protocol):
    """Knows who answers for safety; the floor that gives out roles fills it."""

    def safety_leads(self, *, now: datetime) -> Sequence[Person]:
        """Everybody who leads safety now, the longest in the role first."""

    def coordinators(self, *, now: datetime) -> Sequence[Person]:
        """Everybody who runs the programme or one of its sites now, each once."""

    def leads_safety(self, person: Person, *, now: datetime) -> bool:
        """Whether the person is one of the safety leads."""

    def children_lead(self) -> Person | None:
        """Who answers for the safety of people under 18; nobody where the programme is for adults only."""

    def runs_programme(self, person: Person, *, now: datetime) -> bool:
        """Whether the person is an operator, or coordinates all sites."""

    def circles(
        self, groups: Collection[UUID | None], *, now: datetime
    ) -> Mapping[UUID | None, Sequence[Sequence[Person]]]:
        """Who answers for each of the groups (None: for what belongs to no group), circle by circle.

        Safety leads first, then those who coordinate the group's site, then operators: a circle is
        asked where nobody of the circles before it may be. In a fixed number of queries.
        """


@dataclass(frozen=True)
class Subject:
    """What a concern is about, as one reader may know it.

    `people` are those whom it concerns or who lead it: none of them is given what is said about it.
    `group` is the group it belongs to, if any.
    """

    kind: SubjectKind
    key: UUID | None
    label: str
    address: str = ""
    people: frozenset[UUID] = frozenset()
    group: UUID | None = None


class Subjects(Protocol):
    """Knows the things of one kind that a concern can be about; the floor that owns them fills it."""

    def named(self, key: UUID, *, reader: Person | None, now: datetime) -> Subject | None:
        """The thing, for somebody who may know that it exists (None: a visitor); None for anybody else."""


# What a concern's page shows of the thing itself, such as messages that somebody disclosed. It is asked
# only for those who may read the concern, or raised it.
Shown = Callable[[HttpRequest, UUID], SafeString]

_home: list[HomeCountry] = []
_served: list[ServedCountries] = []
_stewards: list[Stewards] = []
_subjects: dict[SubjectKind, Subjects] = {}
_shown: dict[SubjectKind, Shown] = {}


def register_home_country(rule: HomeCountry) -> None:
    """The last rule given counts; it returns an ISO 3166-1 code, or "" where none was set."""
    _home[:] = [rule]


def home_country() -> str:
    return _home[0]() if _home else ""


def register_served_countries(rule: ServedCountries) -> None:
    """The last rule given counts; it returns ISO 3166-1 codes of every country where there are members."""
    _served[:] = [rule]


def served_countries() -> Sequence[str]:
    return _served[0]() if _served else ()


def register_stewards(stewards: Stewards) -> None:
    """The last one given counts."""
    _stewards[:] = [stewards]


def stewards() -> Stewards:
    """Who answers for safety. Raises IndexError where no floor has said so: that is a fault of the site."""
    return _stewards[0]


def register_subjects(kind: SubjectKind, subjects: Subjects) -> None:
    _subjects[kind] = subjects


def register_shown(kind: SubjectKind, shown: Shown) -> None:
    _shown[kind] = shown


def shown(request: HttpRequest, kind: SubjectKind, key: UUID | None) -> SafeString:
    """What the floor that owns the thing shows of it; nothing where it has nothing to show."""
    panel = _shown.get(kind)
    return panel(request, key) if panel and key else SafeString()


def subject(
    kind: SubjectKind, key: UUID, *, reader: Person | None, now: datetime
) -> Subject | None:
    """What a concern is about; None for what the reader may not know, or that does not exist."""
    known = _subjects.get(kind)
    return known.named(key, reader=reader, now=now) if known else None


@dataclass(frozen=True)
class Ties:
    """What somebody has in common with others: groups, and those they came with, as opaque keys."""

    groups: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()


class GroupFacts(Protocol):
    """Knows groups by their keys; the floor that has groups fills it."""

    def names(self, groups: Collection[UUID]) -> Mapping[UUID, str]:
        """What the groups are called, by their keys; one that is gone is left out."""

    def met_called(self, person: Person, pseudonym: str) -> Person | None:
        """Somebody of that name who was in a group at the same time as the person; None for anybody else."""

    def last_met(self, person: Person, other: Person) -> UUID | None:
        """A group in which both are, else one in which both were; None if they never met."""

    def ties(self, people: Collection[UUID], *, about: Person) -> Mapping[UUID, Ties]:
        """What each has in common with others. Groups that `about` was ever in are left out: there all met them."""

    def leading(self, group: UUID, *, now: datetime) -> Sequence[Person]:
        """Who facilitates the group now."""

    def leading_for(self, person: Person, *, now: datetime) -> Sequence[Person]:
        """Who facilitates a group that the person visits or belongs to now, each once."""

    def answering(self, group: UUID | None, *, now: datetime) -> Sequence[Person]:
        """Who decides after those who lead the group, or over all groups (None): each once."""


# Those of these people who came together, circle by circle.
Companies = Callable[[Collection[UUID]], Sequence[Collection[UUID]]]


class MeasureFollower(Protocol):
    """Acts when a measure has begun, grown longer or ended, such as by closing a door; in the same transaction."""

    def __call__(self, *, measure: Measure, now: datetime) -> None: ...


_group_facts: list[GroupFacts] = []
_companies: list[Companies] = []
_measure_followers: dict[str, MeasureFollower] = {}


def register_group_facts(facts: GroupFacts) -> None:
    """The last one given counts."""
    _group_facts[:] = [facts]


def group_facts() -> GroupFacts:
    """What is known of groups. Raises IndexError where no floor has said so: that is a fault of the site."""
    return _group_facts[0]


def register_companies(rule: Companies) -> None:
    """The last rule given counts."""
    _companies[:] = [rule]


def companies(people: Collection[UUID]) -> Sequence[Collection[UUID]]:
    """Those of these people who came together; nobody, where no floor knows."""
    return _companies[0](people) if _companies else ()


def register_measure_follower(name: str, follower: MeasureFollower) -> None:
    _measure_followers[name] = follower


def measure_changed(*, measure: Measure, now: datetime) -> None:
    """A measure has begun, grown longer or ended: the floors above follow."""
    for follower in _measure_followers.values():
        follower(measure=measure, now=now)
