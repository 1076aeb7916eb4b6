"""A shared device keeps nothing of whoever signed out."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests import world

pytestmark = pytest.mark.django_db


def test_signing_out_tells_the_browser_to_clear_what_it_keeps_for_this_site() -> None:
    browser = world.browser(world.person())
    assert "Clear-Site-Data" not in browser.get(reverse("home")).headers
    answer = browser.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in browser.get(reverse("home")).headers


def test_signing_in_and_reading_as_a_visitor_clear_nothing() -> None:
    visitor = world.browser()
    assert "Clear-Site-Data" not in visitor.get(reverse("account_login")).headers


def test_a_browser_whose_session_was_ended_elsewhere_is_cleared_at_its_next_visit() -> None:
    browser = world.browser(world.person())
    browser.get(reverse("home"))
    Session.objects.all().delete()
    assert browser.get(reverse("home")).headers["Clear-Site-Data"] == '"storage"'
