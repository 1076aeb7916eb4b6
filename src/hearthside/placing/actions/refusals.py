"""Why a place is not offered, or not taken; each says so in a sentence for whoever asked."""

from django.utils.translation import gettext as _

from hearthside.meetings.actions.refusals import Refusal


class PlaceNotOffered(Refusal):
    """Threat: were each reason told, a coordinator would learn when somebody there is the reason."""

    def sentence(self) -> str:
        return _("This place cannot be offered any more. The next run looks again.")


class GroupIsFull(PlaceNotOffered):
    """Every seat is taken or kept for somebody."""


class AlreadyOffered(Refusal):
    def sentence(self) -> str:
        return _("They have been offered a place and have not answered yet.")


class AlreadyBelongs(Refusal):
    def sentence(self) -> str:
        return _("They belong to this group already.")


class SaidNo(Refusal):
    def sentence(self) -> str:
        return _("They said no to this group, so it is not offered to them again.")


class NobodyWaits(Refusal):
    def sentence(self) -> str:
        return _("They do not wait any more.")


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
        return _("You are going with somebody already. Undo that first.")


class NotAgreed(Refusal):
    def sentence(self) -> str:
        return _("We may not keep that you wait for a group unless you agree.")
