"""Cases: the record of those who look after a serious concern, for named people only."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.kit.models import Lasting, LastingQuerySet, Row
from hearthside.safety.enums import CaseAct, CaseRequestKind
from hearthside.safety.models.concerns import Concern


class CaseQuerySet(models.QuerySet["Case"]):
    """Sets of cases."""

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def open_to(self, person: Person, *, now: datetime) -> Self:
        """Those in which the person is named, and nobody's by role."""
        named = CaseAccess.objects.in_force(now=now).filter(person=person)
        return self.filter(pk__in=named.values("case"))

    def overdue(self, *, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now)


class Case(Row):
    """One case. What it is about, and the next step, are sealed (`safety.case_words`).

    Threat: whoever runs the installation is whom it is about. No role opens a case: neither on a page nor
    on the operator's screens, where these tables are not registered.
    """

    concern = models.OneToOneField(
        Concern, on_delete=models.SET_NULL, null=True, blank=True, related_name="case"
    )
    # Whom it is about, where that is one person with an account; their right to ask hangs on it.
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    matter = models.BinaryField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    next_step = models.BinaryField(default=bytes, blank=True)
    due_at = models.DateTimeField(_("next step by"), db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    erase_on = models.DateField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, erase_on=None)
                | models.Q(closed_at__isnull=False, erase_on__isnull=False),
                name="only_a_closed_case_is_erased",
            )
        ]

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d}"

    @property
    def number(self) -> str:
        """How people name it to each other without saying what it is about."""
        return self.pk.hex[:6].upper()

    def is_overdue(self, *, now: datetime) -> bool:
        return self.closed_at is None and self.due_at <= now


class CaseAccess(Lasting):
    """One named person may read and write in one case, let in by another who could."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="accesses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = LastingQuerySet["CaseAccess"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=models.Q(until_at=None),
                name="one_access_to_a_case_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_at:%Y-%m-%d}"


class CaseNote(Row):
    """Something that somebody wrote down; never changed, sealed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    words = models.BinaryField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class CaseLook(Row):
    """One line of a case's log: who, what, when. Written once, never changed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="log")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    act = models.CharField(max_length=8, choices=CaseAct.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.act}"


class CaseRequest(Row):
    """Somebody asks for what needs two people: closing a case, or keeping a closed one longer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=6, choices=CaseRequestKind.choices)
    words = models.BinaryField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(signed_at=None),
                name="one_open_request_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(signed_by=models.F("by")) | models.Q(signed_by=None),
                name="nobody_signs_their_own_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}"


class LogQuestion(Row):
    """Somebody asks who looked at safety records about them; a person answers, whether there are any or not."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="log_questions"
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answer = models.TextField(blank=True)
    # The lines that were shown, as they stood: {"at": iso, "act": CaseAct}. No names.
    shown = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(answered_at=None),
                name="one_open_question_about_the_log",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"
