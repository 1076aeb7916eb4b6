"""The sentences a coordinator reads: one per code, so that the site can translate them."""

from collections.abc import Mapping
from typing import Final

from peerkit.formats.meeting_guide.values import NotAMeetingList, Note

LONGEST: Final = 200

# The whole file is refused.
REFUSED_FILES: Final[Mapping[str, str]] = {
    "empty": "The file is empty. Nothing was changed.",
    "too-large": "The file is larger than {now} MB, far more than a meeting list. Nothing was changed.",
    "too-many-rows": "The list has {was} meetings; at most {now} can be read at once.",
    "challenge-page": (
        "The site answered with a “checking your browser” page instead of its meeting list. "
        "Ask the publisher to let this server through, or save the list in a browser and import the file."
    ),
    "html": (
        "This is a web page, not a meeting list. Look on the publisher's site for the address of the "
        "list itself; it often ends in .json."
    ),
    "xml": "This is XML, not a meeting list in JSON.",
    "binary": "This is not a text file ({was}). A meeting list is a JSON file.",
    "encoding": "The letters in this file cannot be read. Ask the publisher to save it as UTF-8.",
    "truncated": (
        "The file stops in the middle, at line {was}, column {now}. It was probably cut off while "
        "downloading: fetch it again."
    ),
    "not-json": "The file is not valid JSON: something is wrong at line {was}, column {now}.",
    "too-deep": "The file is nested too deeply to be a meeting list.",
    "not-a-list": "The file holds {was}, where a list of meetings was expected.",
    "no-meetings": "The list has no meetings in it. Nothing was changed.",
}

# The row cannot become a findable group.
REFUSALS: Final[Mapping[str, str]] = {
    "not-an-object": "This entry is {was}, not a meeting.",
    "no-name": "The meeting has no name. Ask the publisher to add one.",
    "no-day": "No day is given and it is not said to be by appointment. Add the day of the week.",
    "day-unreadable": "The day “{was}” cannot be read. Use 0 for Sunday to 6 for Saturday.",
    "no-time": "No time is given. Add the starting time, such as 19:00.",
    "time-unreadable": "The time “{was}” cannot be read. Write it as 19:00.",
    "no-zone": (
        "Nothing says which time zone this meeting is in. Add a time zone or a full address, "
        "or choose a time zone for the whole list."
    ),
    "nowhere": "There is no place, no link and no phone number, so no one could attend. Add one of them.",
    "duplicate-row": "This row repeats row {now} exactly. It was left out once.",
}

# Nothing was changed, but someone should know.
REMARKS: Final[Mapping[str, str]] = {
    "ask-for-link": "It meets online but the list gives no link. Visitors will be told to ask for it.",
    "ask-for-address": "It meets in person but no street address is given. Visitors will be told to ask.",
    "temporarily-closed": "The list marks this meeting as temporarily closed.",
    "marked-inactive": "The list marks this meeting as inactive. Check that it still meets.",
    "unknown-types": "These type codes are not known and were kept as they are: {was}.",
    "zone-conflict": "The text says “{was}”, but the place keeps {now} time, which was used. Please check.",
    "time-conflict": "The text says “{was}”, but the time field says {now}, which was used. Please check.",
    "dates-uncertain": "It does not meet every week (“{was}”) and the list does not give the dates. Ask.",
}

# Something was mended.
REPAIRS: Final[Mapping[str, str]] = {
    "byte-order-mark": "The file began with a byte-order mark, which was skipped.",
    "file-encoding": "The file was not in UTF-8; it was read as {now}.",
    "wrapped": "The list was inside “{was}” and was taken from there.",
    "not-a-number": "{was} values were not real numbers (NaN or Infinity) and were left out.",
    "wrong-kind": "“{field}” held {was} where text was expected and was left out.",
    "html-removed": "Web page code was removed from “{field}”.",
    "entities-decoded": "Codes such as &amp; in “{field}” were turned into letters.",
    "line-breaks": "Line breaks in “{field}” were made uniform.",
    "control-characters": "Unprintable characters were removed from “{field}”.",
    "shortened": "“{field}” was too long and was cut to {now} characters.",
    "day-rewritten": "The day “{was}” was read as {now}.",
    "day-from-name": "No day was given; the name says {now}.",
    "time-rewritten": "The time “{was}” was read as {now}.",
    "time-from-text": "No time was given; “{was}” was read as {now}.",
    "time-restated": "The time {was} is the publisher's own; at the meeting's place it is {now}.",
    "end-unreadable": "The end time “{was}” cannot be used; {now} minutes were assumed.",
    "ends-next-day": "It ends after midnight: {now} minutes.",
    "weeks-from-text": "“{was}”: it meets only in these weeks of the month: {now}.",
    "zone-rewritten": "The time zone “{was}” was read as {now}.",
    "zone-unknown": "The time zone “{was}” is not known and was not used.",
    "zone-from-text": "No time zone was given; the text says “{was}”: {now}.",
    "zone-from-coordinates": "No time zone was given; the place on the map keeps {now} time.",
    "zone-from-address": "No time zone was given; {was} keeps {now} time.",
    "zone-from-most-of-address": (
        "No time zone was given; most of {was} keeps {now} time, which was used. Please check."
    ),
    "zone-from-publisher": (
        "No time zone was given; other online meetings of this list state their times in {now}, "
        "so this one was read the same way."
    ),
    "zone-from-majority": "No time zone was given; most of this list is in {now}, which was used.",
    "zone-from-default": "No time zone was given; the one chosen for the whole list, {now}, was used.",
    "slug-derived": "The short name “{was}” was missing or could not be used in an address; it became “{now}”.",
    "slug-renamed": "The short name “{was}” is used by another meeting of the list; this one became “{now}”.",
    "day-merged": "Same meeting as row {now} on another day; the two became one.",
    "types-rewritten": "The types “{was}” were read as {now}.",
    "link-unusable": "The link “{was}” cannot be opened and was left out.",
    "link-front-page": "The link “{was}” opens the front page of a service, not the meeting; it was left out.",
    "link-mended": "The link “{was}” was mended: {now}.",
    "link-from-notes": "No link was given; the one in the notes was used.",
    "phone-unusable": "The phone number “{was}” cannot be dialled and was left out.",
    "phone-mended": "The phone number “{was}” was read as {now}.",
    "phone-is-contact": "The number given for joining is the contact's own; it was kept as a contact.",
    "join-details-moved": "Meeting numbers, passwords and links in “{field}” were put where members see them.",
    "coordinates-unusable": "The coordinates “{was}” are not a place on earth and were left out.",
    "updated-rewritten": "The date of change “{was}” was read as {now}.",
    "updated-unreadable": "The date of change “{was}” cannot be read and was left out.",
    "venue-from-notes": "“{was}” is a district, not a place; the venue “{now}” was taken from the notes.",
}

SENTENCES: Final[Mapping[str, str]] = {**REFUSED_FILES, **REFUSALS, **REMARKS, **REPAIRS}


class CannotList(Exception):
    """A row that cannot become a findable group, and why."""

    def __init__(self, code: str, field: str, was: str = "", now: str = "") -> None:
        super().__init__(code)
        self.note = note(code, field, was, now)


class Notes:
    """Collects what is said about one row, in the order it was found."""

    def __init__(self) -> None:
        self._items: list[Note] = []

    def add(self, code: str, field: str, was: str = "", now: str = "") -> None:
        """Say it once."""
        item = note(code, field, was, now)
        if item not in self._items:
            self._items.append(item)

    def extend(self, items: "tuple[Note, ...]") -> None:
        """Take over what was said elsewhere."""
        self._items.extend(items)

    def all(self) -> tuple[Note, ...]:
        """Everything said so far."""
        return tuple(self._items)


def note(code: str, field: str, was: str = "", now: str = "") -> Note:
    """A note with its English sentence; long values are cut so that a report stays readable."""
    was, now = shorten(was), shorten(now)
    return Note(code, field, was, now, SENTENCES[code].format(field=field, was=was, now=now))


def refusal(code: str, was: str = "", now: str = "") -> NotAMeetingList:
    """The error that refuses a whole file."""
    return NotAMeetingList(code, REFUSED_FILES[code].format(was=shorten(was), now=shorten(now)))


def shorten(text: str) -> str:
    """At most LONGEST characters, with an ellipsis where something was cut."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
