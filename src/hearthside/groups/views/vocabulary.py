"""The vocabulary of lived experience, which coordinators look after."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthside.groups import access
from hearthside.groups.actions import experiences as actions
from hearthside.groups.forms.vocabulary import MergeForm, NamesForm, NewExperienceForm, PlaceForm
from hearthside.groups.queries.experiences import everything_under, tree, words_in


@login_required
@require_safe
def vocabulary(request: HttpRequest) -> HttpResponse:
    """The whole tree, and first of all the words that groups brought themselves."""
    access.require_coordinator(request.user)
    branches = tree()
    proposed = [
        one.experience for top in branches for one in top.walk() if one.experience.needs_review()
    ]
    context = {"branches": branches, "proposed": proposed}
    return render(request, "groups/vocabulary.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def experience_new(request: HttpRequest) -> HttpResponse:
    """Add what the vocabulary lacks."""
    access.require_coordinator(request.user)
    form = NewExperienceForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add(**form.cleaned_data)
        except actions.WordsTaken:
            form.add_error("label", _("Something in the vocabulary has that name already."))
        else:
            messages.success(request, _("Added. You can give it more words here."))
            return redirect("experience", made.slug)
    return render(request, "groups/experience_new.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def experience(request: HttpRequest, slug: str) -> HttpResponse:
    """The words for one thing, in one language at a time."""
    found = access.experience_for(request.user, slug)
    language = request.POST.get("language") or request.GET.get("in") or request.LANGUAGE_CODE
    form = NamesForm(request.POST or None, initial=words_in(found, language))
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(experience=found, **form.cleaned_data)
        except actions.WordsTaken:
            form.add_error("label", _("Something in the vocabulary has that name already."))
        else:
            messages.success(request, _("Saved."))
            return redirect("experience", slug)
    under = everything_under(found)
    context = {
        "experience": found,
        "language": language,
        "form": form,
        "place_form": PlaceForm(experience=found, but=under),
        "merge_form": MergeForm(but=under),
    }
    return render(request, "groups/experience.html", context)


@login_required
@require_POST
def experience_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what it is part of; whoever does has looked at it."""
    found = access.experience_for(request.user, slug)
    form = PlaceForm(request.POST, experience=found, but=everything_under(found))
    if form.is_valid():
        parent = form.cleaned_data["parent"]
        actions.place(experience=found, parent=parent, now=timezone.now())
        messages.success(request, _("Saved."))
    return redirect("experience", slug)


@login_required
@require_POST
def experience_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """It is the same as something else: its words and groups move there."""
    found = access.experience_for(request.user, slug)
    form = MergeForm(request.POST, but=everything_under(found))
    if not form.is_valid():
        messages.warning(request, _("Choose what it is the same as."))
        return redirect("experience", slug)
    into = form.cleaned_data["into"]
    actions.merge(experience=found, into=into)
    messages.success(request, _("Its words now lead to “%(into)s”.") % {"into": into.label()})
    return redirect("experience", into.slug)


@login_required
@require_POST
def experience_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it out of the vocabulary, if nothing uses it."""
    found = access.experience_for(request.user, slug)
    try:
        actions.remove(experience=found)
    except actions.InUse:
        messages.warning(request, _("Groups or other words use it. Merge it instead."))
        return redirect("experience", slug)
    messages.success(request, _("It is no longer in the vocabulary."))
    return redirect("vocabulary")
