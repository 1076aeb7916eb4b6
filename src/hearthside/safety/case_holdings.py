"""What cases hold about a person: what they did in them, their questions, and how to ask for the rest."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.safety.enums import CaseAct
from hearthside.safety.models import CaseAccess, CaseLook, LogQuestion


class CaseHoldings:
    """A DataHolder for cases.

    Whether there is a case about somebody stands on no page of theirs: it would tell them that somebody spoke
    up (GDPR article 15(4)). They can ask (`LogQuestion`), and a person decides what can be told. When they
    leave, the case stays without the tie to their account, until it is erased: others may still be at risk.
    That somebody once tried to read a case and was not let in is left out for the same reason: whoever has
    the address, such as from a screen they saw, would find here that there is something.
    """

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("What you did in safety cases"),
                _("So that whoever a case is about can be told who looked. Your name goes with your account."),
                [
                    {_("What"): look.get_act_display(), _("When"): look.at}
                    for look in CaseLook.objects.filter(person=person)
                    .exclude(act=CaseAct.REFUSED)
                    .order_by("at")
                ],
            ),
            Held(
                _("When you asked who looked at safety records about you"),
                _("So that a person answers you. You can always ask again."),
                [
                    {_("Asked"): one.asked_at, _("Answer"): one.answer}
                    for one in LogQuestion.objects.filter(person=person).order_by("asked_at")
                ],
            ),
        ]  # fmt: skip

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002
        LogQuestion.objects.filter(person=person).delete()
        CaseAccess.objects.filter(person=person).delete()
