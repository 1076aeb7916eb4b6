"""Say how a visit felt, in one tap, and take it back in another."""

from datetime import datetime

from hearthside.finder.enums import Felt
from hearthside.finder.models import Impression
from hearthside.meetings.models import Attendance


def say(*, visit: Attendance, felt: Felt, now: datetime) -> Impression:
    """How the visit felt to the person whose visit it is; a second answer takes the place of the first."""
    said, _is_first = Impression.objects.update_or_create(
        person_id=visit.person_id,
        meeting_id=visit.meeting_id,
        defaults={"group_id": visit.meeting.group_id, "felt": felt, "at": now},
    )
    return said


def take_back(*, visit: Attendance) -> None:
    """Nothing was said; the question stands again."""
    Impression.objects.filter(person=visit.person_id, meeting=visit.meeting_id).delete()
