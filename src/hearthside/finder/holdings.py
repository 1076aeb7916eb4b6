"""What the finder holds about a person: to be seen, erased, and forgotten when they take a consent back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.finder import ports
from hearthside.finder.models import Impression, Weighting, Wish
from hearthside.finder.queries.wishes import chips_of, reader_language


class FinderHoldings:
    """A DataHolder for the kept search, how visits felt, and weights that the person set."""

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("The search you keep"),
                _("So that you need not say it again, and a place can be found for you."),
                list(_wishes(person)),
            ),
            Held(
                _("How visits felt to you"),
                _("Only for your own suggestions. Nobody else can read it."),
                list(_impressions(person)),
            ),
            Held(
                _("Changes you made to how groups are ranked"),
                _("So that it is known who decided. Your name goes with your account."),
                list(_weightings(person)),
            ),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:
        """All of it goes at once."""
        _forget(person, now)


def forget_what_was_told(person: Person, *, purpose: Purpose, now: datetime) -> None:
    """Without consent to keep what may tell of their health, there is no wish and no impression."""
    if purpose == Purpose.HEALTH:
        _forget(person, now)


def _forget(person: Person, now: datetime) -> None:
    ports.wish_ends(person, now)
    Wish.objects.filter(person=person).delete()
    Impression.objects.filter(person=person).delete()


def _wishes(person: Person) -> Iterable[dict[str, Any]]:
    for held in Wish.objects.filter(person=person).select_related("main"):
        yield {
            _("Looking for"): ", ".join(chip.words for chip in chips_of(held, reader_language())),
            _("What matters most"): held.main.label() if held.main else "",
            _("New to such groups"): held.is_new,
            _("Time zone"): held.zone,
            _("Kept"): held.kept_at,
            _("Changed"): held.changed_at,
        }


def _impressions(person: Person) -> Iterable[dict[str, Any]]:
    said = Impression.objects.filter(person=person).select_related("meeting__group")
    for held in said.order_by("at"):
        yield {
            _("Group"): held.meeting.group.name,
            _("Meeting"): held.meeting.starts_at,
            _("How it felt"): held.get_felt_display(),
            _("Said"): held.at,
        }


def _weightings(person: Person) -> Iterable[dict[str, Any]]:
    for held in Weighting.objects.filter(by=person):
        yield {_("When"): held.at}
