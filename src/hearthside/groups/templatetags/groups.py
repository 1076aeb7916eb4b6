"""How pages write what groups say of themselves: ground rules as paragraphs, codes as names."""

from collections.abc import Iterable
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hearthside.groups.enums import Access, Comfort
from hearthside.groups.queries.experiences import Branch
from hearthside.groups.queries.words import language_name

register = template.Library()


@register.filter
def written_rules(text: str) -> SafeString:
    """Paragraphs, with ## for a heading and - for a list; everything else is shown as it was typed."""
    lines = [line.strip() for line in text.splitlines()]
    blocks = groupby((line for line in lines if line), key=_kind)
    # Each block is escaped where it is made, so that ground rules can hold no markup of their own.
    return mark_safe("".join(_block(kind, list(found)) for kind, found in blocks))  # noqa: S308


@register.filter
def as_languages(codes: Iterable[str]) -> str:
    """The languages by their own names, such as "English, español"."""
    return ", ".join(language_name(code) for code in codes)


@register.filter
def as_language(code: str) -> str:
    return language_name(code)


@register.filter
def as_access(codes: Iterable[str]) -> list[str]:
    """The access needs met, in words; a code from elsewhere that we do not know is left out."""
    return [str(Access(code).label) for code in codes if code in Access.values]


@register.filter
def as_comfort(codes: Iterable[str]) -> list[str]:
    """What the group is like, in words."""
    return [str(Comfort(code).label) for code in codes if code in Comfort.values]


@register.filter
def holds(branch: Branch, keys: set[str]) -> bool:
    """Whether the branch, or anything under it, is among the keys."""
    return any(one.key in keys for one in branch.walk())


def _kind(line: str) -> str:
    if line.startswith("#"):
        return "heading"
    return "list" if line.startswith(("- ", "* ")) else "paragraph"


def _block(kind: str, lines: list[str]) -> SafeString:
    if kind == "heading":
        return format_html_join("", "<h3>{}</h3>", ((line.lstrip("# "),) for line in lines))
    if kind == "list":
        items = format_html_join("", "<li>{}</li>", ((line[2:].strip(),) for line in lines))
        return format_html("<ul>{}</ul>", items)
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))
