"""Keeps what signed-in people read out of every cache, so that Back shows nothing after they left."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

Answer = Callable[[HttpRequest], HttpResponse]


class NoStoreMiddleware:
    """Threat: somebody else presses Back on the same computer and reads what was on the page."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answer(request)
        if request.user.is_authenticated or request.method == "POST":
            patch_cache_control(answer, no_store=True, private=True)
        return answer
