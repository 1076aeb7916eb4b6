"""The first page of somebody who has an account."""

import pytest
from django.urls import reverse

from hearthside.groups.enums import Standing
from tests import world

pytestmark = pytest.mark.django_db


def test_ones_own_groups_stand_on_the_first_page_also_those_one_has_asked() -> None:
    who, belongs, asked = world.person(), world.group("First light"), world.group("Second wind")
    world.group("Somebody else's")
    world.member(belongs, who)
    world.member(asked, who, standing=Standing.ASKED)
    text = world.browser(who).get(reverse("home")).content.decode()
    assert belongs.get_absolute_url() in text
    assert asked.get_absolute_url() in text
    assert text.count("Asked to join") == 1
    assert "Somebody else" not in text


def test_nobody_is_told_that_they_have_no_groups() -> None:
    text = world.browser(world.person()).get(reverse("home")).content.decode()
    assert "Your groups" not in text
