"""What groups holds about people who lead: their training, and how they are cared for; to be seen, and erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.groups.models import (
    LoadLimit,
    LoadOverride,
    ModuleWork,
    Observation,
    Shield,
    SignOff,
    Supervision,
    Vetting,
)
from hearthside.groups.queries.shield import days_words


class FacilitatorHoldings:
    """A DataHolder for training, and for how people who lead are cared for."""

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Training to lead a group"),
                _(
                    "So that nobody leads unprepared. Of your answers, only the right ones are kept."
                ),
                list(_works(person)),
            ),
            Held(
                _("What others wrote for your training"),
                _("So that it is known who said that you may lead, and until when."),
                list(_written_for(person)),
            ),
            Held(
                _("What you wrote or signed for others' training"),
                _("So that they know who said it. Your name goes with your account."),
                list(_written_by(person)),
            ),
            Held(
                _("Your hours, your limits, and when you were asked for more"),
                _("So that leading does not take more than you want to give."),
                list(_care(person)),
            ),
            Held(
                _("Supervision notes between you and one other person"),
                _(
                    "So that you can think with somebody. Only you two read them; each goes after a year."
                ),
                list(_notes(person)),
            ),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 every holder is told when
        """All of it goes at once. What they wrote for others stays with those, without a name."""
        ModuleWork.objects.filter(person=person).delete()
        Observation.objects.filter(person=person).delete()
        Vetting.objects.filter(person=person).delete()
        SignOff.objects.of(person).delete()
        for model in (Shield, LoadLimit, LoadOverride):
            model._default_manager.filter(person=person).delete()  # noqa: SLF001 Django's public way to a model
        # With the notes of both: they are about this person, or by them.
        Supervision.objects.between(person).delete()


def _works(person: Person) -> Iterable[dict[str, Any]]:
    for work in ModuleWork.objects.filter(person=person).order_by("begun_at"):
        yield {
            _("Module"): work.module,
            _("Version"): work.version,
            _("Begun"): work.begun_at,
            _("Right so far"): len(work.right),
            _("Done"): work.passed_at,
        }


def _written_for(person: Person) -> Iterable[dict[str, Any]]:
    for seen in Observation.objects.filter(person=person).select_related("by"):
        points = "; ".join(words for words, is_met in seen.points() if is_met)
        yield _row(_("A session, seen"), seen.by, seen.held_on, f"{points}. {seen.words}")
    for vetting in Vetting.objects.filter(person=person).select_related("by"):
        words = vetting.get_outcome_display()
        yield _row(_("Vetting"), vetting.by, vetting.decided_on, words)
    for signed in SignOff.objects.of(person).select_related("by"):
        words = f"{signed.get_basis_display()} {signed.course}".strip()
        yield {**_row(_("Sign-off"), signed.by, signed.from_at, words), _("Until"): signed.until_at}


def _written_by(person: Person) -> Iterable[dict[str, Any]]:
    for seen in Observation.objects.filter(by=person):
        yield {
            _("What"): _("A session, seen"),
            _("When"): seen.written_at,
            _("Text"): seen.words,
        }
    for vetting in Vetting.objects.filter(by=person):
        yield {_("What"): _("Vetting"), _("When"): vetting.written_at}
    for signed in SignOff.objects.filter(by=person).exclude(person=person):
        yield {_("What"): _("Sign-off"), _("When"): signed.from_at}


def _care(person: Person) -> Iterable[dict[str, Any]]:
    for shield in Shield.objects.filter(person=person):
        hours = f"{days_words(shield.days)} {shield.from_hour}-{shield.until_hour}"
        words = f"{shield.get_contact_display()}; {hours}" if shield.days else str(shield)
        yield {_("What"): _("Between meetings"), _("When"): shield.changed_at, _("Words"): words}
    for limit in LoadLimit.objects.filter(person=person):
        yield {
            _("What"): _("Groups and meetings a week, at most"),
            _("When"): limit.changed_at,
            _("Words"): str(limit),
        }
    for more in LoadOverride.objects.filter(person=person).select_related("by"):
        yield _row(_("Asked for more"), more.by, more.at, more.because)


def _notes(person: Person) -> Iterable[dict[str, Any]]:
    for held in Supervision.objects.between(person).select_related("person", "supervisor"):
        other = held.supervisor if held.person == person else held.person
        yield _row(_("Supervision"), other, held.from_at, "")
        for note in held.notes.select_related("by").order_by("written_at"):
            yield _row(_("A note"), note.by, note.written_at, note.text)


def _row(what: str, by: Person | None, when: Any, words: str) -> dict[str, Any]:
    return {_("What"): what, _("Who"): str(by or ""), _("When"): when, _("Words"): words}
