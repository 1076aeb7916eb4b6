"""Two people stand behind the numbers under every page, each on their own phone."""

import pytest

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Programme
from hearthside.safety import helplines
from tests import world
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_people_check_the_first_two_numbers_and_a_visitor_can_count_on_them(
    arrives: Arrives, programme: Programme
) -> None:
    site = world.site()
    emergency = helplines.for_country("GB").emergency[0]
    samaritans = helplines.for_country("GB").lines[0]
    visitor = arrives("visitor")
    visitor.goes("/privacy/")
    visitor.reads("(check these numbers)", within=".crisis-line")

    one, two = arrives("one", **PHONE), arrives("two", **PHONE)
    one.signs_in(world.role(RoleKind.COORDINATOR, world.person("Heron"), site=site))
    two.signs_in(world.role(RoleKind.SAFETY_LEAD, world.person("Anchor")))
    one.goes("/sites/")
    one.follows("Crisis lines")
    one.reads("People here read: check this number")
    for who in (one, two):
        who.goes(f"/crisis-lines/{emergency.facts}/")
        who.reads("Do not call this number to try it")
        who.presses("The official page says exactly this")
        who.goes(f"/crisis-lines/{samaritans.facts}/")
        who.presses("It answers and is the right service")
        who.reads("You can undo it for ten minutes")
    two.goes("/crisis-lines/")
    two.reads("so are the two numbers that stand under every page")
    visitor.goes("/privacy/")
    visitor.reads("116 123", within=".crisis-line")
    assert "check these numbers" not in visitor.page.locator(".crisis-line").inner_text()

    two.presses("Undo")
    visitor.goes("/privacy/")
    visitor.reads("(check these numbers)", within=".crisis-line")
