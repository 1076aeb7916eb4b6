"""A query that is written once finds what the same query would find, however many are asked for."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearthside.finder.queries.listings import listings
from hearthside.kit.prepared import LEAST
from tests.finder import town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("strangers", [0, LEAST - 2, LEAST - 1, LEAST + 1, 5 * LEAST])
def test_groups_are_found_in_one_query_among_any_number_of_keys(strangers: int) -> None:
    town.words()
    first = town.group("Harbour", "alcohol", languages=["en", "cy"])
    second = town.group("Lantern", "alcohol")
    keys = [str(first.pk), *(str(uuid4()) for _ in range(strangers)), str(second.pk)]

    with CaptureQueriesContext(connection) as asked:
        found = listings(keys)

    assert {key: one.name for key, one in found.items()} == {
        str(first.pk): "Harbour",
        str(second.pk): "Lantern",
    }
    assert found[str(first.pk)].languages == ("en", "cy")
    assert len(asked) == 1


def test_what_was_asked_before_is_not_found_again() -> None:
    town.words()
    before, after = town.group("Harbour", "alcohol"), town.group("Lantern", "alcohol")

    assert set(listings([str(before.pk), str(after.pk)])) == {str(before.pk), str(after.pk)}
    assert set(listings([str(after.pk)])) == {str(after.pk)}
