"""What the finder keeps to itself: words, searches, hidden doors. Nothing of a visitor is written down."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hearthside.finder.queries.reading.groups import open_groups
from peerkit.matching import Tree
from tests.finder import town
from tests.finder.town import ask

pytestmark = pytest.mark.django_db


def test_a_hidden_address_and_a_link_are_on_no_page(client: Client) -> None:
    town.words()
    town.group(
        "Afterwards",
        "alcohol",
        format="hybrid",
        venue="The Blue Door",
        address="7 Quiet Lane",
        link="https://rooms.example.org/secret",
        locality="Leeds",
        is_venue_hidden=True,
    )
    for page in (client.get("/find/").content.decode(), ask(client, "drinking", place="Leeds")):
        assert "Afterwards" in page
        for secret in ("Blue Door", "Quiet Lane", "rooms.example.org"):
            assert secret not in page


def test_distances_tell_nobody_where_a_hidden_door_is(client: Client) -> None:
    town.words()
    where: dict[str, Any] = {
        "format": "in_person",
        "locality": "Leeds",
        "latitude": 53.84,
        "longitude": -1.60,
    }
    open_door = town.group("In the open", "alcohol", **where)
    hidden = town.group("Behind a door", "alcohol", is_venue_hidden=True, **where)
    now = timezone.now()
    found = {
        one.offer.id: (one.offer.latitude, one.offer.longitude)
        for one in open_groups(None, Tree(), {}, now=now)
    }
    assert found[str(open_door.pk)] == (53.84, -1.60)
    middle = found[str(hidden.pk)]
    assert middle != (53.84, -1.60)
    assert middle == pytest.approx((53.79, -1.55), abs=0.03)


def test_nothing_of_a_search_is_kept_or_said_aloud(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    town.words()
    town.group("Thursday, sober", "alcohol")
    caplog.set_level("DEBUG", logger="hearthside")
    caplog.set_level("DEBUG", logger="django.request")
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/find/", {"words": town.MUM_DIED, "read": ""})
        page = client.get(answer["Location"])
    assert "sessionid" not in client.cookies
    # The one cookie is of the language switch in the frame, and the same for every visitor's pages.
    assert set(client.cookies) <= {"csrftoken"}
    assert Session.objects.count() == 0
    assert rows() == before
    assert all(
        query["sql"].lstrip("(").startswith(("SELECT", "DECLARE"))
        for query in queries.captured_queries
    )
    for told in (answer["Location"], caplog.text, *(q["sql"] for q in queries.captured_queries)):
        assert "mum" not in told
        assert "alcohol" not in told
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "same-origin"


def test_the_title_says_nothing_of_what_was_asked(client: Client) -> None:
    town.words()
    title = ask(client, town.MUM_DIED).partition("<title>")[2].partition("</title>")[0]
    assert title.startswith("Find a group")


def test_the_form_needs_no_cookie_to_be_sent() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/find/", {"words": "drinking"}).status_code == 302


def test_a_plain_link_with_words_is_answered_at_a_sealed_address(client: Client) -> None:
    town.words()
    answer = client.get("/find/", {"about": "alcohol"})
    assert answer.status_code == 302
    assert "alcohol" not in answer["Location"]
    assert 'value="about:alcohol"' in client.get(answer["Location"]).content.decode()


def rows() -> dict[str, int]:
    """How many rows every table holds."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts
