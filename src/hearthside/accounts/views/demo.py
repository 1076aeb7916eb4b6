"""Trying the demonstration through somebody's eyes; exists only where HEARTHSIDE_DEMO is on."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hearthside.accounts import access
from hearthside.accounts.demo import DEMO_PEOPLE


def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """GET shows who one can be; POST is them, without any password."""
    # On a real installation this door must not exist at all: whoever finds it could be anyone.
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        person = access.demo_person(request.POST.get("who", ""))
        get_adapter(request).login(request, person)
        return redirect(access.safe_next(request) or "home")
    return render(
        request,
        "accounts/demo_sign_in.html",
        {"people": DEMO_PEOPLE, "next": access.safe_next(request)},
    )
