"""One group among the results, as HTML.

In Python and not as a template: a page shows up to twenty-six, and node by node they would take most of
the time of an answer. Everything that is not markup passes through `escape`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import Final, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearthside.finder.queries.listings import Listing
from hearthside.finder.queries.results import Card
from hearthside.groups.queries.words import language_name
from hearthside.meetings.queries.seats import Fullness

KEPT: Final = 4096


class Frame(NamedTuple):
    """What a card says of a group whoever looks, cut where something of this answer stands."""

    before_when: str
    before_place: str
    place: str
    after_place: str


def card_html(card: Card, when: SafeString) -> SafeString:
    """The card; `when` says day and time of its meeting on the reader's clock."""
    language = get_language()
    frame = _frame(card.listing, language)
    coming = f"{when}{_seats(card, language)}" if card.meeting else _no_meeting()
    return SafeString(
        f"{frame.before_when}{coming}{frame.before_place}{_place(card, frame)}{frame.after_place}"
        f"{''.join(_parts(card, language))}</article>"
    )


def _seats(card: Card, language: str | None) -> str:
    """How full it is; a list from elsewhere says nothing of seats until somebody books one here."""
    meeting = card.meeting
    if not meeting or not meeting.id or (card.listing.is_listed_elsewhere and not meeting.taken):
        return ""
    return _fullness(meeting.fullness, language)


@lru_cache(maxsize=KEPT)
def _fullness(full: Fullness, _language: str | None) -> str:
    return f' <span class="chip chip-{full.chip}">{escape(full.words)}</span>'


def _no_meeting() -> str:
    return f'<span class="quiet">{escape(_("No meeting is planned at the moment."))}</span>'


def _place(card: Card, frame: Frame) -> str:
    if not frame.place:
        return ""
    if not card.distance:
        return _chip(frame.place)
    return _chip(_("%(place)s, %(far)s") % {"place": frame.place, "far": card.distance})


@lru_cache(maxsize=KEPT)
def _frame(group: Listing, language: str | None) -> Frame:
    ways = group.ways_label
    return Frame(
        f'<article class="card card-linked"><h3 class="card-heading"><a href="{escape(group.url)}">'
        f'{escape(group.name)}</a></h3><p class="result-when">',
        f'</p><p class="result-summary">{escape(group.short_summary)}</p><ul class="chips">'
        f"{_chip(ways[:1].upper() + ways[1:])}",
        group.locality if group.is_in_person else "",
        f"{''.join(_chips(group, language))}</ul>",
    )


def _chips(group: Listing, language: str | None) -> Iterator[str]:
    if group.languages and group.languages != (language,):
        yield _chip(", ".join(language_name(code) for code in group.languages))
    if group.gender_label:
        yield _chip(group.gender_label)
    if group.is_course:
        yield _chip(_("A course"))
    if group.is_ask_first:
        yield _chip(_("Ask first"), "warm")


def _chip(words: str, kind: str = "neutral") -> str:
    return f'<li><span class="chip chip-{kind}">{escape(words)}</span></li>'


def _parts(card: Card, language: str | None) -> Iterator[str]:
    for heading, said in zip(_headings(language), (card.why, card.misses, card.notes), strict=True):
        if said:
            yield f"{heading}{_items(said)}</ul></div>"


@lru_cache(maxsize=KEPT)
def _headings(_language: str | None) -> tuple[str, ...]:
    parts = (
        ("result-why", _("Why it fits")),
        ("result-not", _("What does not fit")),
        ("result-note", _("Good to know")),
    )
    return tuple(f'<div class="{kind}"><h4>{escape(words)}</h4><ul>' for kind, words in parts)


def _items(said: Sequence[str]) -> str:
    return "".join([f"<li>{escape(one)}</li>" for one in said])
