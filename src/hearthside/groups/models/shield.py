"""The off-hours shield: which contact somebody who leads allows between meetings, and when they read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.enums import Contact
from hearthside.kit.models import Row

HOURS_IN_A_DAY = 24


class Shield(Row):
    """One person's choice. Without a row the answer is the kindest one: not between meetings."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shield"
    )
    contact = models.CharField(
        _("between meetings"), max_length=5, choices=Contact.choices, default=Contact.NONE
    )
    # Weekdays by number, Monday is 0; none means that letters come at any time.
    days = models.JSONField(default=list, blank=True)
    from_hour = models.PositiveSmallIntegerField(_("from"), default=9)
    until_hour = models.PositiveSmallIntegerField(_("until"), default=17)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    until_hour__gt=models.F("from_hour"), until_hour__lte=HOURS_IN_A_DAY
                ),
                name="a_shield_opens_before_it_closes",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_contact_display())
