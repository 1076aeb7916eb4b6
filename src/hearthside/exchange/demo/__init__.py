"""The demonstration programme: made up, laid around the present day, and kept lively."""

from datetime import datetime

from django.db import transaction

from hearthside.exchange.demo import (
    duty,
    groups,
    life,
    lines,
    people,
    rooms,
    stepping_in,
    training,
    waiting,
)
from hearthside.groups.actions.experiences import seed_vocabulary
from hearthside.groups.models import Programme
from hearthside.meetings.actions.planning import plan_running


def load(*, now: datetime) -> None:
    """Make the demonstration in an empty installation; where it is, bring it up to date.

    Most of the time that is next to nothing: there is always a room to walk into, and only a
    demonstration left alone for a week gets new seats everywhere.
    """
    with transaction.atomic():
        if not Programme.objects.exists():
            seed_vocabulary()
            sites = groups.open_sites()
            everyone = people.bring(sites=sites, now=now)
            groups.open_groups(sites=sites, people=everyone, now=now)
            training.train(people=everyone, now=now)
            people.join(people=everyone, now=now)
            waiting.wait(sites=sites, people=everyone, now=now)
            lines.check(people=everyone, now=now)
            duty.stand_by(people=everyone, now=now)
            stepping_in.stand_ready(sites=sites, people=everyone, now=now)
        is_stale = life.is_stale(now=now)
        rooms.keep_open(now=now)
        if not is_stale:
            return
        plan_running(now=now)
        life.fill(now=now)
        life.surprise(now=now)
        stepping_in.fill_the_chair(now=now)
