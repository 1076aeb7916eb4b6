"""Parts of the finder's pages that are made in Python, because node by node they would cost more than the search."""

from dataclasses import replace
from functools import lru_cache
from html import escape
from typing import Final

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hearthside.finder import blanks
from hearthside.finder.card_html import card_html
from hearthside.finder.form_html import form_html
from hearthside.finder.queries.results import Card
from hearthside.finder.queries.wishes import Keeping
from hearthside.finder.when_html import when_html

register = template.Library()
KEPT: Final = 256


@register.simple_tag
def gap(name: str) -> SafeString:
    """Where the form is filled in."""
    return blanks.gap(name)


@register.simple_tag(takes_context=True)
def search_form(context: Context) -> SafeString:
    """The form as the search of this page fills it in."""
    return form_html(
        context["search"],
        context["shelf"],
        is_answer="results" in context,
        is_lost=bool(context.get("is_lost")),
        is_place_lost=bool(context.get("is_place_lost")),
    )


@register.simple_tag(takes_context=True)
def answer_foot(context: Context) -> SafeString:
    """What can be done with a search besides: keep it, ask for a place, ask about one group."""
    keeping = context["keeping"]
    with_gap = replace(keeping, word=blanks.gap("word"))
    foot = _foot(with_gap, bool(context["search"].about), get_language())
    return foot.filled({"word": escape(keeping.word)})


@register.simple_tag(takes_context=True)
def result_card(context: Context, *, card: Card) -> SafeString:
    """One group, with day and time of its meeting on the reader's clock."""
    meeting = card.meeting
    if meeting is None:
        return card_html(card, SafeString(""))
    viewer = getattr(context.get("request"), "zone", None)
    when = when_html(
        meeting.at, meeting.until, zone=meeting.zone, viewer=viewer, now=timezone.now()
    )
    return card_html(card, when)


@lru_cache(maxsize=KEPT)
def _foot(keeping: Keeping, is_about_something: bool, _language: str | None, /) -> blanks.Blank:  # noqa: FBT001 - part of a key
    context = {
        "keeping": keeping,
        "word": keeping.word,
        "is_about_something": is_about_something,
    }
    return blanks.Blank.of(render_to_string("finder/parts/foot.html", context))
