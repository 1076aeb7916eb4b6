"""Supervision: choosing somebody, saying yes, and notes that only the two read."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.groups import access
from hearthside.groups.actions import supervision as actions
from hearthside.groups.forms.supervision import NoteForm, SupervisorForm
from hearthside.groups.queries import supervision as queries


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supervision(request: HttpRequest) -> HttpResponse:
    """My supervisor, and those who chose me."""
    person = signed_in(request)
    own, chosen = queries.supervision_of(person), queries.supervised_by(person)
    may_choose = access.rights(request.user).has_any
    if not (may_choose or own or chosen):
        raise Http404
    form = SupervisorForm(request.POST or None, person=person)
    if request.method == "POST" and may_choose and form.is_valid():
        try:
            actions.ask(
                person=person, supervisor=form.cleaned_data["supervisor"], now=timezone.now()
            )
        except actions.HasOne:
            messages.info(request, _("You have asked somebody already."))
        else:
            messages.success(request, _("They are asked. Nothing is shared before they say yes."))
        return redirect("supervision")
    context = {"own": own, "chosen": chosen, "form": form if may_choose and not own else None}
    status = 422 if form.errors else 200
    return render(request, "groups/supervision.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supervision_notes(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """The notes between the two."""
    held, person = access.supervision_for(request.user, supervision_id), signed_in(request)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(
                supervision=held, by=person, text=form.cleaned_data["text"], now=timezone.now()
            )
        except actions.NotAgreed:
            form.add_error(None, _("This supervision has not begun, or it is over."))
        else:
            messages.success(request, _("Written. Only you two can read it."))
            return redirect("supervision_notes", held.pk)
    context = {
        "held": held,
        "other": held.supervisor if held.person == person else held.person,
        "notes": queries.notes_of(held, now=timezone.now()),
        "form": form if held.accepted_at and not held.until_at else None,
    }
    status = 422 if form.errors else 200
    return render(request, "groups/supervision_notes.html", context, status=status)


@login_required
@require_POST
def supervision_accept(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """Yes, I will supervise."""
    held = access.supervision_for(request.user, supervision_id)
    try:
        actions.accept(supervision=held, by=signed_in(request), now=timezone.now())
    except actions.NotAgreed as refused:
        raise Http404 from refused
    messages.success(request, _("Thank you. They are told."))
    return redirect("supervision")


@login_required
@require_POST
def supervision_end(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """No, or no longer: either of the two ends it."""
    held = access.supervision_for(request.user, supervision_id)
    actions.end(supervision=held, now=timezone.now())
    messages.success(request, _("It has ended. The notes are erased when their year is over."))
    return redirect("supervision" if access.rights(request.user).has_any else "home")
