"""What a browser or a reader of the licence fetches: the web manifest and the running source."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hearthside.shell import source as running


@require_safe
@cache_control(public=True, max_age=86400)
def manifest(_request: HttpRequest) -> JsonResponse:
    """Web app manifest. Its name says nothing: it stands under an icon on a shared phone."""
    icons = [
        {"src": static("shell/icons/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {
                "src": static(f"shell/icons/mark-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for size in (192, 512)
        ),
    ]
    return JsonResponse(
        {
            "name": _("Evenings"),
            "short_name": _("Evenings"),
            "start_url": "/",
            "display": "minimal-ui",
            "background_color": "#2a2138",
            "theme_color": "#2a2138",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@require_safe
def source(_request: HttpRequest) -> HttpResponse:
    """The program that is running, as the AGPL (section 13) promises it to whoever uses it."""
    answer = HttpResponse(running.archive(), content_type="application/gzip")
    answer["Content-Disposition"] = 'attachment; filename="hearthside-source.tar.gz"'
    return answer
