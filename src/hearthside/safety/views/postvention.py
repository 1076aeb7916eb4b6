"""What to do after a death by suicide in a group: a page to print, before it is ever needed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_required
@require_safe
def postvention(request: HttpRequest) -> HttpResponse:
    """Written for those who run groups; nothing in it is secret."""
    return render(request, "safety/postvention.html")
