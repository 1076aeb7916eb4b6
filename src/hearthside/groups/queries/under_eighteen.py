"""Whether the programme admits people under 18, who answers for them, and what a group for them must be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.groups.ages import (
    ADULT_FROM,
    YOUNG_FROM_LEAST,
    YOUNG_UNTIL_MOST,
    Ages,
)
from hearthside.groups.enums import Format, RoleKind, Stage
from hearthside.groups.models import Group, Membership, UnderEighteen
from hearthside.groups.queries.rights import acting

# On another service anybody can write to anybody, and nobody here can turn that off.
WITHOUT_PRIVATE_WORDS = (Format.IN_PERSON, Format.PHONE, Format.ONLINE)


@dataclass(frozen=True)
class Setting:
    """What a group says that decides whether young people may be in it."""

    ages: Ages
    format: str
    link: str = ""
    source: str = ""


def admission() -> UnderEighteen | None:
    """Since when, and who answers for it; none where the programme is for adults."""
    return UnderEighteen.objects.answered().select_related("lead", "by").first()


def admits_minors() -> bool:
    return UnderEighteen.objects.answered().exists()


def youngest() -> int:
    """From which age the programme's groups may be."""
    return YOUNG_FROM_LEAST if admits_minors() else ADULT_FROM


def is_open_to_its_ages(group: Group) -> bool:
    """False for a group that says somebody under 18 may come, where the programme is for adults."""
    return not group.is_young() or admits_minors()


def children_lead() -> Person | None:
    """Who answers for the safety of people under 18."""
    found = admission()
    return found.lead if found else None


def safety_leads(*, now: datetime) -> QuerySet[Person]:
    """Who could be named to answer for people under 18: whoever leads safety."""
    held = acting(now=now).filter(kind=RoleKind.SAFETY_LEAD)
    return Person.objects.filter(roles__in=held, is_active=True).distinct().order_by("pseudonym")


def young_groups() -> QuerySet[Group]:
    """Groups that somebody under 18 may come to and that have not ended, by name."""
    return Group.objects.young().exclude(stage=Stage.ENDED).select_related("site").order_by("name")


def hidden_groups() -> list[Group]:
    """Open groups that nobody finds, because nobody answers for the young people whom they are for."""
    return [] if admits_minors() else list(young_groups().filter(stage=Stage.OPEN))


def setting_of(group: Group) -> Setting:
    return Setting(group.ages, group.format, group.link, group.source)


def age_refusals(wanted: Setting, *, group: Group | None) -> Iterator[tuple[str, str]]:
    """Why a group may not be for these ages: a field and a sentence for each reason.

    `group` is the group as it is kept now, if it is there already.
    """
    # Threat: grown-ups find themselves among children, or children among grown-ups, by one saved page.
    if group is not None and group.is_young() != wanted.ages.is_young and _has_people(group):
        words = _(
            "People belong to this group. Children and adults may not be mixed by a change of age."
            " Please start a new group."
        )
        yield "age_from", words
        return
    if not wanted.ages.is_young:
        return
    if not admits_minors():
        yield (
            "age_from",
            _(
                "Our programme is for adults: a group is from %(adult)d up. Whoever runs the programme can"
                " change that."
            )
            % {"adult": ADULT_FROM},
        )
        return
    yield from _young_refusals(wanted)


def _has_people(group: Group) -> bool:
    # One that was mixed before there was a rule may leave its state, with all who belong to it.
    is_within_rule = group.ages.is_within_rule
    return is_within_rule and Membership.objects.filter(group=group, until_at=None).exists()


def _young_refusals(wanted: Setting) -> Iterator[tuple[str, str]]:
    yield from _band_refusals(wanted.ages)
    if wanted.source:
        words = _(
            "This group comes from a list and is led elsewhere. A group for young people is led by"
            " somebody that we trained."
        )
        yield "age_from", words
    if wanted.format not in WITHOUT_PRIVATE_WORDS:
        words = _(
            "Young people meet in person, by phone, or in our own room. On other services anybody can"
            " write to them alone."
        )
        yield "format", words
    elif wanted.link:
        words = _(
            "A group for young people has no link to another service: anybody could write to them"
            " alone there."
        )
        yield "link", words


def _band_refusals(ages: Ages) -> Iterator[tuple[str, str]]:
    if ages.least < YOUNG_FROM_LEAST:
        words = _(
            "A group for young people starts at %(least)d or later. Below that, a parent has to agree,"
            " and we keep no such word."
        )
        yield "age_from", words % {"least": YOUNG_FROM_LEAST}
    if ages.most is None or ages.most > YOUNG_UNTIL_MOST:
        words = _(
            "Somebody under %(adult)d may come to this group, so it ends at %(most)d at the latest."
            " Children and older adults do not share a group here."
        )
        yield "age_until", words % {"adult": ADULT_FROM, "most": YOUNG_UNTIL_MOST}
