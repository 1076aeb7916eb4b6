"""Parts of the frame that are kept: the same values give the same part, and nothing else gets into it."""

import pytest
from django.template import engines
from django.test import Client
from django.utils.translation import override

from tests import world


def shown(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_a_kept_part_sees_its_values_and_nothing_of_the_page() -> None:
    page = '{% kept "brand" name=programme %}'
    assert "Harbour Lane" in shown(page, programme="Harbour Lane")
    assert "Somebody" not in shown('{% kept "brand" %}', name="Somebody", programme="Somebody")
    assert "&lt;b&gt;" in shown(page, programme="<b>")


def test_a_kept_part_is_kept_for_each_language() -> None:
    part = '{% kept "safety_bar" exit_url="https://example.org/" %}'
    with override("es"):
        spanish = shown(part)
    with override("en"):
        assert "Help now" in shown(part)
    assert "Help now" not in spanish


@pytest.mark.django_db
def test_a_visitor_after_a_member_sees_the_doors_of_visitors() -> None:
    member, visitor = Client(), Client()
    member.force_login(world.person())
    assert 'href="/me/"' in member.get("/how-it-works/").content.decode()
    page = visitor.get("/how-it-works/").content.decode()
    assert 'href="/me/"' not in page
    assert 'href="/how-it-works/" aria-current="page"' in page
