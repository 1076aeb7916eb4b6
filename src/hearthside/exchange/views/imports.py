"""Bringing in a published list: read it, look at it, approve it, take it back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthside.exchange import access, readings, sources
from hearthside.exchange.actions import imports as actions
from hearthside.exchange.forms import ApproveForm, ImportForm
from hearthside.exchange.models import Import
from hearthside.exchange.queries import imports as queries
from hearthside.exchange.queries.lists import NotAMeetingList
from hearthside.groups.queries.rights import Rights


@login_required
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Every import into the sites that the person coordinates."""
    rights = access.require_coordinator(request.user)
    return render(request, "exchange/imports.html", {"imports": queries.imports_of(rights)[:100]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Read a list; on the next page it is looked at before anything changes."""
    rights = access.require_coordinator(request.user)
    initial = {"site": request.GET.get("site")}
    form = ImportForm(request.POST or None, request.FILES or None, rights=rights, initial=initial)
    if request.method == "POST" and form.is_valid():
        reading = _kept(request, form, rights)
        if reading is not None:
            return redirect(reading)
    status = 422 if form.errors else 200
    return render(request, "exchange/import_new.html", {"form": form}, status=status)


@login_required
@require_safe
def import_(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What one reading of a list found, and what it would change or has changed."""
    reading, now = access.import_for(request.user, import_id), timezone.now()
    kind = request.GET.get("show", "")
    page, rows = queries.rows_on_page(
        reading, kind=kind, number=request.GET.get("page", ""), now=now
    )
    context = {
        "reading": reading,
        "kinds": queries.kinds(reading),
        "new_count": queries.new_to_approve(reading),
        "changes": queries.changes_to_approve(reading, now=now),
        "is_superseded": actions.is_superseded(reading=reading),
        "sentences": queries.sentences_of(reading),
        "kind": kind,
        "page": page,
        "rows": rows,
    }
    return render(request, "exchange/import.html", context)


@login_required
@require_POST
def import_apply(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Make the changes that were approved, all of them or none."""
    reading = access.import_for(request.user, import_id)
    form = ApproveForm(request.POST, reading=reading)
    if not form.is_valid():
        messages.error(request, _("The list has changed meanwhile. Please look at it once more."))
        return redirect(reading)
    rows = queries.approved(
        reading, has_new=form.cleaned_data["new"], rows=form.cleaned_data["rows"]
    )
    try:
        count = actions.apply(
            reading=reading, rows=rows, by=access.person(request.user), now=timezone.now()
        )
    except actions.Superseded as error:
        messages.error(request, str(error))
        return redirect(reading)
    said = ngettext("%(count)d group is up to date.", "%(count)d groups are up to date.", count)
    messages.success(request, said % {"count": count})
    return redirect(reading)


@login_required
@require_POST
def import_undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Put back what the import changed."""
    reading = access.import_for(request.user, import_id)
    try:
        actions.undo(reading=reading, by=access.person(request.user), now=timezone.now())
        messages.success(request, _("Undone. Every group is as it was before this import."))
    except actions.NothingToUndo:
        messages.info(request, _("There is nothing to undo."))
    except actions.Superseded:
        messages.error(
            request, _("A newer import of this list has been applied. Undo that one first.")
        )
    return redirect(reading)


def _kept(request: HttpRequest, form: ImportForm, rights: Rights) -> Import | None:
    """The reading; or nothing, and the form says why."""
    address, file = form.cleaned_data["address"], form.cleaned_data["file"]
    try:
        data = sources.web_bytes(address, is_trusted=False) if address else file.read()
        proposal = readings.read(data, form.wishes())
    except (NotAMeetingList, sources.CannotRead) as error:
        form.add_error("address" if address else "file", str(error))
        return None
    if queries.is_of_another_site(proposal.choices.source, rights):
        form.add_error(
            "source",
            _(
                "Another site has brought in a list by that name. Please give this one another name."
            ),
        )
        return None
    return actions.keep(
        proposal=proposal,
        site=form.cleaned_data["site"],
        origin=form.wishes().origin,
        by=access.person(request.user),
        now=timezone.now(),
    )
