"""Set up a group, change it, open it to the public, pause it, end it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypedDict, Unpack, cast

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups import ports
from hearthside.groups.actions import experiences as vocabulary
from hearthside.groups.actions.ground_rules import write_version
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Experience, Group, Membership, Role, Site, StageChange
from hearthside.groups.queries.groups import free_slug, gaps_before_opening
from hearthside.groups.queries.under_eighteen import age_refusals, setting_of
from hearthside.groups.queries.words import default_ground_rules, default_meeting_words

# What decides whether young people may be in a group.
AGED: Final = frozenset({"age_from", "age_until", "format", "link"})


class NotReady(Exception):
    """The group lacks something before people can find it; `gaps` says what, in plain sentences."""

    def __init__(self, gaps: dict[str, str]) -> None:
        super().__init__(" ".join(gaps.values()))
        self.gaps = gaps


class WrongStage(Exception):
    """A group can't go from where it stands to there."""


class AgesNotAllowed(NotReady):
    """The group may not be for people of these ages, or not as it is; `gaps` says why, field by field."""


class GroupDetails(TypedDict, total=False):
    """What a group says of itself; whatever is left out stays as it is."""

    name: str
    summary: str
    what_happens: str
    first_visit: str
    experiences: Sequence[Experience]
    own_words: Sequence[str]
    languages: list[str]
    access: list[str]
    comfort: list[str]
    format: str
    link: str
    phone: str
    joining_notes: str
    venue: str
    address: str
    locality: str
    is_venue_hidden: bool
    openness: str
    course: str
    size_min: int
    size_max: int
    age_from: int
    age_until: int | None
    gender: str


@transaction.atomic
def open_draft(
    *, site: Site, leader: Person, by: Person, now: datetime, **details: Unpack[GroupDetails]
) -> Group:
    """A group that only its leader and coordinators see, with good words wherever none were given.

    Raises AgesNotAllowed.
    """
    group = Group(site=site, slug=free_slug(Group, details["name"]), stage=Stage.DRAFT)
    _write(group, details)
    _refuse_ages(group, before=None)
    language = group.languages[0] if group.languages else "en"
    words = default_meeting_words(group.format, language)
    group.what_happens = group.what_happens or words.what_happens
    group.first_visit = group.first_visit or words.first_visit
    group.save()
    _say_experiences(group, details, by=by, now=now)
    write_version(group=group, text=default_ground_rules(language), by=by, now=now)
    # Not through roles.give: a facilitator may start a group to lead, though not appoint others.
    Role.objects.create(
        kind=RoleKind.FACILITATOR, group=group, person=leader, given_by=by, from_at=now
    )
    return group


@transaction.atomic
def change(*, group: Group, by: Person, now: datetime, **details: Unpack[GroupDetails]) -> None:
    """The group says the given things of itself from now on; its address stays. Raises AgesNotAllowed."""
    before = Group.objects.filter(pk=group.pk).first()
    _write(group, details)
    if not AGED.isdisjoint(details):
        _refuse_ages(group, before=before)
    group.save()
    _say_experiences(group, details, by=by, now=now)


@transaction.atomic
def open_group(*, group: Group, by: Person, now: datetime) -> None:
    """Everyone can find the group. Raises NotReady with all that is missing, or WrongStage."""
    if group.stage not in (Stage.DRAFT, Stage.PAUSED):
        raise WrongStage
    gaps = gaps_before_opening(group, now=now)
    if gaps:
        raise NotReady(gaps)
    group.opened_at = group.opened_at or now
    _move(group, Stage.OPEN, by=by, now=now)


@transaction.atomic
def pause(*, group: Group, by: Person, now: datetime) -> None:
    """Nobody new finds the group; its people still belong. Raises WrongStage."""
    if group.stage != Stage.OPEN:
        raise WrongStage
    _move(group, Stage.PAUSED, by=by, now=now)


@transaction.atomic
def end(*, group: Group, by: Person, now: datetime) -> None:
    """The group is over: its plans are called off, and nobody belongs to it or leads it any more.

    Raises WrongStage.
    """
    if group.stage == Stage.ENDED:
        raise WrongStage
    ports.wind_up(group=group, by=by, now=now)
    Membership.objects.filter(group=group, until_at=None).update(until_at=now)
    Role.objects.filter(group=group, until_at=None).update(until_at=now)
    _move(group, Stage.ENDED, by=by, now=now)


def _write(group: Group, details: GroupDetails) -> None:
    # `experiences` and `own_words` are rows of other tables, written once the group has its key.
    for field, value in details.items():
        if field not in ("experiences", "own_words"):
            setattr(group, field, value)


def _refuse_ages(group: Group, *, before: Group | None) -> None:
    # Said by the form already; here for every other way, and for what changed meanwhile.
    if refused := dict(age_refusals(setting_of(group), group=before)):
        raise AgesNotAllowed(refused)


def _say_experiences(group: Group, details: GroupDetails, *, by: Person, now: datetime) -> None:
    if "experiences" not in details and "own_words" not in details:
        return
    chosen = details.get("experiences")
    kept = list(group.experiences.all() if chosen is None else chosen)
    language = cast("str", group.languages[0] if group.languages else "en")
    for words in details.get("own_words", ()):
        kept.append(vocabulary.propose(words=words, language=language, by=by, now=now))
    group.experiences.set(kept)


def _move(group: Group, stage: Stage, *, by: Person, now: datetime) -> None:
    group.stage = stage
    group.save(update_fields=["stage", "opened_at", "changed_at"])
    StageChange.objects.create(group=group, stage=stage, by=by, at=now)
