"""A quiet side room: a member is asked, a second facilitator comes, and the room sees nothing of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import PHONE, Reader
from tests.journeys.rooms.evening import (
    KEPT,
    LEAD,
    ROBIN,
    SAM,
    Room,
    hear,
    is_sealed,
    panel,
    said,
    says,
)
from tests.running import Installation

pytestmark = pytest.mark.browser

SIDE = ".room-talk-side"
QUESTION = "would like to sit with you for a moment. Nothing is wrong."


def ask(lead: Reader, name: str, door: str) -> None:
    """From the list of people, as whoever leads the meeting."""
    if lead.page.locator("people-here").is_hidden():
        panel(lead, "here")
    person = lead.page.locator("people-here li", has_text=name)
    person.locator("summary").click()
    person.get_by_role("button", name=door).click()


def keeps_safe(lead: Reader, name: str) -> None:
    panel(lead, "3 here")
    person = lead.page.locator("people-here li", has_text=name)
    person.locator("summary").click()
    person.get_by_role("button", name="Ask to keep the room safe").click()
    expect(person).to_contain_text("keeps the room safe")
    person.locator("summary").click()


def test_a_member_is_asked_by_two_says_yes_and_what_is_said_stays_between_the_three(
    room: Room,
) -> None:
    lead, robin, sam = room.three()
    keeps_safe(lead, SAM)
    ask(lead, ROBIN, "Ask to a quiet side room, with a second facilitator")
    lead.reads("You asked for somebody to sit with you and Robin. Nobody has said yes yet.")
    sam.reads("Marlow asks you to sit with Robin in a quiet side room.")
    expect(robin.page.locator("side-words")).to_be_hidden()
    sam.looks()
    lead.looks()
    sam.button("I come").click()
    robin.reads(f"Marlow and Sam {QUESTION}")
    sam.reads("Robin is asked to sit with you and Marlow.")
    robin.looks()
    robin.button("Yes").focus()
    robin.page.keyboard.press("Enter")
    is_sealed(robin, SIDE)
    for reader in (lead, sam):
        reader.reads("Your side room with Robin")
        reader.button("Open it").click()
        is_sealed(reader, SIDE)
    robin.reads("In here: you, Marlow, and Sam")
    says(robin, "It is too much tonight.", SIDE)
    hear("It is too much tonight.", lead, robin, sam)
    says(sam, "We are here.", SIDE)
    hear("We are here.", lead, robin)
    for reader in (lead, robin, sam):
        reader.looks()
    assert robin.page.locator("people-here li").count() == 3

    # Whoever came second may go; the talk goes on without them, and they read nothing more.
    side = robin.page.locator(SIDE).get_attribute("data-room")
    sam.button("Leave this side room").click()
    sam.button("Leave? They can go on without you.").click()
    sam.reads("This private word is over")
    expect(robin.page.locator("[data-here]").first).to_contain_text(re.compile("you and Marlow$"))
    says(robin, "Thank you both.", SIDE)
    hear("Thank you both.", lead)
    expect(said(sam, "Thank you both.")).to_have_count(0)
    robin.button("End this private word").click()
    robin.button("End it? What was said is erased.").click()
    for reader in (lead, robin):
        reader.reads("This private word is over")
    for reader in (lead, robin, sam):
        reader.button("Back to the room", within=SIDE).click()
        assert reader.page.evaluate(KEPT, side) == []


def test_where_nobody_else_is_there_it_says_so_and_offers_what_there_is(room: Room) -> None:
    # This time whoever leads is at a phone.
    lead, robin, sam = room.comes(LEAD, **PHONE), room.comes(ROBIN), room.comes(SAM)
    panel(lead, "Lead")
    lead.button("Begin the meeting").click()
    lead.reads("Welcome", within="step-clock")
    lead.button("Back to the room", within="[data-panel=lead]").click()
    ask(lead, ROBIN, "Ask to a quiet side room, with a second facilitator")
    lead.reads("Nobody else who leads this meeting or keeps it safe is here right now.")
    lead.reads("Call the people on duty", within="people-here")
    # A refusal that the page puts into words.
    assert [each for each in lead.complaints if "409" not in each] == []
    lead.complaints.clear()
    # It scrolled to what it offers, and the way back stands over the first name there.
    lead.page.locator("[data-panel=people]").evaluate("panel => panel.scrollTo(0, 0)")
    lead.looks()
    lead.page.locator("people-here li", has_text=ROBIN).get_by_role(
        "button", name="Ask to a private word"
    ).click()
    robin.reads(f"Marlow {QUESTION}")
    # What came of it is in view: the list of people has gone from over the room.
    expect(lead.page.locator("side-words")).to_contain_text("Robin is asked.")
    expect(lead.page.locator("people-here")).to_be_hidden()
    lead.looks()
    robin.looks()
    sam.does_not_read(QUESTION)
    robin.button("Not now").click()
    lead.reads("Not now, for Robin.")
    expect(robin.page.locator("side-words li")).to_have_count(0)
    robin.does_not_read("private word is open")
    says(robin, "I am still here.")
    hear("I am still here.", lead, sam)


def test_from_a_card_a_facilitator_is_told_comes_with_a_second_offers_care_and_calls_duty(
    room: Room, installation: Installation
) -> None:
    lead, robin, sam = room.three()
    keeps_safe(lead, SAM)
    box = robin.page.get_by_label("Your words").first
    box.fill("I want to kill myself tonight")
    robin.page.locator("[data-send]").first.click()
    robin.button("Tell my facilitator now", within=".help-card").click()
    robin.button("Send to a facilitator").click()
    lead.reads("Robin asks for a private word.")
    sam.does_not_read("asks for a private word")
    duty = lead.page.locator("side-words").get_by_role("link", name="Call the people on duty")
    address = duty.get_attribute("href")
    lead.looks()
    lead.button("Go with a second facilitator").click()
    is_sealed(lead, SIDE)
    hear("I am not safe right now. Can we talk?", lead)
    lead.page.locator(f"{SIDE} summary", has_text="More help").click()
    lead.reads("You asked for somebody to sit with you. Nobody has said yes yet.")
    lead.looks()
    sam.button("I come").click()
    robin.reads("May Sam sit with you and Marlow?")
    robin.looks()
    robin.button("Yes", within=SIDE).click()
    sam.button("Open it").click()
    is_sealed(sam, SIDE)
    says(sam, "I am with you.", SIDE)
    hear("I am with you.", lead, robin)
    expect(said(sam, "I am not safe right now.")).to_have_count(0)
    lead.button("Offer to ask how they are, after one day and three").click()
    lead.reads("They are asked. Nothing happens before they say yes.")

    assert address is not None
    reader = room.opens(LEAD, **PHONE)
    reader.goes(address)
    reader.is_at("Somebody may be in danger now")
    member = room.opens(ROBIN)
    member.goes("/me/care/")
    member.presses("Yes, please")
    member.reads("They will be in touch tomorrow, and in three days.")
