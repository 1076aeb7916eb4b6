"""Coordinators bring in lists by hand: read, look, approve, undo; others learn nothing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.exchange.models import Import
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Group, Site
from tests import world
from tests.exchange.lists import bring_in, packed, row

pytestmark = pytest.mark.django_db

QUERIES_OF_A_READING = 8
QUERIES_OF_THE_LIST = 1


@pytest.fixture
def site() -> Site:
    return world.site()


@pytest.fixture
def coordinator(site: Site) -> Person:
    return world.role(RoleKind.COORDINATOR, site=site)


@pytest.fixture
def client(coordinator: Person) -> Client:
    return world.browser(coordinator)


def upload(client: Client, site: Site, data: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile("harbour.json", data, content_type="application/json")
    said = {"file": file, "site": str(site.pk), "language": "en", **fields}
    return client.post(reverse("import_new"), said)


def test_a_list_is_read_looked_at_and_applied(
    client: Client, coordinator: Person, site: Site
) -> None:
    answer = upload(client, site, packed(row(), row(slug="b", name="B", time="whenever")))
    reading = Import.objects.get()
    assert answer["Location"] == reading.get_absolute_url()
    assert not Group.objects.exists()
    page = client.get(reading.get_absolute_url()).content.decode()
    assert "1 new group will be open" in page
    assert "Write it as 19:00" in page

    client.post(reverse("import_apply", args=[reading.pk]), {"new": "on"})
    assert Group.objects.get().stage == Stage.OPEN
    reading.refresh_from_db()
    assert (reading.applied_by, reading.source) == (coordinator, "harbour")

    client.post(reverse("import_undo", args=[reading.pk]))
    assert not Group.objects.exists()


def test_only_the_ticked_changes_are_made(client: Client, coordinator: Person, site: Site) -> None:
    bring_in(packed(row(), row(slug="b", name="B")), site=site, now=timezone.now())
    upload(client, site, packed(row(name="New name"), row(slug="b", name="New B")))
    reading = Import.objects.exclude(applied_at__isnull=False).get()
    page = client.get(reading.get_absolute_url()).content.decode()
    assert "Tuesday candle" in page
    assert "New name" in page
    chosen = reading.rows.get(slug="b")
    client.post(reverse("import_apply", args=[reading.pk]), {"rows": [str(chosen.pk)]})
    assert set(Group.objects.values_list("name", flat=True)) == {"Tuesday candle", "New B"}


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"<html>", "web page"), (packed(row())[:-9], "stops in the middle"), (b"", "empty")],
)
def test_a_bad_file_gets_a_clear_sentence_and_the_form_keeps_what_was_typed(
    client: Client, coordinator: Person, site: Site, data: bytes, words: str
) -> None:
    answer = upload(client, site, data, source="My own name for it")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "My own name for it" in answer.content.decode()
    assert not Import.objects.exists()


def test_an_address_of_the_servers_own_network_is_not_asked(
    client: Client, coordinator: Person, site: Site
) -> None:
    said = {"address": "http://127.0.0.1:1/list.json", "site": str(site.pk), "language": "en"}
    answer = client.post(reverse("import_new"), said)
    assert "private network" in answer.content.decode()


def test_neither_file_nor_address_is_told(client: Client, coordinator: Person, site: Site) -> None:
    answer = client.post(reverse("import_new"), {"site": str(site.pk), "language": "en"})
    assert "Choose a file, or give an address" in answer.content.decode()


def test_rows_can_be_seen_by_kind(client: Client, coordinator: Person, site: Site) -> None:
    upload(client, site, packed(row(), row(slug="b", name="Broken", time="whenever")))
    address = Import.objects.get().get_absolute_url()
    refused = client.get(address, {"show": "refused"}).content.decode()
    assert "Broken" in refused
    assert "Tuesday candle" not in refused


def test_coordinators_of_other_sites_and_everyone_else_learn_nothing(site: Site) -> None:
    reading = bring_in(packed(row()), site=site)
    elsewhere = world.role(RoleKind.COORDINATOR, site=world.site("Bristol"))
    facilitator = world.role(RoleKind.FACILITATOR, group=Group.objects.get())
    for person in (elsewhere, facilitator, world.person()):
        client = world.browser(person)
        assert client.get(reading.get_absolute_url()).status_code == 404
        for name in ("import_apply", "import_undo"):
            assert client.post(reverse(name, args=[reading.pk])).status_code == 404
    client = world.browser(facilitator)
    assert client.get(reverse("imports")).status_code == 404
    assert client.get(reverse("import_new")).status_code == 404
    assert world.browser().get(reading.get_absolute_url()).status_code == 302
    assert Group.objects.exists()


def test_nobody_brings_a_list_into_a_site_that_is_not_theirs(
    client: Client, coordinator: Person
) -> None:
    answer = upload(client, world.site("Bristol"), packed(row()))
    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_operators_see_all_imports(site: Site) -> None:
    reading = bring_in(packed(row()), site=site)
    client = world.browser(world.role(RoleKind.OPERATOR))
    assert reading.get_absolute_url() in client.get(reverse("imports")).content.decode()


def test_a_page_of_rows_costs_the_same_for_one_row_and_for_many(
    client: Client, coordinator: Person, site: Site
) -> None:
    costs = set()
    for count in (1, 3, 60):
        rows = [row(slug=f"{count}-{number}", name=f"N{number}") for number in range(count)]
        source = f"list-{count}"
        bring_in(packed(*rows), source=source, site=site, now=timezone.now())
        changed = packed(*({**each, "notes": "New words"} for each in rows))
        address = upload(client, site, changed, source=source)["Location"]
        costs.add((own_queries(client, address), own_queries(client, reverse("imports"))))
    assert costs == {(QUERIES_OF_A_READING, QUERIES_OF_THE_LIST)}


def own_queries(client: Client, address: str) -> int:
    """How often the page asks for imports, their rows, groups or sites; the frame has tests of its own."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    tables = ('FROM "exchange_', 'FROM "groups_group"', 'FROM "groups_site"')
    return sum(any(table in query["sql"] for table in tables) for query in queries)
