"""One site's coordinator can neither see nor change what another site brought in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.exchange.models import Import
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Site
from tests import world
from tests.exchange.lists import bring_in, packed, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs() -> Group:
    bring_in(packed(row()), site=world.site("Bristol"), now=timezone.now())
    return Group.objects.get()


def coordinator_of(site: Site) -> Client:
    return world.browser(world.role(RoleKind.COORDINATOR, site=site))


def upload(client: Client, site: Site, data: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile("harbour.json", data, content_type="application/json")
    said = {"file": file, "site": str(site.pk), "language": "en", **fields}
    return client.post(reverse("import_new"), said)


def test_a_list_by_the_name_of_another_sites_list_is_not_read(theirs: Group) -> None:
    mine = world.site("Leeds")
    answer = upload(coordinator_of(mine), mine, packed(row(name="Taken over")), source="harbour")
    assert answer.status_code == 422
    assert "Another site has brought in a list by that name" in answer.content.decode()
    assert not Import.objects.filter(site=mine).exists()
    theirs.refresh_from_db()
    assert theirs.name == "Tuesday candle"


def test_a_reading_that_touches_another_sites_group_is_not_shown_to_one_sites_coordinator(
    theirs: Group,
) -> None:
    mine = world.site("Leeds")
    reading = bring_in(packed(row(name="Changed")), site=mine, now=timezone.now())
    assert reading.rows.filter(group=theirs).exists()
    address = reading.get_absolute_url()
    assert coordinator_of(mine).get(address).status_code == 404
    assert world.browser(world.role(RoleKind.OPERATOR)).get(address).status_code == 200


def test_a_later_reading_at_another_site_does_not_block_undoing_ones_own(theirs: Group) -> None:
    own = Import.objects.get()
    other = bring_in(packed(row(slug="other")), site=world.site("Leeds"), now=timezone.now())
    assert other.applied_at
    client = coordinator_of(own.site)
    client.post(reverse("import_undo", args=[own.pk]))
    assert not Group.objects.filter(pk=theirs.pk).exists()
