"""What can be wrong with a report, and with values that can never become one."""


class FrankingError(ValueError):
    """Something that can be neither stamped nor verified."""


class FieldIsUnfit(FrankingError):
    """A key, room, seat, content or number outside the bounds that the construction is defined for."""


class Forged(FrankingError):
    """A report that proves nothing."""


class ReportIsMalformed(Forged):
    """Not a report: a field is missing, strange, too long or of the wrong kind."""


class CommitmentIsFalse(Forged):
    """The content is not what the sender committed to in this room."""


class StampIsFalse(Forged):
    """No key of ours stamped this commitment for this room, seat, number and time."""
