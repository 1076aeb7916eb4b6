"""What safety holds about a person: erased with them, and with good reason not shown to them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.safety.models import KeepApart, Line, Verification


class SafetyHoldings:
    """A DataHolder for pairs who are kept apart.

    A row about two people is shown to neither. Even its bare existence would tell one of them that
    somebody asked for protection from them, and a date or a reason would tell who and why: the right to
    see one's data ends where it harms another (GDPR article 15(4)). It goes with either account,
    so whoever leaves takes it along. Those who wrote such rows see that they did, and when, without names:
    their own list may be opened on a screen that others look at.
    """

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Decisions you made to keep people apart"),
                _("So that it is known who decided. Your name goes with your account."),
                list(_decisions(person)),
            ),
            Held(
                _("Crisis lines you checked or wrote"),
                _(
                    "So that it is known that two different people did. Your name goes with your account."
                ),
                [*_checked(person), *_written(person)],
            ),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002
        """Every pair that the person is one of goes at once."""
        KeepApart.objects.of(person).delete()


def _decisions(person: Person) -> Iterable[dict[str, Any]]:
    for held in KeepApart.objects.filter(by=person).order_by("from_at"):
        yield {_("From"): held.from_at, _("Until"): held.until_at}


def _checked(person: Person) -> Iterable[dict[str, Any]]:
    for said in Verification.objects.filter(by=person).order_by("from_at"):
        yield {
            _("Line"): said.told,
            _("What you found"): said.get_outcome_display(),
            _("What you heard"): said.heard,
            _("When"): said.from_at,
        }


def _written(person: Person) -> Iterable[dict[str, Any]]:
    for row in Line.objects.filter(by=person).order_by("from_at"):
        yield {_("Line"): f"{row.name} {row.number}", _("When"): row.from_at}
