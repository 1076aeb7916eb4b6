"""Limits of load: one's own, the programme's, and the reason where somebody is asked for more."""

from datetime import datetime

from hearthside.accounts.models import Person
from hearthside.groups.models import Group, LoadLimit, LoadOverride, Programme


def set_own(*, person: Person, groups: int, meetings: int, now: datetime) -> LoadLimit:
    """At most so many groups, and meetings in a week; what is more than the programme's counts as that."""
    kept, _is_new = LoadLimit.objects.update_or_create(
        person=person, defaults={"groups": groups, "meetings": meetings, "changed_at": now}
    )
    return kept


def set_for_all(*, programme: Programme, groups: int, meetings: int) -> None:
    """The most that anybody is asked to lead without a reason."""
    programme.load_groups, programme.load_meetings = groups, meetings
    programme.save(update_fields=["load_groups", "load_meetings"])


def override(
    *, person: Person, group: Group, by: Person, because: str, now: datetime
) -> LoadOverride:
    """Write down why somebody leads more than they want to; they can read it."""
    return LoadOverride.objects.create(person=person, group=group, by=by, because=because, at=now)
