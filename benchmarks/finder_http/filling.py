"""An installation with many groups: who they are for, when they meet, ten weeks of meetings, seats taken."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final, TypeVar
from uuid import UUID

from django.db import connection, transaction
from town import PLACES, Place, Town

from hearthside.accounts.models import Person
from hearthside.groups.actions.experiences import seed_vocabulary
from hearthside.groups.models import Experience, Group, Programme, Site
from hearthside.meetings.models import Meeting, Seat, Series
from peerkit.matching import Offer, Rhythm
from peerkit.matching.finding.clock import first_week, monday, occurrences, weeks_of

T = TypeVar("T")
AT_ONCE: Final = 5000
WEEKS: Final = 10
PEOPLE: Final = 2000
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def fill(groups: int, *, seed: int, now: datetime) -> None:
    """Write that many groups with all that hangs on them; rows as the actions would leave them."""
    with transaction.atomic():
        Programme.objects.create(name="Harbour Lane", country="GB")
        seed_vocabulary()
        sites = {place: _site(place) for place in PLACES}
        slugs = dict(Experience.objects.values_list("slug", "pk"))
        people = Person.objects.bulk_create(
            Person(pseudonym=f"person {number}", password="!") for number in range(PEOPLE)
        )
    town, chance = Town(seed), Random(seed)
    offers = [town.offer(number) for number in range(groups)]
    for some in _cut(offers, AT_ONCE):
        with transaction.atomic():
            _write(some, sites, slugs, people, chance, now=now)
    # Long ago: a new group is looked at before each search for a minute.
    Group.objects.update(changed_at=now - timedelta(days=30))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(
    offers: Sequence[Offer],
    sites: dict[Place, Site],
    slugs: dict[str, UUID],
    people: Sequence[Person],
    chance: Random,
    *,
    now: datetime,
) -> None:
    by_zone = {place.zone: site for place, site in sites.items()}
    groups = [_group(offer, by_zone, chance, now=now) for offer in offers]
    Group.objects.bulk_create(groups)
    through = Group.experiences.through
    through.objects.bulk_create(
        through(group_id=offer.id, experience_id=slugs[slug])
        for offer in offers
        for slug in sorted(offer.experiences)
    )
    series = [_series(offer, now=now) for offer in offers]
    Series.objects.bulk_create(series)
    meetings = [
        meeting
        for offer, group, one in zip(offers, groups, series, strict=True)
        for meeting in _meetings(offer.rhythms[0], group, one, now=now)
    ]
    Meeting.objects.bulk_create(meetings, batch_size=AT_ONCE)
    taken = [one for one in meetings if chance.random() < 0.02]
    Seat.objects.bulk_create(
        Seat(meeting=meeting, person=person, number=number, asked_at=now, seated_at=now)
        for meeting in taken
        for number, person in enumerate(chance.sample(people, chance.randint(1, 8)), start=1)
    )


def _group(offer: Offer, sites: dict[str, Site], chance: Random, *, now: datetime) -> Group:
    formats: dict[tuple[str, ...], str] = {
        ("in_person",): "in_person",
        ("online",): "link",
        ("phone",): "phone",
    }
    words = chance.choice(["circle", "meeting", "evening", "hour", "group", "table", "walk"])
    about = min(offer.experiences).replace("-", " ")
    return Group(
        pk=UUID(offer.id),
        site=sites[offer.rhythms[0].zone],
        name=f"The {about} {words} {offer.id[4:8]}",
        slug=f"group-{offer.id[:8]}",
        summary=f"For people who live with {about}, and would like to talk with others who do. "
        * 2,
        languages=sorted(offer.languages),
        access=sorted(offer.access),
        comfort=sorted(offer.comfort),
        stage="open",
        opened_at=now - timedelta(days=90),
        format=formats.get(tuple(sorted(offer.formats)), "hybrid"),
        link="https://rooms.example.org/a",
        address="1 Harbour Lane",
        locality=sites[offer.rhythms[0].zone].name,
        latitude=offer.latitude,
        longitude=offer.longitude,
        age_from=offer.age_from or 0,
        age_until=offer.age_until,
        gender=offer.gender_rule or "any",
    )


def _series(offer: Offer, *, now: datetime) -> Series:
    rhythm = offer.rhythms[0]
    day = DAYS[rhythm.weekday]
    rule = f"FREQ=MONTHLY;BYDAY={rhythm.nth}{day}" if rhythm.nth else f"FREQ=WEEKLY;BYDAY={day}"
    if rhythm.every > 1:
        rule = f"FREQ=WEEKLY;INTERVAL={rhythm.every};BYDAY={day}"
    return Series(
        group_id=offer.id, starts_local=f"{_first(rhythm, now):%Y-%m-%dT%H:%M}",
        zone=rhythm.zone, minutes=rhythm.minutes, rule=rule,
    )  # fmt: skip


def _first(rhythm: Rhythm, now: datetime) -> datetime:
    """A day a year ago that the rhythm names."""
    week = first_week(now - timedelta(days=365))
    weeks = weeks_of(rhythm, week)
    ahead = (weeks & -weeks).bit_length() - 1
    day = monday(week + ahead) + timedelta(days=rhythm.weekday)
    return datetime(day.year, day.month, day.day, *divmod(rhythm.minute, 60))  # noqa: DTZ001 - a wall clock


def _meetings(rhythm: Rhythm, group: Group, series: Series, *, now: datetime) -> Iterator[Meeting]:
    for at in occurrences(rhythm, first_week(now)):
        if now <= at < now + timedelta(weeks=WEEKS):
            yield Meeting(
                group=group, series=series, local_start=f"{at:%Y-%m-%dT%H:%M}", zone=rhythm.zone,
                starts_at=at, ends_at=at + timedelta(minutes=rhythm.minutes), seats_max=12,
            )  # fmt: skip


def _site(place: Place) -> Site:
    name = place.zone.rpartition("/")[2].replace("_", " ")
    return Site.objects.create(
        name=name, slug=name.lower().replace(" ", "-"), country="GB", time_zone=place.zone
    )


def _cut(some: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (some[at : at + size] for at in range(0, len(some), size))
