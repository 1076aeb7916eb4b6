"""The map of exchange."""

from django.urls import URLPattern, URLResolver, path

from hearthside.exchange.views import calendars, feeds, imports

urlpatterns: list[URLPattern | URLResolver] = [
    path("feeds/groups/<slug:slug>.ics", feeds.group_calendar, name="group_calendar"),
    path("feeds/mine/<str:secret>.ics", feeds.my_calendar, name="my_calendar"),
    path("me/calendar/", calendars.calendar_links, name="calendar_links"),
    path(
        "me/calendar/<uuid:link_id>/end/",
        calendars.calendar_link_revoke,
        name="calendar_link_revoke",
    ),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<uuid:import_id>/", imports.import_, name="import"),
    path("imports/<uuid:import_id>/apply/", imports.import_apply, name="import_apply"),
    path("imports/<uuid:import_id>/undo/", imports.import_undo, name="import_undo"),
]
