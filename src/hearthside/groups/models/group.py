"""A group: who it is for, what happens in it, how and where people meet."""

import re
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthside.groups.ages import ADULT_FROM, Ages
from hearthside.groups.enums import Course, Format, GenderRule, Openness, Stage
from hearthside.groups.models.experience import Experience
from hearthside.groups.models.place import Site
from hearthside.groups.models.under_eighteen import UnderEighteen
from hearthside.kit.models import Row


def young(group: str = "") -> models.Q:
    """The same as `Ages.is_young`, for the database; `group` is the way to the group, as "group__"."""
    begins = {f"{group}age_from__gt": 0, f"{group}age_from__lt": ADULT_FROM}
    ends = {f"{group}age_until__isnull": False, f"{group}age_until__lt": ADULT_FROM}
    return models.Q(**begins) | models.Q(**ends)


class GroupQuerySet(models.QuerySet["Group"]):
    """Sets of groups."""

    def findable(self) -> Self:
        """Open, and not for people under 18 while nobody answers for them."""
        # Threat: a group for children goes on taking them in while nobody is named to keep them safe.
        answered = models.Exists(UnderEighteen.objects.answered())
        return self.filter(~young() | models.Q(answered), stage=Stage.OPEN)

    def young(self) -> Self:
        """Those that somebody under 18 may come to."""
        return self.filter(young())

    def at(self, site: Site) -> Self:
        return self.filter(site=site)

    def with_words(self) -> Self:
        """With everything that a card or a page of a group shows, in a fixed number of queries."""
        return self.select_related("site").prefetch_related("experiences__names")


class Group(Row):
    """People who meet because they live with the same thing."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address on this site"), max_length=80, unique=True)
    summary = models.TextField(_("who it is for"))
    what_happens = models.TextField(_("what happens in a meeting"), blank=True)
    first_visit = models.TextField(
        _("a first visit"),
        blank=True,
        help_text=_("Three short lines that tell a newcomer what will happen."),
    )
    experiences = models.ManyToManyField(
        Experience, blank=True, related_name="groups", verbose_name=_("lived experience")
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    access = models.JSONField(_("access needs met"), default=list, blank=True)
    comfort = models.JSONField(_("what it is like"), default=list, blank=True)
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices, default=Stage.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    link = models.URLField(_("link to join"), max_length=500, blank=True)
    phone = models.CharField(_("number to call"), max_length=80, blank=True)
    joining_notes = models.TextField(_("how to join"), blank=True)
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    locality = models.CharField(_("town or area"), max_length=120, blank=True)
    is_venue_hidden = models.BooleanField(
        _("tell the address and link only to people who join"), default=False
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    openness = models.CharField(
        _("who may come"), max_length=8, choices=Openness.choices, default=Openness.OPEN
    )
    course = models.CharField(
        _("kind"), max_length=8, choices=Course.choices, default=Course.DROP_IN
    )
    size_min = models.PositiveSmallIntegerField(_("smallest size"), default=3)
    size_max = models.PositiveSmallIntegerField(_("largest size"), default=12)
    age_from = models.PositiveSmallIntegerField(_("from age"), default=18)
    age_until = models.PositiveSmallIntegerField(_("up to age"), null=True, blank=True)
    gender = models.CharField(
        _("gender"), max_length=8, choices=GenderRule.choices, default=GenderRule.ANY
    )

    # Where an imported group comes from: the list's name and the slug in it.
    source = models.CharField(max_length=120, blank=True)
    source_slug = models.CharField(max_length=120, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    size_min__gte=3, size_max__lte=30, size_max__gte=models.F("size_min")
                ),
                name="a_group_has_3_to_30_people",
                violation_error_message=_(
                    "A group has between 3 and 30 people, the smallest size first."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(age_until=None) | models.Q(age_until__gte=models.F("age_from")),
                name="an_age_band_is_not_upside_down",
                violation_error_message=_("The upper age must not be below the lower one."),
            ),
            models.UniqueConstraint(
                fields=["source", "source_slug"],
                condition=~models.Q(source=""),
                name="a_listing_is_imported_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.slug])

    def clean(self) -> None:
        """An open group may be changed, but not into one that nobody could open."""
        gaps = self.gaps() if self.stage == Stage.OPEN else {}
        if gaps:
            raise ValidationError(gaps)

    def gaps(self) -> dict[str, str]:
        """What this row still lacks before people can find it: field name to a sentence."""
        wanted = {
            "name": (self.name, _("Give the group a name.")),
            "summary": (self.summary, _("Say in a sentence or two who it is for.")),
            "languages": (self.languages, _("Say which languages people speak.")),
        }
        if self.is_in_person():
            where = self.address or self.venue
            wanted["address"] = (where, _("Say where people meet."))
            wanted["locality"] = (
                self.locality or not self.is_venue_hidden,
                _("You keep the address private, so say which town or area it is in."),
            )
        if self.format == Format.PHONE:
            wanted["phone"] = (self.phone, _("Give the number that people call."))
        elif self.is_remote() and not self.has_room():
            wanted["link"] = (
                self.link or self.joining_notes,
                _("Give the link that people open, or write how they join."),
            )
        return {field: str(sentence) for field, (value, sentence) in wanted.items() if not value}

    def first_visit_lines(self) -> list[str]:
        return [line.strip() for line in self.first_visit.splitlines() if line.strip()]

    def link_host(self) -> str:
        """Which other website the link leads to, so that nobody is surprised."""
        return urlsplit(self.link).hostname or ""

    def phone_digits(self) -> str:
        """The number as a telephone dials it (RFC 3966), up to the first words beside it."""
        found = re.search(r"\+?[\d\s().\-/]{5,}", self.phone)
        return re.sub(r"[^\d+]", "", found.group()) if found else ""

    def is_findable(self) -> bool:
        return self.stage == Stage.OPEN

    @property
    def ages(self) -> Ages:
        return Ages(self.age_from, self.age_until)

    def is_young(self) -> bool:
        """Somebody under 18 may come."""
        return self.ages.is_young

    def is_in_person(self) -> bool:
        return self.format in (Format.IN_PERSON, Format.HYBRID)

    def is_remote(self) -> bool:
        return self.format != Format.IN_PERSON

    def has_room(self) -> bool:
        """People meet in Hearthside's own sealed room, in writing; a link is an extra, for voice elsewhere."""
        return self.format == Format.ONLINE


class StageChange(Row):
    """A group was opened, paused or ended: by whom, and when."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="stage_changes")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.stage} {self.at:%Y-%m-%d}"
