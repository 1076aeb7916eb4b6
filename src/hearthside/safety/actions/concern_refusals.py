"""Why an action on a concern is refused; each says so in a sentence for the person who asked."""

from abc import ABC, abstractmethod

from django.utils.translation import gettext as _


class Refusal(Exception, ABC):
    """An action that may not happen; `str()` is a sentence for the page."""

    @abstractmethod
    def sentence(self) -> str:
        """What the person who asked is told."""

    def __str__(self) -> str:
        return self.sentence()


class TooManyConcerns(Refusal):
    """Of the slow lane only."""

    def sentence(self) -> str:
        return _("We have several concerns from you already, and somebody looks at them. Please try again in an hour. If somebody may be in danger, you can say so at any time.")  # fmt: skip


class TooManyCalls(Refusal):
    """More than any person in need would make; those before it are on the list."""

    def sentence(self) -> str:
        return _("Very many calls came in within this hour. They are on the list of the people who look after safety, but this one is not. Please use one of the numbers above.")  # fmt: skip


class AlreadyAnswered(Refusal):
    def sentence(self) -> str:
        return _("Somebody has answered this already.")


class SomebodyIsOnIt(Refusal):
    """Somebody else was first; that is good news."""

    def sentence(self) -> str:
        return _("Somebody else is on it already. Thank you for coming.")


class NotYoursToJudge(Refusal):
    """The second look is for somebody who has not looked before."""

    def sentence(self) -> str:
        return _("You answered this the first time. Somebody else has to look at it now.")


class NothingToAppeal(Refusal):
    def sentence(self) -> str:
        return _("You can ask for a second look once, after an answer.")


class EnoughWords(Refusal):
    def sentence(self) -> str:
        return _(
            "That is a lot of words for one concern. Please raise another one, if there is more."
        )
