"""What a meeting's page shows of the search for somebody who leads: one's own part, and what there is instead."""

from datetime import datetime

from hearthside.accounts.models import Person
from hearthside.groups.queries.rights import Reader
from hearthside.meetings.enums import RungKind
from hearthside.meetings.models import Climb, Duty, Meeting
from hearthside.meetings.queries.duties import own_duty_at
from hearthside.meetings.queries.havens import offers_to


def standing(
    person: Reader, meeting: Meeting, duty: Duty | None, *, now: datetime
) -> dict[str, object]:
    """Values for the page: `own_duties` for whoever is asked; where nobody could lead, what else."""
    shown: dict[str, object] = {"own_duties": [], "is_unled": False}
    if not isinstance(person, Person):
        return shown
    if duty is not None:
        shown["own_duties"] = own_duty_at(person, meeting, now=now)
    if meeting.is_cancelled():
        ends = Climb.objects.ends().filter(meeting=meeting).exclude(rung=RungKind.LED)
        shown["is_unled"] = ends.exists()
    if shown["is_unled"]:
        following = Meeting.objects.standing().filter(
            group=meeting.group, starts_at__gt=max(now, meeting.starts_at)
        )
        shown["offers"] = offers_to(person, meeting, now=now)
        shown["following"] = following.order_by("starts_at").first()
    return shown
