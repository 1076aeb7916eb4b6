"""What meetings holds of the time after them: answers of those who led, and calls they asked for."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.meetings.models import CallAsked, Debrief
from hearthside.meetings.queries.debrief import own_debriefs


class AfterwardsHoldings:
    """A DataHolder for debriefs and calls."""

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Your answers after meetings that you led or helped at"),
                _("For you alone, so that you see when it gets too much."),
                list(_debriefs(person)),
            ),
            Held(
                _("Calls you asked for"),
                _("So that somebody calls you."),
                list(_calls(person)),
            ),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 every holder is told when
        """All of it goes at once."""
        Debrief.objects.filter(person=person).delete()
        CallAsked.objects.filter(person=person).delete()


def _debriefs(person: Person) -> Iterable[dict[str, Any]]:
    for held in own_debriefs(person):
        yield {
            _("Group"): held.meeting.group.name,
            _("Meeting"): held.meeting.starts_at,
            _("How heavy, from 1 to 5"): held.weight,
            _("Needs a person"): held.needs_person,
            _("Erased on"): held.erase_on,
        }


def _calls(person: Person) -> Iterable[dict[str, Any]]:
    for held in CallAsked.objects.filter(person=person).select_related("group", "taken_by"):
        yield {
            _("Group"): held.group.name,
            _("Asked"): held.asked_at,
            _("Who"): held.get_of_display(),
            _("How to reach you"): held.reach,
            _("Taken by"): str(held.taken_by or ""),
            _("Done"): held.done_at,
        }
