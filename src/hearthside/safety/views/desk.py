"""The safety desk: what waits for a person, and one concern as somebody who looks after it sees it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.safety import access, ports
from hearthside.safety.actions import concerns as actions
from hearthside.safety.actions.concern_refusals import Refusal
from hearthside.safety.enums import ConcernState, SubjectKind
from hearthside.safety.forms.concerns import AnswerForm, WordsForm
from hearthside.safety.queries.concerns import SUBJECTS_TO_RAISE, ConcernView
from hearthside.safety.views.mine import add_words, own_page, zone_of


@login_required
@require_safe
def safety_desk(request: HttpRequest) -> HttpResponse:
    """What one looks after: open calls first, then by age; who is on duty; how long calls take."""
    desk = access.desk_for(signed_in(request), now=timezone.now())
    return render(request, "safety/desk.html", {"desk": desk, "zone": zone_of(request)})


@login_required
@require_safe
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One concern, for whoever raised it and for those who look after it; these have seen it by opening it.

    A call is another matter: there somebody says with a tap of their own that they are there.
    """
    person, now = signed_in(request), timezone.now()
    view = access.concern_for(person, concern_id, now=now)
    if view.is_own:
        return own_page(request, view)
    # What a browser fetches ahead of a tap has been seen by nobody.
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    is_seen_by_opening = request.method == "GET" and not view.concern.is_call and not is_ahead
    if is_seen_by_opening and actions.see(concern=view.concern, by=person, now=now):
        view = access.concern_for(person, concern_id, now=now)
    return _page(request, view)


@login_required
@require_POST
def concern_here(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Somebody who was called says that they are there; the calling stops."""
    person, now = signed_in(request), timezone.now()
    view = access.concern_to_answer_for(person, concern_id, now=now)
    try:
        actions.acknowledge(concern=view.concern, by=person, now=now)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("They can see that a person is there. Nobody else is called."))
    return redirect("concern", concern_id)


@login_required
@require_POST
def concern_words(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Write about an open concern: whoever raised it, or somebody who looks after it."""
    person, now = signed_in(request), timezone.now()
    view = access.concern_for(person, concern_id, now=now)
    if view.is_own:
        return add_words(request, view, by=person)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            actions.say(concern=view.concern, words=form.cleaned_data["words"], by=person, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They can read it now."))
            return redirect("concern", concern_id)
    return _page(request, view, form)


@login_required
@require_POST
def concern_answer(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Answer it: what could be done, and in words; the first time, or after a second look."""
    person, now = signed_in(request), timezone.now()
    view = access.concern_to_answer_for(person, concern_id, now=now)
    form = AnswerForm(request.POST)
    if form.is_valid():
        is_again = view.concern.state == ConcernState.APPEALED
        answer = actions.settle if is_again else actions.close
        words = form.cleaned_data["words"]
        try:
            answer(concern=view.concern, done=form.what(), words=words, by=person, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is there for them to read."))
            return redirect("safety_desk")
    return _page(request, view, form)


def _page(request: HttpRequest, view: ConcernView, form: forms.Form | None = None) -> HttpResponse:
    found, now = view.concern, timezone.now()
    kind, person = SubjectKind(found.kind), signed_in(request)
    # Messages are shown on this very page; of anything else there is a page, if this reader may see it.
    key = found.key if kind in SUBJECTS_TO_RAISE else None
    subject = ports.subject(kind, key, reader=person, now=now) if key else None
    page = {
        "view": view,
        "concern": found,
        "subject": subject,
        "shown": ports.shown(request, kind, found.key),
        "words_form": form if isinstance(form, WordsForm) else WordsForm(),
        "answer_form": form if isinstance(form, AnswerForm) else AnswerForm(),
        "zone": zone_of(request),
    }
    is_news = "HX-Request" in request.headers and form is None
    template = "safety/concern_desk.html#steps" if is_news else "safety/concern_desk.html"
    return render(request, template, page, status=422 if form else 200)
