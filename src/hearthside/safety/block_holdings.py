"""What is held about a person's blocks and mutes: their own list, erased with either of the two."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.safety.models import Block


class BlockHoldings:
    """A DataHolder for whom somebody blocked or muted.

    Who blocked the person is not among it: it would tell them whom to be angry with, and the right to see
    one's data ends where it harms another (GDPR article 15(4)).
    """

    def held(self, person: Person) -> Sequence[Held]:
        own = Block.objects.of(person).select_related("other").order_by("from_at")
        return [
            Held(
                _("People you blocked or muted"),
                _("So that you need not read them, and are not put into a group with those you blocked."),
                [
                    {
                        _("Pseudonym"): str(one.other),
                        _("What"): one.get_kind_display(),
                        _("From"): one.from_at,
                        _("Until"): one.until_at,
                    }
                    for one in own
                ],
            )
        ]  # fmt: skip

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002
        Block.objects.filter(Q(owner=person) | Q(other=person)).delete()
