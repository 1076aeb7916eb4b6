"""The desk where two people check crisis lines: what is due, one at a time, corrections, and undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.accounts.models import Person
from hearthside.safety.actions import lines as actions
from hearthside.safety.forms.lines import FoundForm, LineForm, NewLineForm
from hearthside.safety.models import Line, Verification
from hearthside.safety.ports import served_countries
from hearthside.safety.queries import lines_desk as queries
from hearthside.safety.queries.lines_desk import Entry


@login_required
@never_cache
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Every line of the countries served, how far each is checked, and what waits for this person."""
    person = _keeper(request)
    desk = queries.desk_of(person, now=timezone.now())
    return render(request, "safety/lines.html", {"desk": desk})


@login_required
@never_cache
@require_safe
def line_next(request: HttpRequest) -> HttpResponse:
    """Leads to the line that waits for this person most urgently."""
    desk = queries.desk_of(_keeper(request), now=timezone.now())
    return redirect("line", desk.due[0].line.facts) if desk.due else redirect("lines")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, facts: str) -> HttpResponse:
    """One line: what to dial or open, and what the person found."""
    person, entry = _keeper(request), _entry(facts)
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and entry.line.facts == facts:
        outcome, how = form.outcome_and_how()
        heard, now = form.cleaned_data["heard"], timezone.now()
        try:
            actions.verify(
                line=entry.line, outcome=outcome, how=how, heard=heard, by=person, now=now
            )
        except actions.NeverDialled:
            messages.warning(request, _("Emergency numbers are never called to try them."))
            return redirect("line", facts)
        messages.success(request, _("Thank you. You can undo it for ten minutes."))
        return redirect("line_next")
    if entry.line.facts != facts:
        # Threat: a page left open vouches for a number that somebody has corrected since.
        messages.warning(request, _("Somebody corrected this line. These are its new facts."))
        return redirect("line", entry.line.facts)
    return _page(request, "safety/lines_one.html", entry, form)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line_correct(request: HttpRequest, facts: str) -> HttpResponse:
    """Other facts for the line, or none: the service is gone."""
    person, entry = _keeper(request), _entry(facts)
    form = LineForm(request.POST or None, initial=LineForm.of(entry.line))
    if request.method == "POST" and entry.line.facts != facts:
        form.add_error(None, _("Somebody else corrected this line just now. Please compare."))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.correct(
                line=entry.line,
                thread=entry.thread.key,
                values=form.cleaned_data,
                by=person,
                now=timezone.now(),
            )
        except actions.NothingNew:
            form.add_error(None, _("Nothing is different yet. Change what is wrong."))
        else:
            messages.success(
                request, _("Saved. It is shown to others once a second person finds it right.")
            )
            return redirect("line", row.facts)
    return _page(request, "safety/lines_correct.html", entry, form)


@login_required
@require_POST
def line_gone(request: HttpRequest, facts: str) -> HttpResponse:
    """The service is gone; it disappears once a second person agrees."""
    person, entry = _keeper(request), _entry(facts)
    try:
        actions.withdraw(line=entry.line, thread=entry.thread.key, by=person, now=timezone.now())
    except actions.NothingNew:
        messages.info(request, _("That is written down already."))
    else:
        messages.success(request, _("Saved. It disappears once a second person agrees."))
    return redirect("lines")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line_new(request: HttpRequest) -> HttpResponse:
    """A line that does not ship with this software."""
    person = _keeper(request)
    form = NewLineForm(request.POST or None, served=list(served_countries()))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        country = values.pop("country")
        row = actions.add(country=country, values=values, by=person, now=timezone.now())
        messages.success(
            request, _("Saved. It is shown to others once a second person finds it right.")
        )
        return redirect("line", row.facts)
    status = 422 if form.errors else 200
    return render(request, "safety/lines_new.html", {"form": form}, status=status)


@login_required
@require_POST
def line_said_back(request: HttpRequest, said_id: UUID) -> HttpResponse:
    """Undo what one said a moment ago."""
    person = _keeper(request)
    said = get_object_or_404(Verification, pk=said_id, by=person)
    try:
        actions.take_back(said=said, by=person, now=timezone.now())
    except actions.TooLate:
        messages.warning(request, _("That was too long ago. Please say it anew."))
    else:
        messages.success(request, _("Undone."))
    return redirect("lines")


@login_required
@require_POST
def line_written_back(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Undo what one wrote a moment ago."""
    person = _keeper(request)
    row = get_object_or_404(Line, pk=row_id, by=person)
    try:
        actions.take_back_writing(row=row, by=person, now=timezone.now())
    except actions.TooLate:
        messages.warning(
            request, _("It is too late to undo that. Please correct the line instead.")
        )
    else:
        messages.success(request, _("Undone."))
    return redirect("lines")


def _keeper(request: HttpRequest) -> Person:
    person = signed_in(request)
    if not queries.is_keeper(person, now=timezone.now()):
        raise Http404
    return person


def _entry(facts: str) -> Entry:
    entry = queries.entry_of(facts, now=timezone.now())
    if entry is None:
        raise Http404
    return entry


def _page(request: HttpRequest, template: str, entry: Entry, form: Any) -> HttpResponse:
    context = {"entry": entry, "form": form, "history": queries.history_of(entry)}
    return render(request, template, context, status=422 if form.errors else 200)
