"""A browser's keys name it, so it chooses its own id; nobody can take another's."""

import json
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from hearthside.rooms.models import Device
from tests import world

pytestmark = pytest.mark.django_db


def register(browser: Client, device: UUID, fingerprint: str) -> tuple[int, dict[str, object]]:
    told = {"device": str(device), "fingerprint": fingerprint, "packages": []}
    answer = browser.post(
        reverse("room_devices"), json.dumps(told), content_type="application/json"
    )
    return answer.status_code, answer.json()


def test_a_browser_is_called_what_its_keys_call_it() -> None:
    device = uuid4()
    status, answer = register(world.browser(world.person()), device, "a" * 64)
    assert (status, answer) == (200, {"device": str(device), "left": 0})


def test_a_browser_that_is_known_keeps_the_id_it_had() -> None:
    browser, first = world.browser(world.person()), uuid4()
    register(browser, first, "a" * 64)
    assert register(browser, uuid4(), "a" * 64)[1]["device"] == str(first)


def test_the_id_of_another_persons_browser_is_refused() -> None:
    device = uuid4()
    register(world.browser(world.person()), device, "a" * 64)
    status, answer = register(world.browser(world.person()), device, "b" * 64)
    assert status == 409
    assert "words" in answer
    assert Device.objects.get().fingerprint == "a" * 64
