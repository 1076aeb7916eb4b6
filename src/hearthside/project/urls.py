"""The map of the whole site: each app's own map, and the operator's screens."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from hearthside.project.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("", include("hearthside.shell.urls")),
    path("", include("hearthside.exchange.urls")),
    path("", include("hearthside.placing.urls")),
    path("", include("hearthside.finder.urls")),
    path("", include("hearthside.meetings.urls")),
    path("", include("hearthside.rooms.urls")),
    path("", include("hearthside.groups.urls")),
    path("", include("hearthside.safety.urls")),
    path("", include("hearthside.notices.urls")),
    path("", include("hearthside.accounts.urls")),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
]
