"""People I have blocked or muted: seen, added and undone. Nobody else ever sees this page."""

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
from hearthside.accounts.models import Person
from hearthside.safety.actions import blocks as actions
from hearthside.safety.enums import BlockKind
from hearthside.safety.forms.blocks import BlockForm
from hearthside.safety.queries.blocks import own_blocks


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def blocks(request: HttpRequest) -> HttpResponse:
    """Everybody whom I blocked or muted, and a form for one more."""
    person, now = signed_in(request), timezone.now()
    form = BlockForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(form, person)
        except actions.Yourself:
            form.add_error("pseudonym", _("That is you."))
        except actions.TooMany:
            form.add_error(None, _("Your list is full. Please undo one first, or talk to us."))
        else:
            messages.success(request, _("Done. Nobody is told."))
            return redirect("blocks")
    context = {"own": own_blocks(person, now=now), "form": form}
    return render(request, "safety/blocks.html", context)


@login_required
@require_POST
def block_end(request: HttpRequest, block_id: UUID) -> HttpResponse:
    """Undo one of them."""
    own = own_blocks(signed_in(request), now=timezone.now())
    found = next((one for one in [*own.blocked, *own.muted] if one.pk == block_id), None)
    if found is None:
        raise Http404
    actions.end(block=found)
    messages.success(request, _("Undone. Nobody is told."))
    return redirect("blocks")


def _keep(form: BlockForm, owner: Person) -> None:
    other, now = form.cleaned_data["pseudonym"], timezone.now()
    if form.chosen() == BlockKind.BLOCK:
        actions.block(owner=owner, other=other, now=now)
    else:
        actions.mute(owner=owner, other=other, until_at=now + actions.MUTED_FOR, now=now)
