"""Keep a search because somebody asked us to, change it, forget it, and take the forgetting back."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.queries import agrees
from hearthside.finder import ports
from hearthside.finder.models import Wish
from hearthside.finder.places import Place, town_near
from hearthside.finder.queries.young import is_too_young
from hearthside.finder.sealed import closed, unclosed
from hearthside.finder.search import Search
from hearthside.groups.models import Experience

BACK_WITHIN: Final = timedelta(minutes=10)
_FORGOTTEN: Final = "a forgotten wish"


class NeedsConsent(Exception):
    """The person has not agreed that we keep what may say something about their health."""


class IsTooYoung(Exception):
    """No group here takes somebody of the age that the search says."""


@transaction.atomic
def keep(
    *,
    person: Person,
    search: Search,
    main: Experience | None,
    is_new: bool,
    zone: str,
    place: Place | None,
    now: datetime,
) -> Wish:
    """The search is kept for the person, in place of an earlier one; its words never are.

    `main` is the experience that the person named as mattering most; it becomes one of those looked
    for. `place` is where distances count from, kept no more exactly than its town. Raises NeedsConsent,
    or IsTooYoung.
    """
    if is_too_young(search):
        raise IsTooYoung
    # A search tells what somebody lives with: GDPR article 9(2)(a) asks for explicit consent first.
    if not agrees(person, Purpose.HEALTH, now=now):
        raise NeedsConsent
    town = _town(place)
    about = search.about
    if main is not None and main.slug not in about:
        about = (main.slug, *about)
    kept = replace(search, words="", about=about, place=town.label if town else "")
    told = {
        "main": main,
        "search": kept.packed(),
        "zone": zone,
        "latitude": town.latitude if town else None,
        "longitude": town.longitude if town else None,
        "is_new": is_new,
        "changed_at": now,
    }
    wish, _is_first = Wish.objects.update_or_create(
        person=person, defaults=told, create_defaults={**told, "kept_at": now}
    )
    return wish


def describe(
    *, wish: Wish, main: Experience | None, is_new: bool, zone: str, now: datetime
) -> None:
    """The person says anew what matters most, whether they are new, and on which clock they live."""
    wish.main, wish.is_new, wish.zone, wish.changed_at = main, is_new, zone, now
    wish.save(update_fields=["main", "is_new", "zone", "changed_at"])


def drop(*, wish: Wish, dropped: str, now: datetime) -> None:
    """One thing less is looked for, named as its chip names it."""
    search = Search.unpacked(wish.search).without(dropped)
    if not search.place:
        wish.latitude = wish.longitude = None
    if wish.main is not None and wish.main.slug not in search.about:
        wish.main = None
    wish.search, wish.changed_at = search.packed(), now
    wish.save(update_fields=["search", "main", "latitude", "longitude", "changed_at"])


@transaction.atomic
def forget(*, person: Person, now: datetime) -> str:
    """The wish is gone from the tables, and what hangs on it has ended.

    Nothing of it stays here: the way back lies for ten minutes in the sealed word returned, and brings
    back the wish alone. "" where nothing was kept.
    """
    # The person comes first in every order of locks, so that no place is offered meanwhile.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    wish = Wish.objects.filter(person=person).select_related("main").first()
    if wish is None:
        return ""
    told = {
        "person": str(person.pk),
        "main": wish.main.slug if wish.main else "",
        "search": wish.search,
        "zone": wish.zone,
        "point": [wish.latitude, wish.longitude],
        "is_new": wish.is_new,
        "kept_at": wish.kept_at.isoformat(),
    }
    ports.wish_ends(person, now)
    wish.delete()
    return closed(told, purpose=_FORGOTTEN, now=now)


@transaction.atomic
def take_back(*, person: Person, word: str, now: datetime) -> Wish | None:
    """The wish that `forget` made this word of; None when it is too late, or it is somebody else's.

    A wish kept since then stays. Raises NeedsConsent.
    """
    told = unclosed(word, purpose=_FORGOTTEN, lasts=BACK_WITHIN, now=now)
    if told is None or told["person"] != str(person.pk):
        return None
    if not agrees(person, Purpose.HEALTH, now=now):
        raise NeedsConsent
    wish, _is_new = Wish.objects.get_or_create(
        person=person,
        defaults={
            "main": Experience.objects.filter(slug=told["main"]).first(),
            "search": told["search"],
            "zone": told["zone"],
            "latitude": told["point"][0],
            "longitude": told["point"][1],
            "is_new": told["is_new"],
            "kept_at": datetime.fromisoformat(told["kept_at"]),
            "changed_at": now,
        },
    )
    return wish


def carry_over(*, experience: Experience, into: Experience) -> None:
    """What was looked for under one name is looked for under the other, as the two become one."""
    Wish.objects.filter(main=experience).update(main=into)
    # JSON is searched for its text: what only looks alike is left as it was.
    for wish in Wish.objects.filter(search__icontains=f'"{experience.slug}"').iterator():
        search = Search.unpacked(wish.search)
        about = _renamed(search.about, experience.slug, into.slug)
        not_about = _renamed(search.not_about, experience.slug, into.slug)
        wish.search = replace(search, about=about, not_about=not_about).packed()
        wish.save(update_fields=["search"])


def _renamed(slugs: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new if slug == old else slug for slug in slugs))


def _town(place: Place | None) -> Place | None:
    """The town itself; of a bare point, which may be somebody's home, the town nearest to it."""
    if place is None or place.country:
        return place
    return town_near(place.latitude, place.longitude)
