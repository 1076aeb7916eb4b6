"""What keeps people in a room safe: removing, a private word, a report, the close, one tab, signing out."""

import base64
import json

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.reader import PHONE
from tests.journeys.rooms.evening import (
    KEPT,
    LEAD,
    ROBIN,
    Room,
    hear,
    is_sealed,
    order,
    panel,
    said,
    says,
)
from tests.running import Installation

pytestmark = pytest.mark.browser


def test_who_is_removed_is_out_at_once_and_reads_nothing_more(room: Room) -> None:
    lead, robin, sam = room.three()
    says(sam, "Before.")
    hear("Before.", lead, robin, sam)
    panel(lead, "3 here")
    person = lead.page.locator("people-here li", has_text="Robin")
    person.locator("summary").click()
    person.get_by_role("button", name="Remove").click()
    person.get_by_role("button", name="Remove for this meeting?").click()
    robin.reads("For today, you can't be in this room any more")
    expect(robin.page.locator("word-box").first).to_be_hidden()
    says(sam, "After.")
    hear("After.", lead, sam)
    assert order(robin.page) == ["Before."]
    assert robin.page.evaluate(KEPT, room.evening.room) == []
    robin.goes(room.evening.path())
    robin.is_at("Outside the room")
    # A mistake can be undone where it was made; what was said meanwhile stays with those who were there.
    lead.button("Undo: let them in").click()
    expect(lead.page.locator("people-here")).not_to_contain_text("removed for this meeting")
    robin.goes(room.evening.path())
    is_sealed(robin)
    says(lead, "Welcome back.")
    hear("Welcome back.", robin, sam)
    assert order(robin.page) == ["Welcome back."]


def test_a_private_word_is_between_two_and_the_room_goes_on(room: Room) -> None:
    lead, robin, sam = room.three()
    panel(robin, "Private word")
    is_sealed(robin, ".room-talk-side")
    sam.does_not_read("private word is open")
    lead.reads("Robin asks for a private word.")
    lead.button("Go to them").click()
    is_sealed(lead, ".room-talk-side")
    says(robin, "This is hard tonight.", ".room-talk-side")
    hear("This is hard tonight.", lead, robin)
    says(lead, "I hear you.", ".room-talk-side")
    hear("I hear you.", robin)
    says(sam, "In the room.")
    hear("In the room.", lead)
    expect(said(sam, "This is hard tonight.")).to_have_count(0)
    robin.looks()
    lead.looks()

    side = robin.page.locator(".room-talk-side").get_attribute("data-room")
    lead.button("End this private word").click()
    lead.button("End it? What was said is erased.").click()
    for reader in (lead, robin):
        reader.reads("This private word is over")
        reader.button("Back to the room", within=".room-talk-side").click()
        assert reader.page.evaluate(KEPT, side) == []
    hear("In the room.", robin)


def test_what_is_reported_is_verified_and_what_was_never_said_is_shown_as_unverified(
    room: Room,
) -> None:
    lead, robin, sam = room.three()
    says(sam, "You should be ashamed.")
    hear("You should be ashamed.", lead, robin)
    said(robin, "You should be ashamed.").locator("[data-said-more]").click()
    robin.button("Report it").click()
    expect(robin.page.locator("report-words input[name=message]")).to_be_checked()

    def forge(route: Route) -> None:
        told = json.loads(route.request.post_data or "")
        shown = told["messages"][0]
        content = base64.urlsafe_b64decode(shown["content"] + "=" * (-len(shown["content"]) % 4))
        worse = content.replace(b"ashamed", b"injured")
        shown["content"] = base64.urlsafe_b64encode(worse).rstrip(b"=").decode()
        route.continue_(post_data=json.dumps(told))

    receipts = robin.page.get_by_role("link", name="Your report")
    robin.page.route("**/report/", forge)
    robin.button("Show these to safety").click()
    expect(receipts).to_be_visible()
    robin.page.unroute("**/report/")
    robin.looks()
    forged = receipts.get_attribute("href")
    robin.button("Back to the room").click()

    said(robin, "You should be ashamed.").locator("[data-said-more]").click()
    robin.button("Report it").click()
    expect(receipts).to_be_hidden()
    robin.button("Show these to safety").click()
    expect(receipts).to_be_visible()
    reader = room.opens(ROBIN)
    assert forged is not None
    reader.goes(forged)
    reader.reads("You should be injured.")
    reader.reads("Not verified")
    receipt = receipts.get_attribute("href")
    assert receipt is not None
    assert receipt != forged
    reader.goes(receipt)
    reader.reads("You should be ashamed.")
    reader.reads("Verified")
    reader.does_not_read("Not verified")


def test_after_the_close_nothing_is_left_on_any_device(room: Room) -> None:
    lead, robin, sam = room.three()
    says(sam, "Thank you all.")
    hear("Thank you all.", lead, robin)
    assert robin.page.evaluate(KEPT, room.evening.room) != []
    # Whoever leaves takes nothing along.
    sam.button("Leave", within=".room-head").click()
    sam.page.wait_for_url("**/goodbye/")
    sam.reads("You have left the room.")
    assert sam.page.evaluate(KEPT, room.evening.room) == []

    lead.button("Begin the check-out").click()
    robin.reads("Coming to an end")
    lead.button("Close the room for good").click()
    lead.button("Close for everybody, and erase what was said?").click()
    for reader in (lead, robin):
        reader.reads("The meeting is over")
        reader.looks()
        reader.follows("Go on")
        reader.is_at("Thank you for being there")
        assert reader.page.evaluate(KEPT, room.evening.room) == []


def test_one_tab_has_the_room_and_signing_out_takes_the_keys(
    room: Room, installation: Installation
) -> None:
    lead, robin = room.comes(LEAD), room.comes(ROBIN, **PHONE)
    lead.button("Begin the meeting").click()
    says(lead, "Good to see you.")
    hear("Good to see you.", robin)
    first, second = robin.page, robin.context.new_page()
    second.goto(f"{room.served.url}{room.evening.path()}")
    expect(second.locator("main")).to_contain_text("This room is open in another tab")
    second.get_by_role("button", name="Take it here").click()
    expect(second.locator(".said")).to_contain_text("Good to see you.")
    expect(first.locator("main")).to_contain_text("This room is open in another tab")
    robin.page = second
    is_sealed(robin)
    says(robin, "Here now.")
    hear("Here now.", lead, robin)

    cookie = room.evening.cookies[ROBIN]
    installation.python(
        f"from django.contrib.sessions.models import Session\nSession.objects.filter(pk={cookie!r}).delete()"
    )
    robin.reads("You are signed out")
    second.wait_for_function("indexedDB.databases().then((kept) => kept.length === 0)")
