"""The programme's own ledger over the crisis lines that ship: lines it wrote, and who checked which."""

from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Lasting, LastingQuerySet
from hearthside.safety.enums import CHANNEL_NAMES, DEAF_NAMES, KIND_NAMES, OUTCOME_NAMES, How
from hearthside.safety.helplines import Channel, DeafBy, Helpline, Kind
from hearthside.safety.ledger import Outcome, Verdict

OWN_WORD: Final = "written down by the programme"


class Line(Lasting):
    """The facts of one line as the programme wrote them: added, corrected, or said to be gone.

    All versions of a line have one `thread`: the facts that shipped, or those first written. A row is never
    changed, so that what people were shown can be read later; `until_at` is set only where somebody
    took their own writing back. `confirmed_at` is when another person first found it right: nobody else
    sees it before.
    """

    thread = models.CharField(max_length=32, db_index=True)
    facts = models.CharField(max_length=32, db_index=True)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    kind = models.CharField(
        _("what it is for"),
        max_length=24,
        choices=[(each.value, KIND_NAMES[each]) for each in Kind],
    )
    name = models.CharField(_("name"), max_length=120)
    channel = models.CharField(
        _("how it is reached"),
        max_length=10,
        choices=[(each.value, CHANNEL_NAMES[each]) for each in Channel],
    )
    deaf_by = models.CharField(
        _("how deaf people reach it"),
        max_length=10,
        blank=True,
        choices=[(each.value, DEAF_NAMES[each]) for each in DeafBy],
    )
    number = models.CharField(_("number"), max_length=40, blank=True)
    keyword = models.CharField(_("word to send"), max_length=20, blank=True)
    address = models.URLField(_("page where it begins"), max_length=300, blank=True)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    area = models.CharField(_("area"), max_length=80, blank=True)
    languages = models.CharField(_("languages"), max_length=60)
    url = models.URLField(_("official page"), max_length=300)
    is_offered = models.BooleanField(default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = LastingQuerySet["Line"].as_manager()

    def __str__(self) -> str:
        return f"{self.country} {self.name} {self.number}"

    def helpline(self) -> Helpline:
        """The same facts as the lines that ship have."""
        return Helpline(
            country=self.country,
            kind=Kind(self.kind),
            name=self.name,
            channel=Channel(self.channel),
            deaf_by=DeafBy(self.deaf_by) if self.deaf_by else None,
            languages=tuple(self.languages.split(",")),
            url=self.url,
            source=self.url,
            checked_on=self.from_at.date(),
            checked_how=OWN_WORD,
            sourced=False,
            number=self.number,
            keyword=self.keyword,
            hours=self.hours,
            area=self.area,
            address=self.address,
            is_offered=self.is_offered,
        )


class Verification(Lasting):
    """One person's word about exactly these facts; other facts, such as a new number, are none of its business.

    A newer word of the same person ends the one it replaces, so that of the rows still in force no two
    of one outcome are by the same person. That still holds when an account is gone and with it the name.
    """

    facts = models.CharField(max_length=32, db_index=True)
    country = models.CharField(max_length=2, db_index=True)
    # For whoever reads the history after the facts have changed.
    told = models.CharField(_("what was checked"), max_length=300)
    outcome = models.CharField(
        _("what they found"),
        max_length=10,
        choices=[(each.value, OUTCOME_NAMES[each]) for each in Outcome],
    )
    how = models.CharField(_("how"), max_length=10, choices=How)
    heard = models.CharField(_("what they heard or read"), max_length=200, blank=True)
    is_taken_back = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = LastingQuerySet["Verification"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facts", "by", "outcome"],
                condition=models.Q(until_at=None),
                name="one_word_of_each_person_about_a_line",
            )
        ]

    def __str__(self) -> str:
        return f"{self.told}: {self.outcome}"

    def verdict(self) -> Verdict:
        """Its worth for the ledger. Each row in force is by a person of its own, also without a name."""
        who = str(self.by_id or self.pk)
        return Verdict(who=who, outcome=Outcome(self.outcome), at=self.from_at)
