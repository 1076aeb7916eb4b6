"""What every door of the finder tells a browser, and what it learns from one."""

from django.http import HttpRequest, HttpResponse


def private(answer: HttpResponse) -> HttpResponse:
    """Threat: a page of results in a search engine, or kept on the disk of a shared computer."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def zone_of(request: HttpRequest) -> str:
    """The reader's clock as far as known."""
    zone = getattr(request, "zone", None)
    return str(zone) if zone else ""
