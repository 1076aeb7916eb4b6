"""The map of shell."""

from django.conf import settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from hearthside.shell.views import files, first_run, home, pages, style

urlpatterns = [
    path("", home.home, name="home"),
    path("how-it-works/", pages.how_it_works, name="how_it_works"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    # Exempt: it changes one word in the visitor's own browser, and a token would need a cookie.
    path("language/", csrf_exempt(set_language), name="language"),
    path("start/<str:token>/", first_run.first_run, name="first_run"),
    path("manifest.webmanifest", files.manifest, name="manifest"),
    path("source.tar.gz", files.source, name="source"),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns += [path("style/", style.style, name="style")]
