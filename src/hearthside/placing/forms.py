"""What people send who look for a place: what they ask for, their yes, and the words of two who go together."""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.finder.queries.wish_page import WishPage
from hearthside.groups.forms.membership import JoinForm
from hearthside.groups.models import Experience, Site
from hearthside.placing.queries.sites import SiteChoice

T = TypeVar("T")


class AskForm(forms.Form):
    """Only what we do not know yet: what matters most, whether they are new, the site, the consent."""

    main = forms.ChoiceField(
        label=_("What matters most to you?"),
        widget=forms.RadioSelect,
        help_text=_("We look for a group where at least one other person lives with this too."),
        error_messages={"required": _("Please choose one.")},
    )
    is_new = forms.ChoiceField(
        label=_("Have you been to such a group before?"),
        choices=[("yes", _("No, it would be my first time")), ("no", _("Yes, I have been before"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    site = forms.ChoiceField(
        label=_("Who should look for you?"),
        widget=forms.RadioSelect,
        help_text=_("The nearest comes first. You can ask at another place too, later."),
        error_messages={"required": _("Please choose one.")},
    )
    agrees = forms.BooleanField(
        error_messages={"required": _("We may not keep what you look for unless you agree.")}
    )

    def __init__(
        self, *args: Any, page: WishPage, sites: Sequence[SiteChoice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.experiences = {one.slug: one for one in page.experiences}
        self.sites = {one.site.slug: one.site for one in sites}
        self._offer("main", [(one.slug, one.label()) for one in page.experiences])
        self._offer("site", [(one.site.slug, one.words) for one in sites])
        self.fields["agrees"].label = page.consent_label
        if not page.consent_label:
            del self.fields["agrees"]

    def main_experience(self) -> Experience | None:
        return self._only(self.experiences, "main")

    def site_asked(self) -> Site | None:
        return self._only(self.sites, "site")

    def is_first(self) -> bool:
        return str(self.cleaned_data["is_new"]) == "yes"

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Where there is one choice, there is no question."""
        if len(choices) > 1:
            cast("forms.ChoiceField", self.fields[name]).choices = choices
        else:
            del self.fields[name]

    def _only(self, known: dict[str, T], name: str) -> T | None:
        chosen = self.cleaned_data.get(name)
        return known[chosen] if chosen else next(iter(known.values()), None)


class YesForm(JoinForm):
    """All that joining asks, and a seat at the next meeting; leaving another group is asked elsewhere."""

    takes_seat = forms.BooleanField(
        label=_("Keep a seat for me at the next meeting"), required=False, initial=True
    )

    def __init__(self, *args: Any, has_meeting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("leaving", None)
        if not has_meeting:
            del self.fields["takes_seat"]

    def wants_seat(self) -> bool:
        return bool(self.cleaned_data.get("takes_seat"))


class CodeForm(forms.Form):
    """The three words that somebody else was shown."""

    words = forms.CharField(
        label=_("The words they gave you"),
        help_text=_("Three words. Capitals and what stands between them do not matter."),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Please type the words in.")},
    )
