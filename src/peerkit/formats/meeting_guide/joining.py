"""How to attend: links, dial-in numbers and the format that follows from them and from the place."""

import re
from dataclasses import dataclass, replace
from typing import Final

from peerkit.formats.meeting_guide.places import Place, is_not_a_place
from peerkit.formats.meeting_guide.private import without_secrets
from peerkit.formats.meeting_guide.text import Fields
from peerkit.formats.meeting_guide.values import Format
from peerkit.formats.meeting_guide.words import CannotList

LINK: Final = re.compile(
    r"https?://(?P<host>[^\s/?#@:]+\.[^\s/?#@:.]{2,})(?::\d+)?(?P<path>[/?#]\S*)?", re.IGNORECASE
)
NO_SCHEME: Final = re.compile(
    r"(?:www\.|[\w-]+\.zoom\.us/|zoom\.us/|meet\.google\.com/)\S+", re.IGNORECASE
)
SERVICES: Final = re.compile(
    r"(?:.+\.)?(?:zoom\.(?:us|com)|meet\.google\.com|teams\.(?:microsoft|live)\.com|webex\.com|gotomeeting\.com|"
    r"skype\.com|whereby\.com|meet\.jit\.si|freeconferencecall\.com|discord\.(?:gg|com))",
    re.IGNORECASE,
)
ZOOM_ROOM: Final = re.compile(
    r"(?P<start>https?://[^/]*zoom\.us/j/)(?P<room>[^?#/]*)(?P<rest>\S*)", re.IGNORECASE
)
LETTERS: Final = re.compile(r"[A-Za-z]")
LONGEST_LINK: Final = 2_000
FEWEST_DIGITS: Final = 7
ZOOM_DIGITS: Final = range(9, 12)
ONLINE_WORDS: Final = re.compile(r"\b(?:online|on-line|virtual|zoom)\b", re.IGNORECASE)
PUBLIC: Final = ("notes", "location_notes", "group_notes")


@dataclass(frozen=True, slots=True)
class Joining:
    """How to attend from afar, and the texts with and without the secrets they held."""

    url: str
    url_notes: str
    phone: str
    phone_notes: str
    public: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Attendance:
    """The format, and why the meeting may not be open to anyone now."""

    format: Format
    inactive: str


def joining_of(fields: Fields, types: tuple[str, ...]) -> Joining:
    """Links and numbers, mended; secrets in the public notes are moved to `url_notes`."""
    texts = [without_secrets(fields.prose(key)) for key in PUBLIC]
    for key, (_, secret) in zip(PUBLIC, texts, strict=True):
        if secret:
            fields.notes.add("join-details-moved", key)
    secrets = (fields.prose("conference_url_notes"), *(secret for _, secret in texts))
    url = link_of(fields, "conference_url")
    if not url and not fields.line("conference_url") and "ONL" in types:
        url = _link_in(texts[0][1])
        if url:
            fields.notes.add("link-from-notes", "conference_url")
    kept = "\n".join(dict.fromkeys(text for text in secrets if text and text != url))
    phone_notes = fields.prose("conference_phone_notes")
    return Joining(url, kept, _phone(fields), phone_notes, (texts[0][0], texts[1][0], texts[2][0]))


def link_of(fields: Fields, key: str) -> str:
    """A web address that a browser can open, or empty."""
    value = fields.raw.get(key)
    words = value.strip() if isinstance(value, str) else ""
    if not words:
        return ""
    link = _link_in(words) or (f"https://{words}" if NO_SCHEME.fullmatch(words) else "")
    match = LINK.fullmatch(link) if len(link) <= LONGEST_LINK else None
    if match is None:
        fields.notes.add("link-unusable", key, was=words)
        return ""
    if (
        key == "conference_url"
        and SERVICES.fullmatch(match["host"])
        and (match["path"] or "/") in {"/", "/join"}
    ):
        fields.notes.add("link-front-page", key, was=words)
        return ""
    link = _mended_room(link)
    if link != words:
        fields.notes.add("link-mended", key, was=words, now=link)
    return link


def attendance_of(
    fields: Fields, types: tuple[str, ...], place: Place, joining: Joining, name: str
) -> Attendance:
    """The format; raises CannotList when there is no way to attend at all."""
    said = fields.line("attendance_option").lower().replace("-", "_").replace(" ", "_")
    shut = "TC" in types
    told_online = "ONL" in types or said in {"online", "hybrid"} or _says_online(place, name)
    has_room = place.has_street if said not in {"in_person", "hybrid"} else place.is_anywhere()
    in_room = has_room and said != "online" and not shut
    remote = _remote(joining, told_online=told_online, said=said)
    inactive = "temporarily_closed" if shut and not (joining.url or joining.phone) else ""
    inactive = inactive or ("marked_inactive" if said == "inactive" else "")
    if in_room:
        kind = Format.HYBRID if remote and said != "in_person" else Format.IN_PERSON
        return Attendance(kind, inactive)
    if remote is None and not place.is_anywhere():
        raise CannotList("nowhere", "conference_url")
    if remote and not inactive and not (joining.url or joining.phone):
        fields.notes.add("ask-for-link", "conference_url")
    if remote is None and not inactive and not place.has_street:
        fields.notes.add("ask-for-address", "formatted_address")
    return Attendance(remote or Format.IN_PERSON, inactive)


def without_contact(joining: Joining, contacts: tuple[str, ...], fields: Fields) -> Joining:
    """A dial-in number that is only the contact's own phone is no way into the meeting."""
    if joining.phone and any(
        _digits(joining.phone)[-10:] == _digits(phone)[-10:] for phone in contacts
    ):
        fields.notes.add("phone-is-contact", "conference_phone")
        return replace(joining, phone="")
    return joining


def _remote(joining: Joining, *, told_online: bool, said: str) -> Format | None:
    if joining.url:
        return Format.ONLINE
    if joining.phone:
        return Format.PHONE
    return Format.ONLINE if told_online or said == "online" else None


def _says_online(place: Place, name: str) -> bool:
    return not place.has_street and (
        is_not_a_place(place.venue) or ONLINE_WORDS.search(name) is not None
    )


def _link_in(text: str) -> str:
    match = LINK.search(text[:LONGEST_LINK])
    return match.group().rstrip(".,;)\"'>") if match else ""


def _mended_room(link: str) -> str:
    """Zoom's rooms are 9 to 11 digits; lists write "meetingid864…" and "921-7689-9954"."""
    match = ZOOM_ROOM.fullmatch(link)
    room = re.sub(r"\D", "", match["room"]) if match else ""
    return f"{match['start']}{room}{match['rest']}" if match and len(room) in ZOOM_DIGITS else link


def _phone(fields: Fields) -> str:
    words = fields.line("conference_phone")
    if not words:
        return ""
    # What follows the first letters is a link's password, which no keypad can type.
    kept = re.split(r",+[#*]?,*[^,]*[A-Za-z]", re.sub(r"\s*(?:ext\.?|x)\s*(?=\d)", ",", words))[0]
    phone = re.sub(r"[^\d+,*#]", "", kept)
    if len(_digits(phone.split(",")[0])) < FEWEST_DIGITS or LETTERS.match(words):
        fields.notes.add("phone-unusable", "conference_phone", was=words)
        return ""
    if phone != words:
        fields.notes.add("phone-mended", "conference_phone", was=words, now=phone)
    return phone


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)
