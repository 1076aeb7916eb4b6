"""Why an action on meetings is refused; each says so in a sentence for the person who asked."""

from abc import ABC, abstractmethod

from django.utils.translation import gettext as _

from hearthside.meetings.models import Meeting


class Refusal(Exception, ABC):
    """An action that may not happen; `str()` is a sentence for the page."""

    @abstractmethod
    def sentence(self) -> str:
        """What the person who asked is told."""

    def __str__(self) -> str:
        return self.sentence()


class MeetingIsOver(Refusal):
    def sentence(self) -> str:
        return _("This meeting is over.")


class MeetingIsCancelled(Refusal):
    def sentence(self) -> str:
        return _("This meeting is cancelled.")


class HasNoRoom(Refusal):
    def sentence(self) -> str:
        return _("This group does not meet in a room here. How to join is on this page.")


class GroupIsResting(Refusal):
    def sentence(self) -> str:
        return _("This group is not meeting at the moment.")


class NotAMember(Refusal):
    def sentence(self) -> str:
        return _("Join the group first, or visit it. You can leave at any time.")


class MustAcceptGroundRules(Refusal):
    def sentence(self) -> str:
        return _("Before your first meeting, please read the ground rules and say yes to them.")


class OnABreak(Refusal):
    def sentence(self) -> str:
        return _(
            "You are on a break from these meetings until then. What was decided stands on your page."
        )


class NotTrainedYet(Refusal):
    def sentence(self) -> str:
        return _("You are in training. You can lead a meeting once a coordinator has signed.")


class NotAskedToSwap(Refusal):
    def sentence(self) -> str:
        return _("Nobody asks you to change places any more.")


class GuestsAreFull(Refusal):
    def sentence(self) -> str:
        return _("The last seat for guests was taken just now. What else there is stands below.")


class OverlappingSeat(Refusal):
    """`meeting` is the one at the same time at which the person already has a seat or waits for one."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting)
        self.meeting = meeting

    def sentence(self) -> str:
        return _(
            "You already have a place at %(group)s at the same time. Give that one up first, then come back."
        ) % {"group": self.meeting.group}


class TooLateToTakeBack(Refusal):
    def sentence(self) -> str:
        return _("It is too late to undo that. You can take a seat again.")


class TimeIsPast(Refusal):
    def sentence(self) -> str:
        return _("That time is in the past. Choose a time that is still to come.")


class NothingToUndo(Refusal):
    def sentence(self) -> str:
        return _("There is nothing to undo.")


class TooEarlyToMark(Refusal):
    def sentence(self) -> str:
        return _("You can mark who came from one hour before the meeting.")


class TooEarlyToBeHere(Refusal):
    def sentence(self) -> str:
        return _("You can say that you are there from one hour before the meeting.")


class NoteHoldsNames(Refusal):
    """`found` are the words of the note that may tell who somebody is."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(found)
        self.found = found

    def sentence(self) -> str:
        return _(
            "Notes may not say who somebody is, so this was not saved: %(found)s."
            " Please say it without them. Your text is still here."
        ) % {"found": ", ".join(f"“{each}”" for each in self.found)}
