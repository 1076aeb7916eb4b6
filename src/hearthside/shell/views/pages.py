"""Pages of words: how it works, privacy, accessibility, and the style guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """What a group is, what a first visit is like, and what nobody asks."""
    return render(request, "shell/how_it_works.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, who sees it, how long, and how to take it back."""
    return render(request, "shell/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and whom to tell if something does not."""
    return render(request, "shell/accessibility.html")
