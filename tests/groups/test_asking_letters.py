"""What leaders are told when somebody asks to join."""

from datetime import datetime, timedelta

import pytest

from hearthside.groups.actions import membership
from hearthside.groups.enums import Openness, RoleKind
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.notices.models import Letter
from tests import world
from tests.notices.post import reader

pytestmark = pytest.mark.django_db


def test_asking_and_taking_it_back_in_a_loop_does_not_flood_a_mailbox(now: datetime) -> None:
    group, asker = world.group(openness=Openness.CLOSED), world.agree(world.person())
    world.role(RoleKind.FACILITATOR, reader(), group=group)

    def ask(at: datetime) -> int:
        asked = membership.visit(
            group=group,
            person=asker,
            ground_rules=rules_in_force(group),
            says_it_fits=True,
            now=at,
        )
        membership.leave(membership=asked, now=at)
        return Letter.objects.count()

    assert [ask(now), ask(now), ask(now + timedelta(days=1))] == [1, 1, 2]
    assert not [letter for letter in Letter.objects.all() if str(asker.pk) in letter.about]
