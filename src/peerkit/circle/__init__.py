"""The talking piece: whose turn it is, in a circle where nobody is left out and nobody talks over.

    circle = apply(Circle(), Arrive(by="ana"), now=now)
    circle = apply(circle, StartRound(by="fay", version=circle.version, order=("ana",)), now=now)
    view(circle, now=now).seat                              # "ana", to whom the piece is offered

Frozen values in, frozen values out. It works without knowing what is said, and seat keys and
prompts are opaque to it.
"""

from peerkit.circle.clock import due, is_over_time
from peerkit.circle.errors import (
    BrokenForm,
    CircleError,
    NoRound,
    NoTimeLimit,
    NotYourTurn,
    OrderRepeats,
    PieceIsHeld,
    PieceIsIdle,
    PieceIsOffered,
    SeatIsAway,
    SeatIsUnknown,
    TimeHasNoZone,
    TimeIsNotPositive,
    TurnIsNotYet,
    TurnIsPast,
    UnknownForm,
)
from peerkit.circle.event import Event, Tap
from peerkit.circle.looking import View, may_speak, view
from peerkit.circle.machine import apply, tick
from peerkit.circle.people import Arrive, CountMeIn, Leave, LowerHand, RaiseHand, SkipMe
from peerkit.circle.plain import from_plain, to_plain
from peerkit.circle.steering import (
    AddTime,
    EndRound,
    GiveTo,
    MoveOn,
    OpenFloor,
    Pause,
    Resume,
    StartRound,
)
from peerkit.circle.turns import Accept, NeedAMinute, Pass, PassOn
from peerkit.circle.values import Chance, Circle, Hold, Mode, Part, Piece, Seat, Stage

__all__ = [
    "Accept",
    "AddTime",
    "Arrive",
    "BrokenForm",
    "Chance",
    "Circle",
    "CircleError",
    "CountMeIn",
    "EndRound",
    "Event",
    "GiveTo",
    "Hold",
    "Leave",
    "LowerHand",
    "Mode",
    "MoveOn",
    "NeedAMinute",
    "NoRound",
    "NoTimeLimit",
    "NotYourTurn",
    "OpenFloor",
    "OrderRepeats",
    "Part",
    "Pass",
    "PassOn",
    "Pause",
    "Piece",
    "PieceIsHeld",
    "PieceIsIdle",
    "PieceIsOffered",
    "RaiseHand",
    "Resume",
    "Seat",
    "SeatIsAway",
    "SeatIsUnknown",
    "SkipMe",
    "Stage",
    "StartRound",
    "Tap",
    "TimeHasNoZone",
    "TimeIsNotPositive",
    "TurnIsNotYet",
    "TurnIsPast",
    "UnknownForm",
    "View",
    "apply",
    "due",
    "from_plain",
    "is_over_time",
    "may_speak",
    "tick",
    "to_plain",
    "view",
]
