"""Whether the programme admits people under 18, and who answers for them."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from hearthside.accounts.models import Person
from hearthside.groups.queries.under_eighteen import admission, safety_leads


class UnderEighteenForm(forms.Form):
    """One box, and one name; without a tick nobody has to be named."""

    # A browser would ask for the name also where it is turned off.
    use_required_attribute = False

    admits = forms.BooleanField(label=gettext_lazy("We admit people under 18"), required=False)
    lead = forms.ModelChoiceField(
        label=gettext_lazy("Who answers for their safety"),
        queryset=Person.objects.none(),
        empty_label=gettext_lazy("Nobody yet"),
        help_text=gettext_lazy("One of your safety leads, trained to keep children safe."),
        error_messages={
            "required": gettext_lazy(
                "Say who answers for their safety. Without a name, it stays off."
            )
        },
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        found = admission()
        initial = {"admits": found is not None, "lead": found.lead_id if found else None}
        super().__init__(*args, **{"initial": initial, **kwargs})
        leads = cast("forms.ModelChoiceField[Person]", self.fields["lead"])
        leads.queryset = safety_leads(now=now)
        leads.required = not self.is_bound or bool(self.data.get("admits"))
