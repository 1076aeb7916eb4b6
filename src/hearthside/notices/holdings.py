"""What notices holds about a person: letters written to them, and kinds they stopped."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.notices.models import Letter, Unsubscription


class NoticeHoldings:
    """A DataHolder for letters."""

    def held(self, person: Person) -> Sequence[Held]:
        letters = [
            {
                _("Subject"): letter.subject,
                _("Text"): letter.text,
                _("Written"): letter.written_at,
                _("Sent"): letter.sent_at,
                _("Not sent because"): letter.dropped_because,
            }
            for letter in Letter.objects.filter(person=person).order_by("-written_at")
        ]
        stopped = [
            {_("Kind"): stop.get_kind_display(), _("Since"): stop.since}
            for stop in Unsubscription.objects.filter(person=person)
        ]
        return [
            Held(
                _("E-mails to you"),
                _("To send each once, and not twice. They go 90 days after sending."),
                letters,
            ),
            Held(_("E-mails you stopped"), _("So that they stay stopped."), stopped),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 the Protocol's signature
        Letter.objects.filter(person=person).delete()
        # "Robin looks out for newcomers": what others were told of them has been read, and need not stay.
        told = Letter.objects.filter(text__icontains=person.pseudonym)
        told.exclude(sent_at=None, dropped_at=None).update(text="", html="")
        Unsubscription.objects.filter(person=person).delete()
