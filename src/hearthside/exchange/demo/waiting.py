"""People of the demonstration who wait for a place in Leeds, and a few who have been offered one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from hearthside.accounts.models import Person
from hearthside.exchange.demo import script
from hearthside.finder.models import Wish
from hearthside.groups.models import Experience, Group, Membership, Site
from hearthside.placing.actions.invitations import KEPT_FOR
from hearthside.placing.models import Invitation, Load, Request
from hearthside.placing.wording import packed

SITE: Final = "leeds"
PLACE: Final = "Leeds"
POINT: Final = (53.8, -1.55)
COORDINATOR: Final = "Heron"
EVENING, AFTERNOON, MORNING = (1020, 1440), (720, 1080), (0, 720)
WEEKDAYS: Final = range(5)
EVERY_DAY: Final = range(7)


@dataclass(frozen=True)
class Sought:
    """What so many people look for; the first experience is the main one."""

    people: int
    about: tuple[str, ...]
    days: tuple[int, ...] = tuple(EVERY_DAY)
    hours: tuple[tuple[int, int], ...] = (EVENING,)
    ways: tuple[str, ...] = ("in_person",)
    more: tuple[tuple[str, Any], ...] = ()


SOUGHT: Final = (
    Sought(7, ("alcohol",), days=(1, 3)),
    Sought(4, ("stoma",), days=(0, 1, 2)),
    Sought(2, ("bowel-cancer",)),
    Sought(5, ("breast-cancer",), days=(5, 6), hours=(MORNING, AFTERNOON)),
    Sought(3, ("grief-suicide",), days=tuple(WEEKDAYS)),
    Sought(5, ("caring-dementia", "caring"), days=(1, 2), hours=(AFTERNOON,)),
    Sought(4, ("loneliness", "depression"), days=(0,), more=(("i_am", ["men"]), ("age", 47))),
    Sought(3, ("hearing-voices",), days=(4,), hours=(AFTERNOON, EVENING)),
    Sought(1, ("drugs",), days=(3,)),
    # Two things at once, and two groups that could suit.
    Sought(3, ("depression", "alcohol"), days=(0, 3), more=(("age", 36),)),
    Sought(2, ("addiction", "loneliness"), days=(0, 3)),
    Sought(2, ("caring", "parenting"), days=(0, 2), hours=(AFTERNOON, EVENING)),
    # Nothing of the kind meets in Leeds: enough of them for a new group.
    Sought(6, ("social-anxiety", "anxiety"), days=(1, 3), ways=("in_person", "online")),
    Sought(4, ("grief-parent",), days=(0, 2), ways=("online",)),
    # And some whom only another language or other hours would help.
    Sought(1, ("alcohol",), more=(("languages", ["pl"]),)),
    Sought(1, ("stoma",), days=(6,), hours=(MORNING,)),
)
TRIED: Final = Sought(1, ("caring-dementia", "caring"), days=(2,), hours=(AFTERNOON,))
# Who tries the demonstration as a member finds an invitation; two neighbours have one as well.
INVITED: Final = {"second-kettle": "dementia-carers"}
ALSO_INVITED: Final = ("men-on-monday", "thursday-sober")
LEADS_AT_MOST: Final = {"Juniper": 28}


def wait(*, sites: Mapping[str, Site], people: Mapping[str, Person], now: datetime) -> None:
    """About 45 neighbours who wait, some for months; one facilitator with a limit; three invitations."""
    site = sites[SITE]
    experiences = {one.slug: one for one in Experience.objects.all()}
    free = _free_neighbours(people)
    wishes = [_wish(next(free), sought, experiences, now) for sought in _each()]
    extra = [_wish(people[name], TRIED, experiences, now) for name in INVITED]
    Wish.objects.bulk_create([*wishes, *extra])
    requests = [
        Request(person=wish.person, wish=wish, site=site, from_at=now - _waited(number))
        for number, wish in enumerate([*wishes, *extra])
    ]
    Request.objects.bulk_create(requests)
    for name, most in LEADS_AT_MOST.items():
        Load.objects.create(person=people[name], people_max=most, by=people[COORDINATOR], at=now)
    _invite(requests, people[COORDINATOR], now)


def _invite(requests: list[Request], by: Person, now: datetime) -> None:
    groups = {group.slug: group for group in Group.objects.filter(site__slug=SITE)}
    offers = [(one, INVITED[one.person.pseudonym]) for one in requests if _is_tried(one)]
    about = {
        one.slug: set(one.experiences.values_list("slug", flat=True)) for one in groups.values()
    }
    for slug in ALSO_INVITED:
        fitting = (
            one for one in requests if one.sought.main and one.sought.main.slug in about[slug]
        )
        offers.append((next(fitting), slug))
    Invitation.objects.bulk_create(
        Invitation(
            request=request,
            group=groups[slug],
            by=by,
            at=now,
            expires_at=now + KEPT_FOR,
            reasons=_reasons(request),
        )
        for request, slug in offers
    )


def _reasons(request: Request) -> list[dict[str, Any]]:
    """As a run gives them; making an index of all groups for three people would slow the start."""
    about = request.sought.main.slug if request.sought.main else ""
    return [
        packed("experience_same", {"wanted": about, "offered": about}),
        packed("format", {"formats": ("in_person",)}),
    ]


def _is_tried(request: Request) -> bool:
    return request.person.pseudonym in INVITED


def _each() -> Iterator[Sought]:
    """One after the other, so that people with different wishes have waited alike."""
    for number in range(max(one.people for one in SOUGHT)):
        yield from (one for one in SOUGHT if number < one.people)


def _wish(
    person: Person, sought: Sought, experiences: Mapping[str, Experience], now: datetime
) -> Wish:
    free = [[day, start, until] for day in sought.days for start, until in sought.hours]
    search: dict[str, Any] = {"about": list(sought.about), "free": free, "ways": list(sought.ways)}
    is_near = "in_person" in sought.ways
    return Wish(
        person=person,
        main=experiences[sought.about[0]],
        search={**search, **dict(sought.more), **({"place": PLACE} if is_near else {})},
        zone="Europe/London",
        latitude=POINT[0] if is_near else None,
        longitude=POINT[1] if is_near else None,
        is_new=len(person.pseudonym) % 3 > 0,
        kept_at=now,
        changed_at=now,
    )


def _waited(number: int) -> timedelta:
    """From half a year down to a day; the first have waited longest."""
    return timedelta(days=max(180 - number * 4, 1), hours=number)


def _free_neighbours(people: Mapping[str, Person]) -> Iterator[Person]:
    """English-speaking neighbours who belong to no group, the last made first."""
    taken = set(Membership.objects.values_list("person_id", flat=True))
    named = {one["pseudonym"] for one in script.people()}
    return (
        person
        for name, person in reversed(list(people.items()))
        if name not in named and person.language == "en" and person.pk not in taken
    )
