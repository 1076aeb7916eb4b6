"""Consents, everything held, taking it along, and being forgotten."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts import ports, tasks
from hearthside.accounts.actions import consents, people, ways_back
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person, RecoveryCode, Retained
from hearthside.accounts.queries import agrees
from tests import world
from tests.accounts.people import PASSWORD, sign_in, sign_up


class Cupboard:
    """A floor above that holds something, and must keep part of it for a while."""

    erased: list[str]

    def __init__(self) -> None:
        self.erased = []

    def held(self, person: Person) -> Sequence[ports.Held]:  # noqa: ARG002
        return [
            ports.Held("Cups", "To drink from.", [{"Colour": "blue", "Since": date(2026, 1, 2)}]),
            ports.Held(
                "A concern", "To keep people safe.", [{"What": "kept"}],
                stays_because="The law asks us to keep it.", stays_until=date(2028, 5, 1),
            ),
        ]  # fmt: skip

    def erase(self, person: Person, *, now: datetime) -> None:
        self.erased.append(person.pseudonym)
        Retained.objects.create(
            what="A concern", reason="law", kept_from=now, erase_on=date(2028, 5, 1)
        )


@pytest.fixture
def cupboard() -> Iterator[Cupboard]:
    cupboard = Cupboard()
    ports.register_holder("cupboard", cupboard)
    yield cupboard
    ports._holders.pop("cupboard")


@pytest.fixture
def me(client: Client) -> Person:
    sign_up(client)
    return Person.objects.get()


def test_every_consent_is_shown_with_its_words_and_since_when(client: Client, me: Person) -> None:
    page = client.get(reverse("consents")).content.decode()
    assert "Which groups I join may say something about my health" in page
    assert page.count("version 1") >= 2


def test_a_consent_can_be_taken_back_and_given_again_and_history_stays(
    client: Client, me: Person, now: datetime
) -> None:
    heard: list[tuple[Person, Purpose]] = []

    def listener(person: Person, *, purpose: Purpose, now: datetime) -> None:
        heard.append((person, purpose))

    ports.register_consent_ends(listener)
    try:
        client.post(reverse("consent_end", args=["health"]))
    finally:
        ports._listeners.remove(listener)
    assert heard == [(me, Purpose.HEALTH)]
    assert not Consent.objects.of(me).filter(purpose=Purpose.HEALTH, until_at=None).exists()
    client.post(reverse("consent", args=["health"]))
    assert Consent.objects.of(me).filter(purpose=Purpose.HEALTH).count() == 2


def test_saying_yes_twice_is_one_yes(me: Person, now: datetime) -> None:
    first = consents.give(person=me, purpose=Purpose.REMINDERS, language="en", now=now)
    assert consents.give(person=me, purpose=Purpose.REMINDERS, language="es", now=now) == first
    assert agrees(me, Purpose.REMINDERS, now=now)


def test_without_the_terms_there_is_no_account_so_taking_them_back_leads_to_deleting_it(
    client: Client, me: Person
) -> None:
    assert client.post(reverse("consent_end", args=["terms"]))["Location"] == reverse(
        "account_erase"
    )
    assert Consent.objects.of(me).filter(purpose=Purpose.TERMS, until_at=None).exists()


def test_a_purpose_that_does_not_exist_is_not_found(client: Client, me: Person) -> None:
    assert client.post(reverse("consent", args=["advertising"])).status_code == 404


def test_the_page_of_my_data_shows_what_every_floor_holds(
    client: Client, me: Person, cupboard: Cupboard
) -> None:
    page = client.get(reverse("my_data")).content.decode()
    for words in (
        "quiet-kettle",
        "Cups",
        "blue",
        "Password, kept only as a digest",
        "Where you are signed in",
    ):
        assert words in page


def test_it_can_be_taken_along_for_people_and_for_programs(
    client: Client, me: Person, cupboard: Cupboard
) -> None:
    answer = client.get(reverse("my_data_export"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["my-data.html", "my-data.json"]
        plain = json.loads(archive.read("my-data.json"))
        page = archive.read("my-data.html").decode()
    assert {"Cups", "Your account"} <= {held["heading"] for held in plain}
    assert "<h2>Cups</h2>" in page
    assert "pbkdf2" not in page
    assert me.password not in page


def test_the_page_before_deleting_says_what_goes_and_what_stays_until_when(
    client: Client, me: Person, cupboard: Cupboard
) -> None:
    page = client.get(reverse("account_erase"))
    assert "Cups" in [held.heading for held in page.context["goes"]]
    assert "The law asks us to keep it. It goes on 1 May 2028." in page.content.decode()


def test_nobody_deletes_an_account_by_a_slip(client: Client, me: Person) -> None:
    assert client.post(reverse("account_erase"), {"pseudonym": "quiet-kettle"})[
        "Location"
    ].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("account_erase"), {"pseudonym": "somebody else"})
    assert "nothing was deleted" in page.content.decode()
    assert Person.objects.exists()


def test_deleting_reaches_every_floor_and_leaves_nothing_but_what_was_named(
    client: Client, me: Person, cupboard: Cupboard, now: datetime
) -> None:
    TOTP.activate(me, "JBSWY3DPEHPK3PXP")
    EmailAddress.objects.create(user=me, email="kettle@example.org")
    ways_back.make_codes(person=me, now=now)
    phone = Client()
    phone.force_login(me)
    phone.get(reverse("me"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.post(reverse("account_erase"), {"pseudonym": "Quiet-Kettle"}, follow=True)
    assert "all the best" in answer.content.decode()
    assert cupboard.erased == ["quiet-kettle"]
    for rows in (Person, Consent, RecoveryCode, EmailAddress, Authenticator, UserSession):
        assert not rows.objects.exists()
    assert not [
        session for session in Session.objects.all() if "_auth_user_id" in session.get_decoded()
    ]
    assert Retained.objects.get().what == "A concern"


def test_if_one_floor_cannot_erase_nothing_is_erased(
    me: Person, cupboard: Cupboard, now: datetime
) -> None:
    class Jammed(Cupboard):
        def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002
            raise RuntimeError("jammed")

    ports.register_holder("jammed", Jammed())
    try:
        with pytest.raises(RuntimeError):
            people.erase(person=me, now=now)
    finally:
        ports._holders.pop("jammed")
    assert Consent.objects.of(me).count() == 2
    assert not Retained.objects.exists()


def test_settings_are_kept_and_the_browsers_zone_is_offered(client: Client, me: Person) -> None:
    client.cookies["zone"] = "Europe/Madrid"
    assert 'value="Europe/Madrid" selected' in client.get(reverse("me")).content.decode()
    client.post(reverse("me"), {"language": "es", "time_zone": "Europe/Lisbon", "country": "es"})
    me.refresh_from_db()
    assert (me.language, me.time_zone, me.country) == ("es", "Europe/Lisbon", "ES")


def test_what_was_kept_long_enough_goes_by_itself_and_so_do_ended_sessions(
    client: Client, me: Person, now: datetime
) -> None:
    client.get(reverse("me"))
    Retained.objects.create(what="old", reason="law", kept_from=now, erase_on=date(2020, 1, 1))
    Session.objects.all().delete()
    tasks.tidy.call()
    assert not Retained.objects.exists()
    assert not UserSession.objects.exists()


def test_a_name_typed_for_an_account_that_was_never_made_is_forgotten(client: Client) -> None:
    session = client.session
    an_hour_ago = timezone.now() - timedelta(hours=1)
    session["sign_up"] = {"pseudonym": "almost-here", "at": an_hour_ago.isoformat()}
    session.save()
    fresh = Client()
    kept = fresh.session
    kept["sign_up"] = {"pseudonym": "just-now", "at": timezone.now().isoformat()}
    kept.save()
    tasks.tidy.call()
    left = [one.get_decoded()["sign_up"]["pseudonym"] for one in Session.objects.all()]
    assert left == ["just-now"]


@pytest.mark.parametrize(
    "page", ["me", "consents", "my_data", "my_data_export", "account_erase", "recovery_codes"]
)
def test_ones_own_pages_are_nobody_elses(client: Client, page: str) -> None:
    assert client.get(reverse(page))["Location"].startswith(reverse("account_login"))


def test_my_data_holds_nothing_of_anybody_else(client: Client, me: Person) -> None:
    sign_in(Client(), world.person("other", password=PASSWORD).pseudonym)
    assert "other" not in json.dumps(
        [str(held.rows) for held in ports.holders()["accounts"].held(me)]
    )


def test_what_operators_did_to_an_account_stays_on_record_without_its_name(
    me: Person, now: datetime
) -> None:
    operator = world.person("lookout")
    LogEntry.objects.log_actions(operator.pk, [me], CHANGE, "closed", single_object=True)
    people.erase(person=me, now=now)
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.object_id) == ("", None)


def test_the_addresses_from_which_somebody_tried_to_sign_in_are_forgotten(client: Client) -> None:
    sign_in(client, "nobody")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert "127.0.0.1" in str(cursor.fetchall())
        cursor.execute("UPDATE cache SET expires = '2020-01-01 00:00:00'")
        tasks.tidy.call()
        cursor.execute("SELECT COUNT(*) FROM cache")
        assert cursor.fetchone() == (0,)
