"""A post office for tests: people who want letters, and a mail server that really listens."""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from allauth.account.models import EmailAddress

from hearthside.accounts.actions import consents
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.notices import actions
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter
from tests import world


@dataclass
class PostOffice:
    """Takes every letter, unless told to refuse; knows what it took."""

    taken: list[Message] = field(default_factory=list)
    refuse: str = ""
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002 aiosmtpd's signature
        if self.refuse:
            return self.refuse
        self.taken.append(message_from_bytes(envelope.content or b""))  # type: ignore[arg-type]
        return "250 taken"

    def ids(self) -> Counter[str]:
        return Counter(str(letter["Message-ID"]) for letter in self.taken)


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    office = PostOffice(port=port)
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def reader(pseudonym: str = "", *, email: str = "", **fields: Any) -> Person:
    """Somebody with a confirmed address who agreed to letters."""
    person = world.person(pseudonym, **fields)
    person.email = email or f"{person.pk.hex}@example.org"
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    consents.give(person=person, purpose=Purpose.REMINDERS, language="en", now=world.NOW)
    return person


def letter(
    person: Person, about: str = "seat:1", *, now: datetime = world.NOW, **fields: Any
) -> Letter | None:
    defaults: dict[str, Any] = {
        "kind": Kind.BOOKED,
        "subject": "Your seat is booked",
        "text": "See you on Tuesday.",
        "due_at": now,
    }
    return actions.post(person=person, about=about, now=now, **{**defaults, **fields})
