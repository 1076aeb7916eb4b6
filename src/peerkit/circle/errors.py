"""What can stand against an event, each a fact of its own."""


class CircleError(ValueError):
    """An event that cannot happen, or a stored circle that cannot be read. Nothing has changed."""


class TurnIsPast(CircleError):
    """What the tap is about has changed since the page it was made on: a double tap, or a late one."""


class TurnIsNotYet(CircleError):
    """The tap names a version that the circle has not reached."""


class NotYourTurn(CircleError):
    """The piece is with somebody else, or with nobody."""


class PieceIsHeld(CircleError):
    """Only an offer can be accepted or put off, and the piece is held already."""


class PieceIsOffered(CircleError):
    """Only a held piece can be passed on, and it is offered as yet."""


class PieceIsIdle(CircleError):
    """Nobody has the piece, so there is no turn to change."""


class NoRound(CircleError):
    """Talk is free; the piece does not go round."""


class NoTimeLimit(CircleError):
    """This round has no time limit, so there is nothing to add to."""


class TimeIsNotPositive(CircleError):
    """A number of seconds is zero or less."""


class TimeHasNoZone(CircleError):
    """A moment without a time zone."""


class OrderRepeats(CircleError):
    """The order of a round names somebody twice."""


class SeatIsUnknown(CircleError):
    """Nobody with this key has arrived in this circle."""


class SeatIsAway(CircleError):
    """The piece cannot be given to someone who is not in the room."""


class UnknownForm(CircleError):
    """A stored circle was written in a form that this version does not know."""


class BrokenForm(CircleError):
    """A stored circle lacks something or has a value that cannot be."""
