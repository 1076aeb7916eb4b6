"""The design system's components: each a function whose signature refuses a misspelt attribute."""

from collections.abc import Hashable
from datetime import datetime
from functools import lru_cache
from typing import Final, Literal

from django import forms, template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hearthside.shell.modules import imported
from hearthside.shell.moments import spoken

register = template.Library()

ButtonKind = Literal["primary", "secondary", "quiet", "danger"]
NoticeKind = Literal["info", "success", "warning", "danger"]
ChipKind = Literal["neutral", "good", "warm", "quiet"]

BUTTON_KINDS: Final = ("primary", "secondary", "quiet", "danger")
NOTICE_KINDS: Final = ("info", "success", "warning", "danger")
CHIP_KINDS: Final = ("neutral", "good", "warm", "quiet")


@register.simple_tag
def button(
    *, label: str, kind: ButtonKind = "primary", name: str = "", value: str = ""
) -> SafeString:
    """A button that sends the form it stands in."""
    _refuse_unknown("button", kind, BUTTON_KINDS)
    return _component("button", label=label, kind=kind, name=name, value=value)


@register.simple_tag
def link_button(*, href: str, label: str, kind: ButtonKind = "primary") -> SafeString:
    """A link that looks like a button: it leads somewhere and changes nothing."""
    _refuse_unknown("link_button", kind, BUTTON_KINDS)
    return _component("link_button", href=href, label=label, kind=kind)


@register.simple_tag
def form_fields(*, form: forms.BaseForm) -> SafeString:
    """Every field of a form, after a summary of what needs another look."""
    return _component("form_fields", form=form)


@register.simple_tag
def field(*, field: forms.BoundField) -> SafeString:
    """One field: its label, hint, errors and control, tied together for screen readers."""
    kind = "choice" if isinstance(field.field.widget, forms.CheckboxInput) else "line"
    return _component("field", field=field, kind="group" if field.use_fieldset else kind)


@register.simple_block_tag
def card(content: SafeString, *, heading: str, href: str = "", level: int = 2) -> SafeString:
    """A thing among others; with `href` its heading leads to it and the whole card can be pressed."""
    return _component("card", content=content, heading=heading, href=href, level=level)


@register.simple_block_tag
def notice(content: SafeString, *, kind: NoticeKind = "info", heading: str = "") -> SafeString:
    """Something to know before going on."""
    _refuse_unknown("notice", kind, NOTICE_KINDS)
    return _component("notice", content=content, kind=kind, heading=heading)


@register.simple_tag
def chip(*, label: str, kind: ChipKind = "neutral") -> SafeString:
    """A few words of state; the colour repeats what the words say."""
    _refuse_unknown("chip", kind, CHIP_KINDS)
    return _component("chip", label=label, kind=kind)


@register.simple_block_tag
def empty(content: SafeString, *, heading: str) -> SafeString:
    """Nothing here yet, and what to do next."""
    return _component("empty", content=content, heading=heading)


@register.simple_block_tag
def facts(content: SafeString) -> SafeString:
    """A list of facts, each a label and a value."""
    return _component("facts", content=content)


@register.simple_block_tag
def fact(content: SafeString, *, label: str) -> SafeString:
    """One fact of a list of facts."""
    return _component("fact", content=content, label=label)


@register.simple_block_tag(end_name="end_page_head")
def page_head(content: SafeString, *, title: str, lead: str = "") -> SafeString:
    """The page's one first heading, a sentence under it, and what can be done here."""
    return _component(
        "page_head", content=content if content.strip() else "", title=title, lead=lead
    )


@register.simple_tag(takes_context=True)
def moment(context: Context, *, at: datetime, zone: str) -> SafeString:
    """A day and time on the viewer's clock, with the group's beside it when they differ."""
    viewer = getattr(context.get("request"), "zone", None)
    said = spoken(at, zone=zone, viewer=viewer, now=timezone.now())
    return _component("moment", said=said, is_viewer_known=viewer is not None)


@register.simple_tag(takes_context=True)
def period(context: Context, *, from_at: datetime, until_at: datetime, zone: str) -> SafeString:
    """A day and two times, from and until, on the viewer's clock."""
    viewer, now = getattr(context.get("request"), "zone", None), timezone.now()
    starts = spoken(from_at, zone=zone, viewer=viewer, now=now)
    ends = spoken(until_at, zone=zone, viewer=viewer, now=now)
    return _component("period", starts=starts, ends=ends, is_viewer_known=viewer is not None)


@register.simple_block_tag
def confirm(content: SafeString, *, summary: str) -> SafeString:
    """A second step before what cannot be undone; opens without JavaScript."""
    return _component("confirm", content=content, summary=summary)


@register.simple_block_tag
def table_wrap(content: SafeString) -> SafeString:
    """A table that stacks its cells on a phone; each cell names its column in `data-label`."""
    return _component("table_wrap", content=content)


@register.simple_tag
def modules(*entries: str) -> SafeString:
    """Tells the browser of module scripts (static paths) and of all that they import, at once."""
    paths = dict.fromkeys(path for entry in entries for path in imported(entry))
    return _component("modules", paths=list(paths))


@register.simple_tag
def kept(part: str, **values: Hashable) -> SafeString:
    """A part of the frame, made once for all who read the same language and have the same values.

    Threat: what stands on one person's page is shown to another. So the part is given these values and
    nothing else: no request, no person, nothing of the page around it.
    """
    return _kept(part, get_language(), **values)


@lru_cache(maxsize=512)
def _kept(part: str, _language: str | None, /, **values: Hashable) -> SafeString:
    return SafeString(render_to_string(f"shell/frame/{part}.html", values).strip())


def _component(name: str, /, **context: object) -> SafeString:
    # Without the file's last line break, which a link around a component would underline.
    return SafeString(render_to_string(f"shell/components/{name}.html", context).strip())


def _refuse_unknown(component: str, kind: str, kinds: tuple[str, ...]) -> None:
    if kind not in kinds:
        raise template.TemplateSyntaxError(
            f"{component!r} has no kind {kind!r}; it has {', '.join(kinds)}"
        )
