"""What the programme and its sites say of themselves."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Programme, Site
from hearthside.kit import zones
from hearthside.safety import country


class CountryField(forms.ChoiceField):
    """The countries that we know crisis lines for, and the one set before, whichever it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Country"),
            required=False,
            help_text=_("Decides which crisis lines people see first."),
            **kwargs,
        )

    def offer(self, current: str) -> None:
        known = country.choices()
        own = [(current, current)] if current and current not in dict(known) else []
        self.choices = [("", _("Another country")), *known, *own]


class ProgrammeForm(forms.ModelForm[Programme]):
    """The programme's own words and settings."""

    country = CountryField()

    class Meta:
        model = Programme
        fields = ["name", "welcome", "country", "contact_email", "visits"]
        widgets = {
            "welcome": forms.Textarea(attrs={"rows": 3}),
            "visits": forms.NumberInput(attrs={"min": 1, "max": 12}),
        }
        help_texts = {
            "welcome": _("A sentence or two on the first page."),
            "visits": _("How many meetings somebody may visit before we ask if they want to stay."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("CountryField", self.fields["country"]).offer(self.instance.country)


class SiteForm(forms.ModelForm[Site]):
    """A site: a town, a hospital, a campus, or everything online."""

    country = CountryField()
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones.choices,
        help_text=_("Meetings here start on this clock."),
    )

    class Meta:
        model = Site
        fields = ["name", "country", "time_zone", "contact_email"]
        help_texts = {"name": _("Such as “Leeds”, “St Anne's Hospital” or “Online”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("CountryField", self.fields["country"]).offer(self.instance.country)
