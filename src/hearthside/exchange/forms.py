"""What a browser may send to exchange."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.exchange.models import Import, ImportRow
from hearthside.exchange.queries.imports import sites_for
from hearthside.exchange.readings import Wishes
from hearthside.groups.models import Experience, Site
from hearthside.groups.queries.rights import Rights
from hearthside.groups.queries.words import COMMON_LANGUAGES, language_name
from peerkit.formats.meeting_guide.envelope import MEGABYTE
from peerkit.formats.meeting_guide.feed import MAX_BYTES


class ImportForm(forms.Form):
    """A list to read: a file or an address, and what no row of it says."""

    file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        help_text=gettext_lazy(
            "A meeting list in Meeting Guide form. Its name often ends in .json."
        ),
    )
    address = forms.CharField(
        label=gettext_lazy("Or the list's address on the web"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://…", "autocomplete": "off"}),
    )
    site = forms.ModelChoiceField(
        label=gettext_lazy("Which site its groups belong to"), queryset=Site.objects.none()
    )
    experience = forms.ModelChoiceField(
        label=gettext_lazy("What its groups live with"),
        queryset=Experience.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=gettext_lazy("Look at the list and guess"),
        help_text=gettext_lazy("People who look for this will find the groups."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language, where the list names none"), initial="en"
    )
    source = forms.CharField(
        label=gettext_lazy("The list's name"),
        required=False,
        max_length=120,
        help_text=gettext_lazy(
            "Keep it the same each time, so that groups are known again. Left empty, it is the site or the file's name."
        ),
    )

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites, experiences, language = (
            self.fields["site"],
            self.fields["experience"],
            self.fields["language"],
        )
        assert isinstance(sites, forms.ModelChoiceField)
        assert isinstance(experiences, forms.ModelChoiceField)
        assert isinstance(language, forms.ChoiceField)
        sites.queryset = sites_for(rights)
        experiences.queryset = Experience.objects.with_names()
        language.choices = [(code, language_name(code)) for code in COMMON_LANGUAGES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, address = cleaned.get("file"), cleaned.get("address")
        if bool(file) == bool(address) and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or give an address: one of the two."))
        if file and file.size > MAX_BYTES:
            self.add_error(
                "file",
                _(
                    "The file is larger than %(size)d MB, far more than a meeting list. Nothing was changed."
                )
                % {"size": MAX_BYTES // MEGABYTE},
            )
        if address and not address.lower().startswith(("http://", "https://")):
            self.add_error("address", _("An address begins with https:// or http://."))
        return cleaned

    def wishes(self) -> Wishes:
        """What was said of the list; where nothing tells whose clock a time is by, it is the site's."""
        said = self.cleaned_data
        chosen = said["experience"]
        return Wishes(
            origin=said["address"] or said["file"].name,
            source=said["source"],
            zone=said["site"].time_zone,
            language=said["language"],
            experiences=(chosen.slug,) if chosen else None,
        )


class ApproveForm(forms.Form):
    """Which changes to make: the new groups, and single rows."""

    new = forms.BooleanField(required=False)
    rows = forms.ModelMultipleChoiceField(queryset=ImportRow.objects.none(), required=False)

    def __init__(self, *args: Any, reading: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.fields["rows"]
        assert isinstance(rows, forms.ModelMultipleChoiceField)
        rows.queryset = reading.rows.waiting()


class CalendarLinkForm(forms.Form):
    """A new address for one's own calendar."""

    is_discreet = forms.BooleanField(
        label=gettext_lazy("Say only “Appointment”"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Without this, your calendar shows the group's name and where it meets, to anyone who sees your calendar."
        ),
    )
