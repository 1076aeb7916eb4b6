"""The vocabulary of lived experience: an open tree that a programme can edit."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Row


class ExperienceQuerySet(models.QuerySet["Experience"]):
    """Sets of experiences."""

    def with_names(self) -> Self:
        return self.prefetch_related("names")

    def to_review(self) -> Self:
        """A group's own words, which nobody has looked at yet."""
        return self.filter(proposed_at__isnull=False, reviewed_at=None)


class Experience(Row):
    """One thing people live with; its parent is the broader thing that it is part of."""

    slug = models.SlugField(_("short name"), max_length=64, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    # Where those find each other who live beside somebody with this ("my husband drinks").
    beside = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    related = models.ManyToManyField("self", blank=True)
    mesh = models.CharField("MeSH", max_length=20, blank=True)
    icd11 = models.CharField("ICD-11", max_length=20, blank=True)
    # Set for a group's own words, which work at once and which a coordinator then looks at.
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.label()

    def needs_review(self) -> bool:
        return self.proposed_at is not None and self.reviewed_at is None

    def label(self, language: str | None = None) -> str:
        """The name in that language (or the reader's own), else in English, else the short name.

        Reads the prefetched `names`, so lists prefetch them once.
        """
        wanted = (language or get_language() or "en").split("-")[0]
        names = {name.language: name.text for name in self.names.all() if name.is_label}
        return names.get(wanted) or names.get("en") or self.slug.replace("-", " ")


class ExperienceName(Row):
    """A word or phrase for an experience in one language: its label, or a synonym people use."""

    experience = models.ForeignKey(Experience, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=12)
    text = models.CharField(_("words"), max_length=120)
    is_label = models.BooleanField(_("shown as its name"), default=False)
    description = models.CharField(_("in one sentence"), max_length=300, blank=True)
    # "Can't cope" may be about anything: it counts only when a text says nothing more telling.
    is_vague = models.BooleanField(_("could mean many things"), default=False)

    class Meta:
        ordering = ["language", "-is_label", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["experience", "language", "text"], name="a_phrase_once_per_experience"
            ),
            models.UniqueConstraint(
                fields=["experience", "language"],
                condition=models.Q(is_label=True),
                name="one_label_per_language",
            ),
        ]

    def __str__(self) -> str:
        return self.text
