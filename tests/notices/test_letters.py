"""Letters: written once, only to those who want them, and easy to stop."""

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from hearthside.accounts import ports
from hearthside.accounts.actions import consents
from hearthside.accounts.enums import Purpose
from hearthside.notices import actions, queries
from hearthside.notices.enums import Kind
from hearthside.notices.holdings import NoticeHoldings
from hearthside.notices.models import Letter, Unsubscription
from tests.accounts.people import PASSWORD, sign_in
from tests.notices.post import PostOffice, letter, reader

pytestmark = pytest.mark.django_db


def send(now: datetime) -> int:
    return actions.send_due(clock=lambda: now)


def test_a_letter_is_written_once_however_often_it_is_asked_for() -> None:
    person = reader()
    assert letter(person) == letter(person, text="Other words")
    assert Letter.objects.get().text == "See you on Tuesday."


def test_nobody_gets_letters_without_a_confirmed_address(now: datetime) -> None:
    person = reader()
    EmailAddress.objects.update(verified=False)
    assert letter(person) is None


def test_nobody_gets_letters_without_having_agreed(now: datetime) -> None:
    person = reader()
    consents.withdraw(person=person, purpose=Purpose.REMINDERS, now=now)
    assert letter(person) is None


def test_a_stopped_kind_stays_stopped_and_the_others_come(now: datetime) -> None:
    person = reader()
    actions.stop(person=person, kind=Kind.BOOKED, now=now)
    assert letter(person) is None
    assert letter(person, kind=Kind.MOVED) is not None


def test_a_letter_reaches_the_mail_server_in_plain_words_and_as_a_page(
    office: PostOffice, now: datetime
) -> None:
    letter(reader(email="kettle@example.org"))
    assert send(now) == 1
    mail = office.taken[0]
    text, page = (part.get_payload(decode=True).decode() for part in mail.get_payload())  # type: ignore[union-attr]
    assert mail["To"] == "kettle@example.org"
    assert "See you on Tuesday." in text
    assert "<p>See you on Tuesday.</p>" in page
    for words in ("You get this because", "/letters/stop/", "/help-now/"):
        assert words in text
        assert words in page
    assert Letter.objects.get().sent_at == now


def test_a_letter_is_in_its_readers_language(office: PostOffice, now: datetime) -> None:
    letter(reader(language="es"))
    send(now)
    page = office.taken[0].get_payload()[1].get_payload(decode=True).decode()  # type: ignore[union-attr, index]
    assert '<html lang="es">' in page


def test_mail_programs_are_told_how_to_stop_it_with_one_click(
    office: PostOffice, client: Client, now: datetime
) -> None:
    person = reader()
    letter(person)
    send(now)
    mail = office.taken[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip().strip("<>").removeprefix("http://localhost:8000")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(address).status_code == 200
    assert not Unsubscription.objects.exists(), (
        "a mail scanner that opens the link must change nothing"
    )
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Unsubscription.objects.get().kind == Kind.BOOKED
    client.post(address + "undo/")
    assert not Unsubscription.objects.exists()


def test_a_changed_link_stops_nothing(client: Client) -> None:
    token = queries.stop_token(reader(), Kind.BOOKED)
    for forged in (token[:-1] + "x", token.replace("booked", "moved"), "nonsense"):
        assert client.post(reverse("letters_stop", args=[forged])).status_code == 404
    assert not Unsubscription.objects.exists()


def test_the_link_of_someone_who_is_gone_still_answers_kindly(client: Client) -> None:
    person = reader()
    address = reverse("letters_stop", args=[queries.stop_token(person, Kind.BOOKED)])
    person.delete()
    assert client.post(address).status_code == 200


def test_between_writing_and_sending_a_person_may_change_their_mind(
    office: PostOffice, now: datetime
) -> None:
    stopped, gone, withdrawn = reader(), reader(), reader()
    for person in (stopped, gone, withdrawn):
        letter(person)
    actions.stop(person=stopped, kind=Kind.BOOKED, now=now)
    EmailAddress.objects.filter(user=gone).delete()
    consents.withdraw(person=withdrawn, purpose=Purpose.REMINDERS, now=now)
    assert send(now) == 0
    assert set(Letter.objects.values_list("dropped_because", flat=True)) == {
        "unsubscribed", "no confirmed address", "no consent",
    }  # fmt: skip
    assert not office.taken


def test_a_reminder_is_not_sent_when_the_meeting_has_begun(
    office: PostOffice, now: datetime
) -> None:
    letter(reader(), expires_at=now + timedelta(hours=1))
    assert send(now + timedelta(hours=2)) == 0
    assert Letter.objects.get().dropped_because == "too late to be of use"


def test_a_letter_waits_for_its_time(office: PostOffice, now: datetime) -> None:
    letter(reader(), due_at=now + timedelta(hours=1))
    assert send(now) == 0
    assert send(now + timedelta(hours=1)) == 1


def test_letters_about_a_given_up_seat_are_called_off(now: datetime) -> None:
    person = reader()
    letter(person, "seat:1")
    letter(person, "seat:2")
    assert actions.call_off(about="seat:1", because="seat given up", now=now) == 1
    assert Letter.objects.waiting().get().about == "seat:2"


def test_ones_page_shows_each_kind_and_keeps_the_choice(client: Client) -> None:
    person = reader("quiet-kettle", password=PASSWORD)
    sign_in(client, "quiet-kettle")
    assert client.get(reverse("letters")).content.decode().count(" checked>") == len(Kind)
    client.post(reverse("letters"), {"kinds": ["booked", "moved"]})
    assert {state.kind for state in queries.kinds_of(person) if state.is_on} == {
        Kind.BOOKED,
        Kind.MOVED,
    }
    client.post(reverse("letters"), {})
    assert not [state for state in queries.kinds_of(person) if state.is_on]


def test_what_was_written_to_a_person_can_be_seen_and_is_erased_with_them(now: datetime) -> None:
    person, other = reader(), reader()
    letter(person)
    letter(other)
    holder = ports.holders()["notices"]
    assert "See you on Tuesday." in str(holder.held(person)[0].rows)
    holder.erase(person, now=now)
    assert Letter.objects.get().person == other


def test_old_letters_are_forgotten_and_waiting_ones_are_not(now: datetime) -> None:
    person = reader()
    letter(person, "old")
    letter(person, "waiting")
    Letter.objects.filter(about="old").update(sent_at=now - timedelta(days=91))
    assert actions.forget(before=now - timedelta(days=90)) == 1
    assert Letter.objects.get().about == "waiting"


def test_what_others_were_told_of_somebody_goes_with_them(now: datetime) -> None:
    greeter, newcomer = reader("Robin"), reader("Wren")
    told = letter(newcomer, "seat:1", text="Robin looks out for newcomers.")
    plain = letter(newcomer, "seat:2")
    Letter.objects.update(sent_at=now)
    NoticeHoldings().erase(greeter, now=now)
    texts = dict(Letter.objects.values_list("pk", "text"))
    assert told
    assert plain
    assert (texts[told.pk], texts[plain.pk]) == ("", "See you on Tuesday.")
