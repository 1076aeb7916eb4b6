"""From a row of a published list to what a group of ours would say of itself."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db.models import CharField
from django.utils.translation import gettext as _

from hearthside.groups.enums import Access, Comfort, Format, GenderRule, Stage
from hearthside.groups.models import Group
from hearthside.groups.queries.words import DATA
from peerkit.formats import meeting_guide
from peerkit.formats.meeting_guide.kinds import LANGUAGES

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_WEEK: Final = ((), (1, 2, 3, 4, 5))
LONGEST_MINUTES: Final = 720
# Said in other ways: who may come in a sentence, languages in their own field.
UNSAID_TYPES: Final = frozenset({"O", "C", "TC", "ONL"})
SECULAR: Final = "A"
FORMATS: Final = {
    meeting_guide.Format.IN_PERSON: Format.IN_PERSON,
    meeting_guide.Format.ONLINE: Format.LINK,
    meeting_guide.Format.HYBRID: Format.HYBRID,
    meeting_guide.Format.PHONE: Format.PHONE,
}
GENDERS: Final = {
    "women": GenderRule.WOMEN,
    "men": GenderRule.MEN,
    "lgbtq": GenderRule.LGBTQ,
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a coordinator says of a whole list: its name, and what no row says.

    `source` makes its groups known again next time; `experiences` are short names in the vocabulary,
    `language` is assumed where a row names none, `zone` where nothing tells whose clock a time is by.
    """

    source: str
    experiences: tuple[str, ...] = ()
    language: str = "en"
    zone: str = ""


def details_of(listing: meeting_guide.Listing, choices: Choices) -> dict[str, Any]:
    """What the group would say: fields of Group by name, `experiences` and `schedule`; plain JSON.

    Texts are in the active language. Nothing is longer than its column.
    """
    is_in_person = FORMATS[listing.format] in (Format.IN_PERSON, Format.HYBRID)
    return _fitting({
        "name": listing.name,
        "summary": "\n".join(_summary(listing, choices)),
        "what_happens": "\n\n".join(filter(None, (listing.notes, listing.group_notes))),
        "languages": list(listing.languages) or [choices.language],
        "access": [need for need in listing.access if need in Access.values],
        "comfort": list(_comfort(listing)),
        "format": FORMATS[listing.format].value,
        "link": listing.conference_url,
        "phone": listing.conference_phone,
        "joining_notes": "\n".join(_joining_notes(listing)),
        "venue": listing.venue if is_in_person else "",
        "address": _address(listing) if is_in_person else "",
        "locality": _locality(listing),
        "latitude": listing.latitude if is_in_person else None,
        "longitude": listing.longitude if is_in_person else None,
        "gender": _gender(listing).value,
        "stage": Stage.OPEN.value,
        "experiences": sorted(choices.experiences),
        "schedule": schedule_of(listing),
    })  # fmt: skip


def about(experiences: Iterable[str], language: str) -> Iterator[str]:
    """A sentence on each experience, as the vocabulary came with the software.

    Not as it is here today: to edit the vocabulary must not look like a change of every list.
    """
    for slug in experiences:
        words = _seed().get(slug, {})
        yield from filter(None, [words.get(language, words.get("en", {})).get("description")])


def schedule_of(listing: meeting_guide.Listing) -> dict[str, Any] | None:
    """The timetable by RFC 5545 with its time, zone and length; None when no date can be known."""
    if listing.time is None or not listing.days or not listing.zone or listing.is_irregular:
        return None
    days = [WEEKDAYS[day] for day in listing.days]
    if listing.weeks in EVERY_WEEK:
        rule = f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    else:
        named = (f"{week}{day}" for week in listing.weeks for day in days)
        rule = f"FREQ=MONTHLY;BYDAY={','.join(named)}"
    return {
        "rule": rule,
        "time": f"{listing.time:%H:%M}",
        "zone": listing.zone,
        "minutes": min(listing.minutes, LONGEST_MINUTES),
    }


def _comfort(listing: meeting_guide.Listing) -> Iterator[str]:
    if {"children_welcome", "childcare"} & set(listing.access):
        yield Comfort.CHILDREN_WELCOME.value
    if SECULAR in listing.types:
        yield Comfort.SECULAR.value


@cache
def _seed() -> dict[str, Any]:
    terms = tomllib.loads((DATA / "vocabulary.toml").read_text(encoding="utf-8"))["terms"]
    return {term["id"]: term for term in terms}


def _summary(listing: meeting_guide.Listing, choices: Choices) -> Iterator[str]:
    yield from _warnings(listing)
    yield from about(choices.experiences, choices.language)
    if listing.closed:
        yield _("Only for people who live with this themselves.")
    elif listing.open_to_all:
        yield _("Anyone may come.")
    said = [
        _(meeting_guide.TYPE_NAMES[code])
        for code in listing.types
        if code not in UNSAID_TYPES and code not in LANGUAGES
    ]
    if said:
        yield ", ".join(said) + "."
    yield _("From the list of %(source)s.") % {"source": choices.source}


def _warnings(listing: meeting_guide.Listing) -> Iterator[str]:
    contact = listing.url or next(iter(listing.contact_emails), "")
    ask = _("Please ask before you go: %(contact)s") % {"contact": contact}
    ask = ask if contact else _("Please ask before you go.")
    if listing.inactive:
        yield _("The list marks this group as closed for now.") + " " + ask
    elif listing.is_irregular:
        yield _("It does not meet every week, and the list does not give its dates.") + " " + ask
    elif listing.by_appointment:
        yield _("It meets by appointment.") + " " + ask


def _joining_notes(listing: meeting_guide.Listing) -> Iterator[str]:
    yield from filter(None, (listing.conference_url_notes, listing.conference_phone_notes))
    yield from filter(None, (listing.location_notes,))
    is_remote = listing.format is not meeting_guide.Format.IN_PERSON
    if is_remote and not (listing.conference_url or listing.conference_phone):
        contact = next(iter(listing.contact_emails), "") or listing.url
        yield _("The list gives no link. Please ask for it. %(contact)s") % {"contact": contact}


def _address(listing: meeting_guide.Listing) -> str:
    address = listing.address
    parts = (address.line, address.city, address.state, address.postal_code)
    written = address.formatted or ", ".join(filter(None, parts))
    return written or (_("Please ask for the address.") if not listing.venue else "")


def _locality(listing: meeting_guide.Listing) -> str:
    return listing.address.city or next(iter(reversed(listing.region)), "")


def _gender(listing: meeting_guide.Listing) -> GenderRule:
    found = [GENDERS[rule] for rule in listing.rules if rule in GENDERS]
    # A list that says both women and men turns nobody away.
    is_for_both = {GenderRule.WOMEN, GenderRule.MEN} <= set(found)
    return found[0] if found and not is_for_both else GenderRule.ANY


def _fitting(details: dict[str, Any]) -> dict[str, Any]:
    """Cut to the length of the columns; a link that is cut would lead elsewhere, so it is left out."""
    for field in Group._meta.get_fields():  # noqa: SLF001 - Django's public Meta
        text = details.get(field.name)
        if isinstance(field, CharField) and isinstance(text, str) and field.max_length:
            is_too_long = len(text) > field.max_length
            if is_too_long and field.name in ("link", "phone"):
                details["joining_notes"] = f"{details['joining_notes']}\n{text}".strip()
                details[field.name] = ""
            elif is_too_long:
                details[field.name] = text[: field.max_length - 1] + "…"
    return details
