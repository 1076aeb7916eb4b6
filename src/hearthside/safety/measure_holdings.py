"""What measures and appeals hold about a person: shown to them whole but for the note, and erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.safety.actions import measures as actions
from hearthside.safety.models import Appeal, Flag, Look, Measure
from hearthside.safety.queries.measures import MeasureLine, lines, rows


class MeasureHoldings:
    """A DataHolder for what was decided about a person, and by them.

    Everything is shown but the note for colleagues. It says who told what to whom: shown to the person it
    is about, it would put those who spoke up at risk (GDPR article 15(4)). The reason, the words for them
    and the names of nobody else are theirs to read anyway, on their own page.
    """

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Decisions about your place"),
                _("So that it is known what counts for you, and that you could say it is wrong. Erased a year after it ended."),
                list(_about(person)),
            ),
            Held(
                _("Decisions about others that you made, signed or looked at again"),
                _("So that it is known who decided. Your name goes with your account."),
                list(_by(person)),
            ),
            Held(
                _("People about whom you told us quietly"),
                _("So that somebody looks when several people say the same. Erased after three months."),
                list(_flagged(person)),
            ),
        ]  # fmt: skip

    def erase(self, person: Person, *, now: datetime) -> None:
        """Doors that were closed open in nobody's name, and all of it goes."""
        for one in Measure.objects.in_force(now=now).of(person):
            actions.end(measure=one, by=None, now=now)
        Measure.objects.of(person).delete()


def _about(person: Person) -> Iterable[dict[str, Any]]:
    line: MeasureLine
    for line in lines(rows().of(person).order_by("from_at"), now=timezone.now()):
        yield {
            _("What"): line.measure.get_kind_display(),
            _("Group"): line.place,
            _("Why"): line.measure.get_reason_display(),
            _("What you read"): line.measure.told,
            _("From"): line.measure.from_at,
            _("Until"): line.measure.until_at,
            _("What you wrote"): line.appeal.words if line.appeal else "",
            _("Answer"): line.appeal.answer if line.appeal else "",
        }


def _flagged(person: Person) -> Iterable[dict[str, Any]]:
    for flag in Flag.objects.filter(by=person).select_related("about").order_by("at"):
        yield {
            _("Pseudonym"): str(flag.about),
            _("Why"): flag.get_reason_display(),
            _("When"): flag.at,
        }


def _by(person: Person) -> Iterable[dict[str, Any]]:
    decided = Q(by=person) | Q(signed_by=person) | Q(ended_by=person)
    for one in Measure.objects.filter(decided).order_by("from_at"):
        yield {
            _("What"): one.get_kind_display(),
            _("From"): one.from_at,
            _("Until"): one.until_at,
            _("What they read"): one.told if one.by_id == person.pk else "",
            _("Note for colleagues"): one.note if one.by_id == person.pk else "",
        }
    for appeal in Appeal.objects.filter(answered_by=person).order_by("answered_at"):
        yield {
            _("What"): _("An answer to somebody"),
            _("From"): appeal.answered_at,
            _("Until"): None,
            _("What they read"): appeal.answer,
            _("Note for colleagues"): "",
        }
    for look in Look.objects.filter(looked_by=person).order_by("looked_at"):
        yield {
            _("What"): look.get_outcome_display(),
            _("From"): look.looked_at,
            _("Until"): None,
            _("What they read"): "",
            _("Note for colleagues"): look.words,
        }
