"""The one tap: a small link with which anybody can say that something worries them, from wherever they are."""

from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hearthside.safety.enums import SubjectKind

register = template.Library()


@register.simple_tag
def concern_link(
    kind: str = SubjectKind.SOFTWARE.value, key: UUID | None = None, *, new_tab: bool = False
) -> SafeString:
    """Leads to the first question of a concern about this thing; it says nothing and sends nothing by itself.

    In a tab of its own where the page must not be left, such as in a room.
    """
    if kind not in SubjectKind.values:
        raise template.TemplateSyntaxError(f"a concern is never about a {kind!r}")
    about = urlencode({"about": kind, "key": str(key)}) if key else ""
    address = reverse("concern_new") + (f"?{about}" if about else "")
    words = _("Something worries me")
    if new_tab:
        return format_html(
            '<a class="concern-link" href="{}" target="_blank" rel="noopener">{}</a>',
            address,
            words,
        )
    return format_html('<a class="concern-link" href="{}">{}</a>', address, words)
