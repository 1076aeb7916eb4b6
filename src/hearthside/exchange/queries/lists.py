"""Opening a published list: from bytes to rows, with the clocks of places on the map."""

from django.utils.translation import gettext as _

from hearthside.finder.places import zone_at
from hearthside.kit import zones
from peerkit.formats import meeting_guide
from peerkit.formats.meeting_guide import Feed, NotAMeetingList, Note, Row

__all__ = ["Feed", "NotAMeetingList", "Row", "is_zone", "opened", "words_of"]


def opened(data: bytes, *, zone: str = "") -> Feed:
    """Every row of the list. Raises NotAMeetingList with a sentence for a coordinator."""
    return meeting_guide.decode(data, default_zone=zone or None, zone_at=zone_at)


def words_of(note: Note | dict[str, str]) -> str:
    """A note's sentence in the reader's language."""
    told = note if isinstance(note, dict) else as_plain(note)
    sentence = meeting_guide.SENTENCES.get(told["code"])
    if sentence is None:
        return told.get("words", "")
    return _(sentence).format(field=told["field"], was=told["was"], now=told["now"])


def as_plain(note: Note) -> dict[str, str]:
    """A note as plain JSON."""
    return {
        "code": note.code,
        "field": note.field,
        "was": _storable(note.was),
        "now": _storable(note.now),
        "words": _storable(note.words),
    }


def is_zone(name: str) -> bool:
    return name in zones.known()


def _storable(text: str) -> str:
    # Notes quote the list as it was, and no database keeps a NUL or half a letter (a lone surrogate).
    return text.replace("\0", "").encode("utf-8", "replace").decode()
