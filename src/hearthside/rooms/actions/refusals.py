"""Why an action in rooms is refused; each says so in a sentence for the person who asked."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Refusal(Exception, ABC):
    """An action that may not happen; `str()` is a sentence for the page."""

    @abstractmethod
    def sentence(self) -> str:
        """What the person who asked is told."""

    def __str__(self) -> str:
        return self.sentence()


class RoomIsClosed(Refusal):
    def sentence(self) -> str:
        return _("This room is closed.")


class MeetingHasNotBegun(Refusal):
    def sentence(self) -> str:
        return _("The meeting has not begun yet. Begin it first.")


class TooFewToBegin(Refusal):
    """`here` people are in the room, and the group wants at least `wanted`."""

    def __init__(self, *, here: int, wanted: int) -> None:
        super().__init__(here, wanted)
        self.here, self.wanted = here, wanted

    def sentence(self) -> str:
        return ngettext(
            "%(here)d person is here, and this group begins with %(wanted)d."
            " You can wait, or begin anyway.",
            "%(here)d people are here, and this group begins with %(wanted)d."
            " You can wait, or begin anyway.",
            self.here,
        ) % {"here": self.here, "wanted": self.wanted}


class NotYourTurn(Refusal):
    def sentence(self) -> str:
        return _("It is not your turn at the moment. You can raise your hand.")


class TurnIsTaken(Refusal):
    def sentence(self) -> str:
        return _("You have the turn already.")


class TurnIsOnlyOffered(Refusal):
    def sentence(self) -> str:
        return _("The turn is offered to you. Take it first, or pass.")


class NoRoundIsOn(Refusal):
    def sentence(self) -> str:
        return _("Talk is free at the moment, so there are no turns. Begin a round first.")


class NobodyHasTheTurn(Refusal):
    def sentence(self) -> str:
        return _("Nobody has the turn at the moment.")


class NoTimeIsSet(Refusal):
    def sentence(self) -> str:
        return _("This round has no time limit, so nobody needs more time.")


class NotHere(Refusal):
    """Somebody that the tap names is not in the room now."""

    def sentence(self) -> str:
        return _("They are not here at the moment.")


class NotAFacilitator(Refusal):
    def sentence(self) -> str:
        return _("Only a facilitator of this group can lead the meeting.")


class LeadIsHere(Refusal):
    """`name` leads the meeting and is present."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def sentence(self) -> str:
        return _("%(name)s leads this meeting and is here. They can hand it to you.") % {
            "name": self.name
        }


class LeadStays(Refusal):
    """The person who leads the meeting is not asked outside."""

    def sentence(self) -> str:
        return _("They lead this meeting. Somebody else has to lead it first.")


class FacilitatorStays(Refusal):
    """Whoever keeps the room safe without facilitating it does not ask a facilitator outside."""

    def sentence(self) -> str:
        return _("Only another facilitator can ask a facilitator to wait outside.")


class NotYourself(Refusal):
    def sentence(self) -> str:
        return _("You can leave the room yourself at any time.")


class WordIsTaken(Refusal):
    """Another facilitator has come to this private word already."""

    def sentence(self) -> str:
        return _("Another facilitator is with them already.")


class NobodyElseIsHere(Refusal):
    """Nobody else in the room holds a role in this meeting."""

    def sentence(self) -> str:
        return _("Nobody else who leads this meeting or keeps it safe is here right now.")


class AskedAlready(Refusal):
    """The member is in a private word, or is asked to one. Which of the two, and by whom, is theirs to know."""

    def sentence(self) -> str:
        return _("They are asked already, or somebody is with them. Look again in a moment.")


class CallIsOver(Refusal):
    def sentence(self) -> str:
        return _("Thank you. You are not needed there any more.")


class MemberIsNotThere(Refusal):
    """Only who sits with a member asks to be in touch with them."""

    def sentence(self) -> str:
        return _("They have not come yet. You can ask them when they are with you.")


class QuestionIsOver(Refusal):
    def sentence(self) -> str:
        return _("This is over. You can ask for a private word at any time.")


class NothingToReport(Refusal):
    def sentence(self) -> str:
        return _("Choose at least one message to show us.")


class TooManyMessages(Refusal):
    """`most` is how many messages one report may hold."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    def sentence(self) -> str:
        return _("You can show us %(most)d messages at a time. Please choose fewer.") % {
            "most": self.most
        }


class TooManyWords(Refusal):
    """`most` is how many letters a text may have."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    def sentence(self) -> str:
        return _("Please write a little less: %(most)d letters at most.") % {"most": self.most}


class MessagesAreMalformed(Refusal):
    """`which` are the places, from 0, of those that are no messages of a room at all."""

    def __init__(self, which: Sequence[int]) -> None:
        super().__init__(tuple(which))
        self.which = tuple(which)

    def sentence(self) -> str:
        return ngettext(
            "We can't read one of these messages, so nothing was sent. You can leave it out and"
            " send the others.",
            "We can't read some of these messages, so nothing was sent. You can leave them out and"
            " send the others.",
            len(self.which),
        )


class AlreadyAnswered(Refusal):
    def sentence(self) -> str:
        return _("Somebody has answered this already.")


class DoorIsNotOpenYet(Refusal):
    def sentence(self) -> str:
        return _("The door is not open yet.")


class DoorIsClosed(Refusal):
    def sentence(self) -> str:
        return _("The meeting has begun, and the door is closed. You are welcome next time.")


class MustAcceptGroundRules(Refusal):
    def sentence(self) -> str:
        return _("Please read the ground rules and say yes to them for today.")


class GroundRulesHaveChanged(Refusal):
    def sentence(self) -> str:
        return _("The ground rules have just changed. Please read them again.")


class KeptOutside(Refusal):
    def sentence(self) -> str:
        return _("You can't come in at the moment.")


class NotConnected(Refusal):
    """Whoever taps has not been seen in the room yet."""

    def sentence(self) -> str:
        return _("You are not connected to the room yet. Please try again in a moment.")


class DeviceIsTaken(Refusal):
    """The id that a browser chose belongs to another device."""

    def sentence(self) -> str:
        return _("This browser could not be made known. Please sign out, and in again.")


class TooManyReports(Refusal):
    def sentence(self) -> str:
        return _("We have several reports from you already, and somebody looks at them. Please try again in an hour.")  # fmt: skip
