"""A programme begins, a group begins: from the first page of an empty installation to somebody who finds it."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone
from pytest_django import Settings

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Programme
from hearthside.shell import first_run
from tests import world
from tests.accounts.people import PASSWORD
from tests.journeys.conftest import Arrives
from tests.journeys.reader import PHONE, Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def digits(operator: Reader) -> str:
    """What the app on the operator's phone shows once the secret of the page was typed into it."""
    secret = operator.page.locator("main code").first.inner_text()
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def test_whoever_installed_it_sets_up_a_programme_makes_it_safe_and_drafts_a_group(
    arrives: Arrives, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    first_run.marker().write_text(hashlib.sha256(b"the-token").hexdigest())
    operator = arrives("operator")
    operator.goes("/start/the-token/")
    operator.writes("Your pseudonym", "harbour-master")
    operator.writes("A password", PASSWORD)
    operator.writes("What is your programme called?", "Harbour Lane")
    operator.chooses("Which country is it in?", "United Kingdom")
    operator.writes("Your first site", "Leeds")
    operator.chooses("Its time zone", "Europe/London")
    operator.ticks("I agree to use this service in this way")
    operator.presses("Set up")

    operator.is_at("A second proof")
    operator.follows("Set up an app")
    operator.writes("digits", digits(operator))
    operator.presses("Set it up")
    operator.is_at("Spare codes for the second step")
    operator.follows("Sites", within=".site-nav")
    operator.follows("Leeds")
    operator.follows("A new group")
    operator.writes("Name", "Living with a stoma")
    operator.presses("Keep the draft")
    operator.reads("Your draft is kept.")
    operator.goes("/sites/")
    operator.reads("1 being set up")


def test_a_coordinator_opens_a_group_from_nothing_and_a_visitor_finds_it(
    arrives: Arrives, programme: Programme
) -> None:
    site = world.site("Leeds", time_zone="Europe/London")
    world.person("lookout")
    coordinator = arrives("coordinator")
    coordinator.signs_in(world.role(RoleKind.COORDINATOR, world.person("harbour"), site=site))
    coordinator.goes("/sites/")
    coordinator.follows("Leeds")
    coordinator.follows("A new group")
    coordinator.writes("Name", "Tea after loss")
    coordinator.writes("Who leads it", "lookout")
    coordinator.presses("Save, and see what is left to do")
    coordinator.reads("Still missing")

    coordinator.follows("Change this page")
    coordinator.writes("Who it is for (optional)", "For people who have lost a parent.")
    coordinator.opens("Grief and loss")
    coordinator.ticks("Death of a parent")
    coordinator.writes("Venue", "The Old Library")
    coordinator.writes("Address", "1 Harbour Lane")
    coordinator.writes("Town or area", "Leeds")
    coordinator.presses("Save, and see what is left to do")
    group = Group.objects.get()

    coordinator.goes(f"/groups/{group.slug}/ground-rules/edit/")
    coordinator.writes("Ground rules", "What is said here stays here.\n\nEveryone may just listen.")
    coordinator.presses("Save")
    coordinator.reads("Version 2")

    coordinator.goes(f"/groups/{group.slug}/")
    coordinator.follows("Plan meetings")
    coordinator.writes("First day", (timezone.now() + timedelta(days=3)).date().isoformat())
    coordinator.writes("Starts at", "19:00")
    coordinator.presses("Show me the dates")
    coordinator.reads("Is this right?")
    coordinator.presses("Save these dates")
    coordinator.reads(re.compile("Every .+ at 7"))

    coordinator.follows("Open the group")
    coordinator.presses("Open the group")
    coordinator.reads("The group is open.")

    visitor = arrives("visitor", **PHONE)
    visitor.goes("/")
    visitor.writes("in your own words", "my mum died")
    visitor.presses("Find a group")
    visitor.follows("Tea after loss")
    visitor.reads("Everyone may just listen.")
    visitor.reads("seats left")
