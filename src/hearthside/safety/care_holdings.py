"""What aftercare holds about a person: offers, answers, and whether somebody was in touch."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.safety.models import Care, CheckIn


class CareHoldings:
    """A DataHolder for aftercare; what was said is kept nowhere."""

    def held(self, person: Person) -> Sequence[Held]:
        about = CheckIn.objects.filter(Q(care__person=person) | Q(care__keeper=person))
        return [
            Held(
                _("Times at which somebody asked how you are, or you asked somebody"),
                _("So that nobody is forgotten. Erased after three months."),
                [
                    {
                        _("Who was in touch"): str(one.care.keeper),
                        _("With"): str(one.care.person),
                        _("When"): one.due_at,
                        _("What"): one.get_outcome_display(),
                    }
                    for one in about.select_related("care__keeper", "care__person")
                ],
            )
        ]

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002
        Care.objects.filter(Q(person=person) | Q(keeper=person)).delete()
