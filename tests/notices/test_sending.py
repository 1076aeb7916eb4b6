"""Sending: each letter once, with several senders, a failing mail server, and a process that is killed."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from hearthside.notices import actions, queries
from hearthside.notices.models import Letter
from tests.conftest import ROOT
from tests.notices.post import PostOffice, letter, reader

SENDER = Path(__file__).with_name("sender.py")


def send(now: datetime) -> int:
    return actions.send_due(clock=lambda: now)


@pytest.mark.django_db
def test_an_unreachable_mail_server_costs_no_try(
    office: PostOffice, settings: object, now: datetime
) -> None:
    letter(reader())
    settings.EMAIL_PORT = 1  # type: ignore[attr-defined]
    assert send(now) == 0
    assert (Letter.objects.get().tries, Letter.objects.get().claimed_until) == (0, None)


@pytest.mark.django_db
def test_a_busy_mail_server_is_asked_again_later_and_later(
    office: PostOffice, now: datetime
) -> None:
    letter(reader())
    office.refuse = "451 try later"
    waits = []
    for _ in range(4):
        send(now)
        due = Letter.objects.get().due_at
        waits.append((due - now).total_seconds() / 60)
        now = due
    assert waits == [1, 2, 4, 8]
    office.refuse = ""
    assert send(now) == 1
    assert len(office.taken) == 1


@pytest.mark.django_db
def test_after_eight_tries_a_letter_is_given_up_with_the_reason(
    office: PostOffice, now: datetime
) -> None:
    letter(reader())
    office.refuse = "451 try later"
    for _ in range(9):
        send(now)
        now += timedelta(days=1)
    given_up = Letter.objects.get()
    assert given_up.tries == 8
    assert "try later" in given_up.dropped_because


@pytest.mark.django_db
def test_a_clear_no_is_believed_at_once(office: PostOffice, now: datetime) -> None:
    letter(reader())
    office.refuse = "550 no such person"
    send(now)
    assert "no such person" in Letter.objects.get().dropped_because


@pytest.mark.django_db
def test_the_reason_never_names_the_address(office: PostOffice, now: datetime) -> None:
    letter(reader(email="wren@example.org"))
    office.refuse = "550 5.1.1 <Wren@example.org>: unknown"
    send(now)
    because = Letter.objects.get().dropped_because
    assert "unknown" in because
    assert "@" not in because


@pytest.mark.django_db
def test_one_refused_letter_does_not_hold_up_the_next(office: PostOffice, now: datetime) -> None:
    first, second = reader(email="first@example.org"), reader(email="second@example.org")
    letter(first, due_at=now - timedelta(hours=1))
    letter(second)
    Letter.objects.filter(person=first).update(subject="broken")

    async def refuse_the_first(
        server: object, session: object, envelope: object, address: str, options: object
    ) -> str:
        if address == "first@example.org":
            return "550 no such person"
        envelope.rcpt_tos.append(address)  # type: ignore[attr-defined]
        return "250 OK"

    office.handle_RCPT = refuse_the_first  # type: ignore[attr-defined]
    assert send(now) == 1
    assert office.taken[0]["To"] == "second@example.org"


@pytest.mark.django_db
def test_a_claim_that_ran_out_is_taken_up_by_another(now: datetime) -> None:
    written = letter(reader())
    assert written is not None
    assert actions.claim(pk=written.pk, now=now) is not None
    assert actions.claim(pk=written.pk, now=now + timedelta(minutes=4)) is None
    assert actions.claim(pk=written.pk, now=now + timedelta(minutes=6)) is not None


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_letter_once(office: PostOffice, now: datetime) -> None:
    person = reader()
    for number in range(40):
        letter(person, f"seat:{number}")
    sent: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        sent.append(send(now))
        connection.close()

    senders = [threading.Thread(target=work) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sum(sent) == 40
    assert set(office.ids().values()) == {1}
    assert len(office.ids()) == 40


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_at_any_moment_loses_no_letter(office: PostOffice) -> None:
    """Each kill may repeat the one letter that was in its hands, with the same Message-ID, and no other."""
    person, chance = reader(), random.Random(20261123)
    letters = [letter(person, f"seat:{number}") for number in range(30)]
    for kill in range(6):
        child = _sender(minutes_later=6 * kill, port=office.port)
        _wait_until(len(office.taken) + chance.randint(1, 4), office)
        time.sleep(chance.uniform(0.0, 0.03))
        child.kill()
        assert child.wait() == -signal.SIGKILL
    assert _sender(minutes_later=60, port=office.port).wait(timeout=60) == 0
    assert set(office.ids()) == {queries.message_id(each) for each in letters if each}
    assert not Letter.objects.waiting().exists()
    assert len(office.taken) - 30 <= 6


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_the_server_took_before_the_crash_comes_again_under_the_same_id(
    office: PostOffice, now: datetime
) -> None:
    """The one window that cannot be closed: yes from the server, then death before the mark."""
    written = letter(reader())
    assert written is not None
    send(now)
    Letter.objects.update(sent_at=None, claimed_until=now + actions.LEASE)
    assert send(now + timedelta(minutes=1)) == 0
    assert send(now + timedelta(minutes=6)) == 1
    assert office.ids() == {queries.message_id(written): 2}


def _wait_until(taken: int, office: PostOffice) -> None:
    patience = time.monotonic() + 60
    while len(office.taken) < taken and time.monotonic() < patience:
        time.sleep(0.002)


def _sender(*, minutes_later: int, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            str(SENDER),
            str(minutes_later),
            str(port),
            str(connection.settings_dict["NAME"]),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "HEARTHSIDE_HOME": str(settings.HOME),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        },
    )
