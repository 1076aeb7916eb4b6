"""The people of the demonstration: those the script names, and neighbours to fill the chairs."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person, sounds_like
from hearthside.accounts.wordings import suggested, wording
from hearthside.exchange.demo import script
from hearthside.groups.actions import roles
from hearthside.groups.enums import RoleKind, Standing
from hearthside.groups.models import Acceptance, GroundRules, Group, Membership, Site

# So many in every group besides those named, and so many more where there is a waiting list.
NEIGHBOURS = (4, 8)
TOO_MANY = 3
CROWDED = ("not-what-i-expected", "typing-not-talking")
ASKING = ("bereaved-by-suicide", "eight-weeks-with-anxiety")
NEW_PER_GROUP = 2
LONGEST_WEEKS = 20


def bring(*, sites: Mapping[str, Site], now: datetime) -> dict[str, Person]:
    """Everyone by pseudonym, with their roles over sites and the programme; none can be signed in by password."""
    named = [
        Person(
            pseudonym=each["pseudonym"],
            language=each.get("language", "en"),
            time_zone=each.get("time_zone", "Europe/London"),
            country=each.get("country", "GB"),
        )
        for each in script.people()
    ]
    everyone = [*named, *_neighbours({sounds_like(person.pseudonym) for person in named})]
    for person in everyone:
        person.password = make_password(None)
        person.recovery_ready_at = now
    Person.objects.bulk_create(everyone)
    _agree(everyone, now=now)
    people = {person.pseudonym: person for person in everyone}
    for each in script.people():
        for kind in each.get("roles", ()):
            for slug in each.get("sites", [None]):
                roles.give(
                    kind=RoleKind(kind),
                    person=people[each["pseudonym"]],
                    site=sites[slug] if slug else None,
                    by=None,
                    now=now,
                )
    return people


def join(*, people: Mapping[str, Person], now: datetime) -> None:
    """Members, visitors, and a few who ask to be let in; all but those have accepted the ground rules."""
    groups = {group.slug: group for group in Group.objects.order_by("slug")}
    memberships = [
        *_named(groups, people, now=now),
        *_filling(groups, people, now=now),
    ]
    Membership.objects.bulk_create(memberships)
    rules = {each.group_id: each for each in GroundRules.objects.filter(version=1)}
    Acceptance.objects.bulk_create(
        Acceptance(
            person_id=membership.person_id,
            ground_rules=rules[membership.group_id],
            accepted_at=membership.from_at,
        )
        for membership in memberships
        if membership.standing != Standing.ASKED
    )


def _neighbours(taken: set[str]) -> Iterator[Person]:
    for language, zone, country, count in (
        ("en", "Europe/London", "GB", 280),
        ("es", "Europe/Madrid", "ES", 40),
    ):
        for pseudonym in suggested(language=language, chance=Random(country), count=count):  # noqa: S311
            if sounds_like(pseudonym) not in taken:
                yield Person(
                    pseudonym=pseudonym, language=language, time_zone=zone, country=country
                )


def _agree(everyone: list[Person], *, now: datetime) -> None:
    versions = {
        purpose: wording(purpose, language="en").version
        for purpose in (Purpose.TERMS, Purpose.HEALTH)
    }
    Consent.objects.bulk_create(
        Consent(person=person, purpose=purpose, version=version, from_at=now)
        for person in everyone
        for purpose, version in versions.items()
    )


def _named(
    groups: Mapping[str, Group], people: Mapping[str, Person], *, now: datetime
) -> Iterator[Membership]:
    for each in script.people():
        person, chance = people[each["pseudonym"]], _chance(each["pseudonym"])
        for slug in each.get("member_of", ()):
            since = now - timedelta(weeks=chance.randint(6, LONGEST_WEEKS))
            yield _membership(groups[slug], person, Standing.MEMBER, since, chance)
        for slug in each.get("visiting", ()):
            yield _membership(
                groups[slug], person, Standing.VISITING, now - timedelta(days=12), chance
            )


def _filling(
    groups: Mapping[str, Group], people: Mapping[str, Person], *, now: datetime
) -> Iterator[Membership]:
    named = {each["pseudonym"] for each in script.people()}
    neighbours = [person for name, person in people.items() if name not in named]
    spare = {
        language: iter([person for person in neighbours if person.language == language])
        for language in ("en", "es")
    }
    for slug, group in groups.items():
        chance, pool = _chance(slug), spare["es" if group.languages == ["es"] else "en"]
        if slug in ASKING:
            yield _membership(group, next(pool), Standing.ASKED, now - timedelta(hours=20), chance)
        count = group.size_max + TOO_MANY if slug in CROWDED else chance.randint(*NEIGHBOURS)
        for number in range(count):
            is_new = number < NEW_PER_GROUP
            days = 2 if is_new else chance.randint(20, LONGEST_WEEKS * 7)
            standing = Standing.VISITING if is_new else Standing.MEMBER
            yield _membership(group, next(pool), standing, now - timedelta(days=days), chance)


def _membership(
    group: Group, person: Person, standing: Standing, since: datetime, chance: Random
) -> Membership:
    return Membership(
        group=group,
        person=person,
        standing=standing,
        from_at=since,
        is_listening_only=chance.random() < 1 / 3,
    )


def _chance(seed: str) -> Random:
    # The same demonstration every time; nothing secret rests on it.
    return Random(seed)  # noqa: S311
