"""Signing in again in the middle of something leads back to where one was."""

import pytest
from django.test import Client

from tests import world

pytestmark = pytest.mark.django_db


def next_page(client: Client, *, referer: str) -> str:
    meeting = world.meeting(world.group())
    answer = client.post(
        f"/meetings/{meeting.pk}/seat/", headers={"referer": referer, "host": "testserver"}
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")
    return answer["Location"].partition("next=")[2]


def test_an_expired_session_in_a_form_leads_back_to_the_page_of_the_form(client: Client) -> None:
    assert next_page(client, referer="http://testserver/groups/stoma/") == "%2Fgroups%2Fstoma%2F"


def test_nobody_is_led_to_another_site_by_where_a_form_came_from(client: Client) -> None:
    assert next_page(client, referer="https://evil.example/take/over/") == "%2F"
    assert next_page(client, referer="") == "%2F"


def test_a_page_that_was_only_looked_at_is_where_one_comes_back_to(client: Client) -> None:
    assert client.get("/my-meetings/")["Location"] == "/account/login/?next=/my-meetings/"
