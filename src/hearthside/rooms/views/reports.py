"""Reports: what I showed and what came of it, and what is mine to answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hearthside.accounts.access import signed_in
from hearthside.rooms.actions import reports as actions
from hearthside.rooms.actions.refusals import Refusal
from hearthside.rooms.models import Report
from hearthside.rooms.queries import reports as queries
from hearthside.rooms.queries.reports import ReportLine


class AnswerForm(forms.Form):
    """What whoever reported will read."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Only the person who reported this reads it."),
        max_length=actions.WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """One's own, and those that wait for one's answer."""
    desk = queries.desk_of(signed_in(request), now=timezone.now())
    return render(request, "rooms/reports.html", {"desk": desk})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What was said, the proof of it, and the answer; whoever answers for it has seen it by opening it."""
    person, now = signed_in(request), timezone.now()
    line = queries.report_for(person, report_id, now=now)
    # Threat: whoever is reported asks whether they were, and by whom.
    if line is None:
        raise Http404
    if line.is_own:
        return _page(request, line, None)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.answer(report=line.report, text=form.cleaned_data["text"], by=person, now=now)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Your answer is there for them to read."))
        return redirect("report", report_id)
    if request.method == "GET":
        actions.see(report=line.report, now=now)
    return _page(request, line, form)


def _page(request: HttpRequest, line: ReportLine, form: AnswerForm | None) -> HttpResponse:
    context = {"line": line, "report": line.report, "said": _said(line.report), "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "rooms/report.html", context, status=status)


def _said(report: Report) -> list[dict[str, Any]]:
    return [{**each, "at": parse_datetime(each["at"])} for each in report.messages]
