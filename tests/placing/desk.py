"""Shorthands of the tests of a coordinator's side: a site with groups, people who wait, a run worked out."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from hearthside.accounts.models import Person
from hearthside.finder.search import Search
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Experience, Group, Site
from hearthside.placing.actions import runs
from hearthside.placing.choices import Choices
from hearthside.placing.models import Request, Run
from hearthside.placing.queries import problems, trials
from hearthside.placing.queries.problems import Case
from tests import world
from tests.finder.town import experience
from tests.placing import people
from tests.world import NOW

QUICK = Choices(seconds=30)


def words() -> None:
    """A small vocabulary: two branches with two things each, and one finer word."""
    experience("addiction", "Addiction")
    experience("alcohol", "Alcohol", parent="addiction")
    experience("gambling", "Gambling", parent="addiction")
    experience("grief", "Grief and loss")
    experience("grief-parent", "Death of a parent", parent="grief")
    experience("grief-mother", "Death of a mother", parent="grief-parent")


def group(site: Site, name: str = "Thursday, sober", *about: str, **fields: Any) -> Group:
    """An open group of the site that meets tomorrow evening, with one member or more."""
    sitting = fields.pop("sitting", 4)
    made = world.group(name, site=site, **{"size_min": 3, "size_max": 8, **fields})
    made.experiences.set(Experience.objects.filter(slug__in=about or ("alcohol",)))
    world.meeting(made)
    for _number in range(sitting):
        world.member(made)
    return made


def waits(
    site: Site, *about: str, weeks: int = 0, who: Person | None = None, **told: Any
) -> Request:
    """Somebody who has waited so long for a group about this."""
    search = Search(about=about or ("alcohol",), **told.pop("search", {}))
    person = people.agreeing(who)
    people.wish(person, search=search, **{"is_new": False, **told})
    return people.waiting(site, person, since=NOW - timedelta(weeks=weeks, minutes=1))


def case_at(site: Site, *, choices: Choices = QUICK, now: datetime = NOW) -> Case:
    return problems.case_of(site, choices, now=now)


def run_at(site: Site, *, choices: Choices = QUICK, now: datetime = NOW) -> Run:
    """A run of the site that is done, by the real engine."""
    made = Run.objects.create(site=site, asked_at=now, settings=choices.packed())
    assert runs.begin(run=made, now=now)
    outcome = trials.work_out(site, choices, now=now)
    return runs.finish(run=made, outcome=outcome, now=now)


def coordinator(site: Site) -> Client:
    """The browser of somebody who coordinates the site."""
    return world.browser(world.role(RoleKind.COORDINATOR, site=site))
