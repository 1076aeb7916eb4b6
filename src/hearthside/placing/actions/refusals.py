"""Why a place is not offered, or not taken; each says so in a sentence for whoever asked."""

from typing import ClassVar

from django.utils.translation import gettext as _

from hearthside.meetings.actions.refusals import Refusal
from hearthside.placing import wording


class NotInvited(Refusal):
    """Somebody was not invited; `code` is what a run keeps of it."""

    code: ClassVar[str]

    def sentence(self) -> str:
        return wording.refused_words(self.code)


class PlaceNotOffered(NotInvited):
    """Threat: were each reason told, a coordinator would learn when somebody there is the reason."""

    code = wording.GONE


class GroupIsFull(PlaceNotOffered):
    """Every seat is taken or kept for somebody."""


class AlreadyOffered(NotInvited):
    code = "offered"


class AlreadyBelongs(NotInvited):
    code = "belongs"


class SaidNo(NotInvited):
    code = "said_no"


class YouSaidNotThisGroup(NotInvited):
    code = "forbidden"


class NobodyWaits(NotInvited):
    code = "waits_no_more"


class TakesNobody(PlaceNotOffered):
    """The group is not open to anybody new."""


class KeptApart(PlaceNotOffered):
    """Somebody sits or leads there whom the person must not meet."""


class PlaceIsGone(Refusal):
    """Said to the person alike whatever the reason is, so that the reason cannot be guessed."""

    def sentence(self) -> str:
        return _(
            "We are sorry, this place cannot be taken any more. It is nothing you did. "
            "You keep waiting, and we keep looking."
        )


class TooLateToUndo(Refusal):
    def sentence(self) -> str:
        return _("It is too late to undo that.")


class NotThatCode(Refusal):
    """Wrong, used, too old or one's own: alike, so that guessing teaches nothing."""

    def sentence(self) -> str:
        return _(
            "We do not know these words. Please ask for them once more, and look at each letter."
        )


class AlreadyTogether(Refusal):
    def sentence(self) -> str:
        return _("You are going together already.")


class TooManyTogether(Refusal):
    def sentence(self) -> str:
        return _(
            "At most four people can go together, so that a group with room for all can be found."
        )


class NotAgreed(Refusal):
    def sentence(self) -> str:
        return _("We may not keep that you wait for a group unless you agree.")


def code_of(*, refusal: Refusal) -> str:
    """What a run keeps of a refusal; of one that is no page's business, that the place is gone."""
    return refusal.code if isinstance(refusal, NotInvited) else wording.GONE
