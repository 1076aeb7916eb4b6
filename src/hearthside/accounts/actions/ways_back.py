"""Ways back into an account: recovery codes, a confirmed e-mail address, and starting again."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from hearthside.accounts import ports, queries
from hearthside.accounts.models import Person, RecoveryCode

CODES = 8
# Crockford's alphabet without look-alikes: 12 of 32 letters are 60 bits.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v", "-": None, " ": None})
NOBODY = UUID(int=0)


class NotOneOfYours(Exception):
    """What was typed is not one of the person's unused recovery codes."""


class NoWayBack(Exception):
    """Pseudonym and code do not fit together; whether such a person exists is not said."""


def make_codes(*, person: Person, now: datetime) -> list[str]:
    """Eight new recovery codes in place of any older ones; they can never be read again."""
    codes = [_new_code() for _ in range(CODES)]
    digests = [_digest(person.pk, code) for code in codes]
    with transaction.atomic():
        RecoveryCode.objects.filter(person=person).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(person=person, digest=digest, made_at=now) for digest in digests
        )
        reconsider(person=person, now=now)
    return codes


def confirm_codes(*, person: Person, typed: str, now: datetime) -> None:
    """The person typed one code back, so the set counts as saved. Raises NotOneOfYours."""
    unused = RecoveryCode.objects.filter(person=person, used_at=None)
    if not unused.filter(digest=_digest(person.pk, typed)).exists():
        raise NotOneOfYours
    with transaction.atomic():
        unused.update(saved_at=now)
        reconsider(person=person, now=now)


def use_code(*, pseudonym: str, typed: str, now: datetime) -> Person:
    """Use up one code and learn who it lets in. Raises NoWayBack.

    Someone who guesses must not learn whether a pseudonym exists: an unknown one costs the same one
    slow digest and the same one query as a wrong code.
    """
    person = Person.objects.called(pseudonym).filter(is_active=True).first()
    owner = person.pk if person else NOBODY
    fitting = RecoveryCode.objects.filter(person=owner, used_at=None, digest=_digest(owner, typed))
    # The update decides, so that a code typed twice at the same moment lets in once.
    if not fitting.update(used_at=now) or person is None:
        raise NoWayBack
    reconsider(person=person, now=now)
    return person


def start_again(*, person: Person, password: str, now: datetime) -> None:
    """A new password after a recovery code; it ends every session.

    Whatever was lost may be in somebody else's hands, so old passkeys and apps go. Not for people who
    can see others' data: one code alone must never undo their second factor.
    """
    with transaction.atomic():
        if not ports.sees_others(person):
            Authenticator.objects.filter(user=person).delete()
        person.set_password(password or None)
        person.save(update_fields=["password"])
        reconsider(person=person, now=now)


def reconsider(*, person: Person, now: datetime) -> None:
    """Set or unset `recovery_ready_at` by what is there: a confirmed address, or saved and unused codes."""
    codes = RecoveryCode.objects.filter(person=person, used_at=None).exclude(saved_at=None)
    is_ready = bool(queries.confirmed_email(person)) or codes.exists()
    if is_ready == (person.recovery_ready_at is not None):
        return
    person.recovery_ready_at = now if is_ready else None
    person.save(update_fields=["recovery_ready_at"])


def _new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def _digest(owner: UUID, code: str) -> str:
    """Slow on purpose (scrypt, RFC 7914) and salted by the person: a stolen database yields no code."""
    plain = code.strip().lower().translate(LOOK_ALIKES)
    return hashlib.scrypt(plain.encode(), salt=owner.bytes, n=2**14, r=8, p=1, dklen=32).hex()
