"""People, what they agreed to, how they get back in, and their requests to be forgotten."""

import unicodedata
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.enums import Purpose
from hearthside.kit.models import Lasting, LastingQuerySet, Row


def sounds_like(pseudonym: str) -> str:
    """The form in which two pseudonyms are compared: "Robin", "ROBIN ", "robin" and full-width letters are one name.

    NFKC, then case folding (Unicode Technical Report 36, section 2.11.2): databases fold letters each
    in their own way, and SQLite only those of English.
    """
    folded = unicodedata.normalize("NFKC", pseudonym).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


class PseudonymKeyField(models.CharField[str, str]):
    """Follows the pseudonym on every save, also when many people are made at once."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 Django's signature
        key = sounds_like(getattr(model_instance, "pseudonym", ""))
        setattr(model_instance, self.attname, key)
        return key


class People(BaseUserManager["Person"]):
    """Makes people; a person without a password signs in by passkey only."""

    def create_user(self, pseudonym: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(pseudonym=unicodedata.normalize("NFKC", pseudonym).strip(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(
        self, pseudonym: str, password: str | None = None, **fields: Any
    ) -> "Person":
        return self.create_user(pseudonym, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(pseudonym_key=sounds_like(username or ""))

    def called(self, pseudonym: str) -> "models.QuerySet[Person]":
        """The one person who goes by that name, however it is spelt, or nobody."""
        return self.filter(pseudonym_key=sounds_like(pseudonym))


class Person(AbstractBaseUser, PermissionsMixin, Row):
    """Someone with an account: a pseudonym, never a real name; an e-mail address only if they want one."""

    pseudonym = models.CharField(_("pseudonym"), max_length=40, unique=True)
    # Case folding may lengthen a name, by three at most.
    pseudonym_key = PseudonymKeyField(max_length=120, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Set once the person has a way back in: a confirmed e-mail address or saved recovery codes.
    recovery_ready_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "pseudonym"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym_key"],
                name="one_person_per_pseudonym",
                violation_error_message=_(
                    "Somebody already goes by that name. Please choose another."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.pseudonym


class ConsentQuerySet(LastingQuerySet["Consent"]):
    """Sets of consents."""

    def of(self, person: Person) -> Self:
        return self.filter(person=person)


class Consent(Lasting):
    """One agreement of one person, to one wording, from one moment until they take it back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.CharField(max_length=20)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-from_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(until_at=None),
                name="one_open_consent_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class RecoveryCode(Row):
    """One way back in for a person without e-mail: shown once, kept only as a hash, used once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    # Set on the whole set once the person has typed one of them back.
    saved_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "digest"], name="a_recovery_code_is_made_once"
            )
        ]

    def __str__(self) -> str:
        return f"recovery code of {self.made_at:%Y-%m-%d}"


class Retained(Row):
    """What is kept after someone deleted their account, why, and when it goes too. Holds no name."""

    what = models.CharField(max_length=200)
    reason = models.CharField(max_length=200)
    kept_from = models.DateTimeField()
    erase_on = models.DateField()

    class Meta:
        verbose_name_plural = "retained"

    def __str__(self) -> str:
        return f"{self.what} until {self.erase_on}"
