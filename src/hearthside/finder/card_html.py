"""One group among the results, as HTML: what decides stands open, the rest under "More about this group".

In Python and not as a template: node by node the cards of a page would take most of the time of an answer.
Everything that is not markup passes through `escape`.
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
# Somebody tired reads a few lines of each: the strongest reasons, and one thing that speaks against it.
WHY_OPEN: Final = 2


class Frame(NamedTuple):
    """What a card says of a group whoever looks, cut where something of this answer stands."""

    before_when: str
    before_place: str
    place: str
    after_place: str
    summary: str


class Part(NamedTuple):
    """Some sentences of one kind: its place in `_headings`, and what is said."""

    kind: int
    said: Sequence[str]


def card_html(card: Card, when: SafeString) -> SafeString:
    """The card; `when` says day and time of its meeting on the reader's clock."""
    language = get_language()
    frame = _frame(card.listing, language)
    coming = f"{when}{_seats(card, language)}" if card.meeting else _no_meeting()
    return SafeString(
        f"{frame.before_when}{coming}{frame.before_place}{_place(card, frame)}{frame.after_place}"
        f"{_told(card, frame, language)}</article>"
    )


def _told(card: Card, frame: Frame, language: str | None) -> str:
    """What decides, and the rest; a card without reasons has nothing to put away."""
    if not (card.why or card.misses or card.notes):
        return frame.summary
    notes = () if card.misses else card.notes[:1]
    shown = (Part(0, card.why[:WHY_OPEN]), Part(1, card.misses), Part(2, notes))
    rest = (Part(0, card.why[WHY_OPEN:]), Part(2, card.notes[len(notes) :]))
    below = f"{frame.summary}{_parts(rest, language)}"
    more = f"{_more(card.listing.name, language)}{below}</details>" if below else ""
    return f"{_parts(shown, language)}{more}"


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
    told = {"place": frame.place, "far": card.distance}
    words = _("%(place)s, %(far)s") % told if card.distance else frame.place
    return f" \u00b7 {escape(words)}"


@lru_cache(maxsize=KEPT)
def _frame(group: Listing, language: str | None) -> Frame:
    ways, summary = group.ways_label, escape(group.short_summary)
    chips = "".join(_chips(group, language))
    return Frame(
        f'<article class="card card-linked result"><h3 class="card-heading"><a href="{escape(group.url)}">'
        f'{escape(group.name)}</a></h3><p class="result-when">',
        f'</p><p class="result-where">{escape(ways[:1].upper() + ways[1:])}',
        group.locality if group.is_in_person else "",
        f'</p><ul class="chips">{chips}</ul>' if chips else "</p>",
        f'<p class="result-summary">{summary}</p>' if summary else "",
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


def _parts(parts: Sequence[Part], language: str | None) -> str:
    headings = _headings(language)
    return "".join([f"{headings[kind]}{_items(said)}</ul></div>" for kind, said in parts if said])


@lru_cache(maxsize=KEPT)
def _more(name: str, _language: str | None) -> str:
    words = escape(_("More about this group"))
    return (
        f'<details class="result-more"><summary>{words}'
        f'<span class="visually-hidden">: {escape(name)}</span></summary>'
    )


@lru_cache(maxsize=KEPT)
def _headings(_language: str | None) -> tuple[str, ...]:
    parts = (
        ("result-why", _("Why it fits")),
        ("result-not", _("What does not fit")),
        ("result-note", _("Good to know")),
    )
    return tuple(
        f'<div class="{kind}"><h4 class="visually-hidden">{escape(words)}</h4><ul>'
        for kind, words in parts
    )


def _items(said: Sequence[str]) -> str:
    return "".join([f"<li>{escape(one)}</li>" for one in said])
