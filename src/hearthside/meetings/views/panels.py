"""What meetings shows on the pages of groups: the next dates, and a site's week."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from hearthside.groups.models import Group, Site
from hearthside.meetings import access
from hearthside.meetings.queries.overview import overview_of
from hearthside.meetings.queries.schedule import running_series
from hearthside.meetings.queries.seats import next_meetings


def group_panel(request: HttpRequest, group: Group) -> SafeString:
    """The group's next meetings with seats left, and for its leaders the timetables behind them."""
    now = timezone.now()
    context = {
        "group": group,
        "next_meetings": next_meetings(group, now=now),
        "series": running_series(group),
        "leads": access.may_edit(request.user, group),
    }
    return render_to_string("meetings/group_panel.html", context, request)


def site_panel(request: HttpRequest, site: Site) -> SafeString:
    """The site's next seven days: how full, who waits, where nobody has said they will lead."""
    context = {"site": site, "overview": overview_of(site, now=timezone.now())}
    return render_to_string("meetings/site_panel.html", context, request)
