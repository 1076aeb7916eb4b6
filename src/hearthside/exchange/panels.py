"""What exchange adds to the pages of groups and sites: a calendar to follow, a list to bring in."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hearthside.groups.models import Group, Site


def calendar_panel(request: HttpRequest, group: Group) -> SafeString:
    """The address by which any calendar follows the group's meetings."""
    # A group that is not open has no public calendar, even on a page that its people see.
    if not group.is_findable():
        return SafeString("")
    return render_to_string("exchange/parts/calendar_panel.html", {"group": group}, request)


def lists_panel(request: HttpRequest, site: Site) -> SafeString:
    """The way to published lists."""
    return render_to_string("exchange/parts/lists_panel.html", {"site": site}, request)
