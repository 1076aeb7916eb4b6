"""What can be wrong with a timetable, each said in a sentence a coordinator understands."""


class CalendarError(ValueError):
    """A timetable that cannot be kept."""


class BadRule(CalendarError):
    """The repeat rule cannot be read, or asks for more than meetings may."""


class StartOffRule(CalendarError):
    """The first meeting is not on a day that the rule names."""


class UnknownZone(CalendarError):
    """No such IANA time zone."""


class BadTime(CalendarError):
    """A time of the wrong kind: with a zone where none belongs, without one, or out of range."""


class BadLength(CalendarError):
    """A meeting too short or too long."""


class BadPattern(CalendarError):
    """The choices on the form do not fit together."""
