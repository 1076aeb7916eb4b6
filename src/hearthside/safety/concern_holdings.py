"""What safety holds about a person because of concerns and the rota: to be seen, and erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.safety.enums import StepKind, SubjectKind
from hearthside.safety.models import Concern, ConcernStep, Page, Shift, Swap


class ConcernHoldings:
    """A DataHolder for concerns raised, and for shifts and calls of the people on duty.

    A concern about a person is not shown to them: it would tell who raised it, or that somebody did (GDPR
    article 15(4)).
    """

    def held(self, person: Person) -> Sequence[Held]:
        rows = list(_raised(person))
        return [
            Held(
                _("Concerns you raised"),
                _("So that somebody can help, and answer you."),
                rows,
                stays_because=_("Others may still be at risk. It stays without your name until half a year after it was answered.") if rows else "",
                stays_until=max(filter(None, (row[_("Erased on")] for row in rows)), default=None),
            ),
            Held(
                _("When you are on duty"),
                _("So that somebody is there when people call."),
                list(_shifts(person)),
            ),
            Held(
                _("Calls to you"),
                _("To know how long people wait, and to call the next person."),
                list(_calls(person)),
            ),
            Held(
                _("What you wrote as an answer"),
                _("So that whoever raised it can read it. It stays without your name."),
                list(_written(person)),
            ),
        ]  # fmt: skip

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 the Protocol's signature
        # Threat: somebody who scares a person into deleting their account would delete the concern as well.
        Concern.objects.filter(raised_by=person).update(raised_by=None)
        # Of somebody else's concern about them, their name goes.
        Concern.objects.filter(kind=SubjectKind.PERSON, key=person.pk).update(label="")
        Swap.objects.filter(taken_by=person).update(taken_by=None, taken_at=None)
        Shift.objects.filter(person=person).delete()
        Page.objects.filter(person=person).delete()


def _raised(person: Person) -> Iterable[dict[str, Any]]:
    for concern in Concern.objects.filter(raised_by=person).prefetch_related("steps"):
        steps = list(concern.steps.all())
        yield {
            _("About"): concern.name,
            _("How soon"): concern.get_lane_display(),
            _("Sent"): concern.raised_at,
            _("Your words"): "\n".join(
                [concern.words, *(each.words for each in steps if each.kind in _OWN and each.words)]
            ),
            _("How far it is"): concern.get_state_display(),
            _("Answer"): "\n".join(
                each.words for each in steps if each.kind not in _OWN and each.words
            ),
            _("Erased on"): concern.erase_on,
        }


_OWN = (StepKind.ADDED, StepKind.APPEALED)


def _shifts(person: Person) -> Iterable[dict[str, Any]]:
    for shift in Shift.objects.filter(person=person).order_by("from_at"):
        yield {
            _("Day"): shift.day_name,
            _("From"): f"{shift.begins:%H:%M}",
            _("Until"): f"{shift.ends:%H:%M}",
            _("Time zone"): shift.zone,
            _("Since"): shift.from_at,
            _("Ended"): shift.until_at,
        }
    for swap in Swap.objects.filter(taken_by=person).order_by("date"):
        yield {_("Day"): swap.date, _("Taken over"): swap.taken_at}


def _calls(person: Person) -> Iterable[dict[str, Any]]:
    for page in Page.objects.filter(person=person).order_by("called_at"):
        yield {_("Called"): page.called_at, _("You said that you are there"): page.acknowledged_at}


def _written(person: Person) -> Iterable[dict[str, Any]]:
    kinds = (StepKind.SAID, StepKind.CLOSED, StepKind.SETTLED)
    for step in ConcernStep.objects.filter(by=person, kind__in=kinds).order_by("at"):
        yield {_("When"): step.at, _("Your words"): step.words}
