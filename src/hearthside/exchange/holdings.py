"""What exchange holds about a person: to be seen, and to be erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.exchange.models import CalendarLink, Import


class ExchangeHoldings:
    """A DataHolder for calendar addresses, and for lists that the person brought in."""

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Addresses of your calendar"),
                _("So that your own calendar can show your meetings."),
                list(_links(person)),
            ),
            Held(
                _("Lists of groups you brought in"),
                _("So that it is known who changed a group, and the change can be undone."),
                list(_imports(person)),
            ),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 the Protocol's signature
        """The addresses go; the imports stay, since groups rest on them, and forget who made them."""
        CalendarLink.objects.of(person).delete()
        Import.objects.filter(read_by=person).update(read_by=None)
        Import.objects.filter(applied_by=person).update(applied_by=None)
        Import.objects.filter(undone_by=person).update(undone_by=None)


def _links(person: Person) -> Iterable[dict[str, Any]]:
    for link in CalendarLink.objects.of(person):
        yield {
            _("Since"): link.from_at,
            _("Revoked"): link.until_at,
            _("Says only “Appointment”"): link.is_discreet,
            _("Last read"): link.last_read_at,
        }


def _imports(person: Person) -> Iterable[dict[str, Any]]:
    mine = Q(read_by=person) | Q(applied_by=person) | Q(undone_by=person)
    for reading in Import.objects.filter(mine):
        yield {
            _("List"): reading.source,
            _("Read"): reading.read_at,
            _("Applied"): reading.applied_at,
            _("Undone"): reading.undone_at,
        }
