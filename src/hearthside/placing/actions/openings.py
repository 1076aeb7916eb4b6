"""A group that could open becomes a draft, with its hour, for a coordinator to finish."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.finder.enums import Way
from hearthside.groups.actions.groups import open_draft
from hearthside.groups.enums import Format
from hearthside.groups.models import Group
from hearthside.meetings.actions.planning import plan
from hearthside.meetings.models import Series
from hearthside.placing.models import Opening

MINUTES: Final = 90
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FORMATS: Final = {
    Way.IN_PERSON: Format.IN_PERSON,
    Way.ONLINE: Format.ONLINE,
    Way.PHONE: Format.PHONE,
}
# A draft begins to meet when there was time to find a leader and to write to people.
BEGINS_IN: Final = timedelta(weeks=3)


@transaction.atomic
def draft(*, opening: Opening, by: Person, now: datetime) -> Group:
    """A draft that only coordinators see, led by whoever makes it until they name somebody else.

    Making it twice gives the same draft.
    """
    opening = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if opening.group is not None:
        return opening.group
    about = opening.experience.label(opening.language)
    group = open_draft(
        site=opening.run.site,
        leader=by,
        by=by,
        now=now,
        name=_("%(about)s: a new group") % {"about": about},
        summary=_("For people who live with this: %(about)s.") % {"about": about},
        experiences=[opening.experience],
        languages=[opening.language] if opening.language else [],
        format=FORMATS.get(Way(opening.way), Format.IN_PERSON),
        locality=opening.place,
    )
    _meet_weekly(group, opening, now)
    opening.group = group
    opening.save(update_fields=["group"])
    return group


def _meet_weekly(group: Group, opening: Opening, now: datetime) -> None:
    begins = now.astimezone(ZoneInfo(opening.zone)) + BEGINS_IN
    day = begins + timedelta(days=(opening.weekday - begins.weekday()) % 7)
    hour, minute = divmod(opening.minute, 60)
    series = Series.objects.create(
        group=group,
        starts_local=f"{day:%Y-%m-%d}T{hour:02d}:{minute:02d}",
        zone=opening.zone,
        minutes=MINUTES,
        rule=f"FREQ=WEEKLY;BYDAY={DAYS[opening.weekday]}",
    )
    plan(series=series, now=now)
