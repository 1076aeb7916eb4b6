"""Three people in a room, each in a browser of their own: what is said reaches everybody, in order, and none of it is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.rooms.evening import (
    LEAD,
    ROBIN,
    Room,
    another_session,
    hear,
    is_sealed,
    order,
    panel,
    said,
    says,
)

pytestmark = pytest.mark.browser


def test_what_one_says_everybody_reads_and_a_round_comes_to_each_of_them_once(room: Room) -> None:
    lead, robin, sam = room.three()
    says(lead, "Good evening, and welcome.")
    hear("Good evening, and welcome.", lead, robin, sam)

    lead.opens("Start a round")
    lead.page.get_by_label("What is asked").fill("What was good today?")
    lead.button("Start the round").click()
    lead.button("Pass").click()
    # It is offered to Robin, and to nobody else; whoever waits can write and is told why it is not sent yet.
    robin.reads("The talking piece is offered to you.")
    robin.reads("What was good today?")
    sam.reads("The talking piece is offered to Robin.")
    box = sam.page.get_by_label("Your words").first
    box.fill("I write this already.")
    sam.reads("send it when it is your turn")
    expect(sam.page.locator("[data-send]").first).to_be_disabled()
    box.press("Control+Enter")
    expect(said(sam, "I write this already.")).to_have_count(0)

    robin.button("Take it").click()
    robin.reads("You have the talking piece.")
    says(robin, "The bus was on time.")
    hear("The bus was on time.", lead, robin, sam)
    robin.button("Pass it on").click()
    sam.button("Take it").click()
    sam.page.locator("[data-send]").first.click()
    hear("I write this already.", lead, robin, sam)
    sam.button("Pass it on").click()
    lead.reads("Nobody has the talking piece at the moment.")
    lead.button("End the round: free talk").click()
    for reader in (lead, robin, sam):
        reader.reads("Free talk")
    assert order(lead.page) == order(robin.page) == order(sam.page)
    assert len(order(sam.page)) == 3
    sam.looks()
    lead.looks()


def test_a_line_that_breaks_loses_nothing_in_either_direction(room: Room) -> None:
    lead, robin, sam = room.three()
    says(robin, "Still here.")
    hear("Still here.", lead, sam)
    robin.context.set_offline(True)
    robin.reads("You are offline. Your words are kept here")
    says(robin, "Said in the tunnel.")
    expect(said(robin, "Said in the tunnel.")).to_contain_text("waiting to be sent")
    robin.page.get_by_label("Your words").first.fill("Half a thought")
    for words in ("One.", "Two.", "Three."):
        says(lead, words)
        hear(words, sam)
    robin.context.set_offline(False)
    is_sealed(robin)
    hear("Said in the tunnel.", robin, lead, sam)
    hear("Three.", robin)
    assert order(lead.page) == order(robin.page) == order(sam.page)
    assert len(order(robin.page)) == 5
    expect(robin.page.get_by_label("Your words").first).to_have_value("Half a thought")

    # The page is loaded again: what was said is still here, and so is what was being written.
    robin.page.wait_for_function(
        "document.querySelector('room-talk').conversation.handle.kept('draft').then((kept) => kept?.text === 'Half a thought')"
    )
    robin.page.reload()
    is_sealed(robin)
    hear("Three.", robin)
    assert order(robin.page) == order(sam.page)
    expect(said(robin, "Still here.")).to_have_class(re.compile("said-mine"))
    expect(robin.page.get_by_label("Your words").first).to_have_value("Half a thought")


def test_a_new_device_is_announced_and_reads_nothing_from_before(room: Room) -> None:
    lead, robin, sam = room.three()
    says(lead, "Said to the first device.")
    hear("Said to the first device.", robin, sam)
    second = room.opens(ROBIN, cookie=another_session(room.installation, room.evening, ROBIN))
    second.goes(room.evening.path())
    is_sealed(second)
    for reader in (lead, sam):
        reader.reads("Robin joined from a new device.")
    expect(said(second, "Said to the first device.")).to_have_count(0)
    second.reads("Who comes later can't read what was said before.")
    says(second, "From the other one.")
    hear("From the other one.", lead, robin, sam, second)
    expect(said(robin, "From the other one.")).to_have_class(re.compile("said-mine"))

    codes = []
    for reader in (lead, robin, sam, second):
        panel(reader, "More")
        reader.button("Check that nobody listens in").click()
        reader.button("Show the digits").click()
        expect(reader.page.locator("[data-code]")).to_have_text(re.compile(r"(\d{5} ?){4}"))
        codes.append(reader.page.locator("[data-code]").inner_text())
    assert len(set(codes)) == 1
    robin.looks()


def test_what_is_taken_back_or_changed_is_so_for_everybody_and_a_content_note_is_a_veil(
    room: Room,
) -> None:
    lead, robin, _sam = room.three()
    robin.page.get_by_label("Your words").first.fill("I could not eat today.")
    robin.button("Content note").click()
    robin.page.get_by_label("Content note").first.fill("food")
    robin.page.locator("[data-send]").first.click()
    veiled = lead.page.locator(".said", has_text="Content note: food")
    expect(veiled).to_be_visible()
    expect(veiled.locator("[data-said-text]")).to_be_hidden()
    veiled.get_by_role("button", name="Show").click()
    expect(veiled.locator("[data-said-text]")).to_have_text("I could not eat today.")

    said(lead, "I could not eat today.").locator("[data-said-more]").click()
    lead.button("With you").click()
    mark = robin.page.locator("[data-said-signs] button", has_text="with you")
    mark.click()
    robin.reads("With you: Marlow")

    own = said(robin, "I could not eat today.")
    own.locator("[data-said-more]").click()
    robin.button("Change it").click()
    robin.page.get_by_label("Your words").first.fill("I ate a little today.")
    robin.page.locator("[data-send]").first.click()
    expect(veiled.locator("[data-said-text]")).to_have_text("I ate a little today.")
    expect(veiled).to_contain_text("edited")
    said(robin, "I ate a little today.").locator("[data-said-more]").click()
    robin.button("Take it back").click()
    robin.button("Take it back for everybody?").click()
    lead.reads("Taken back")
    lead.does_not_read("I ate a little today.")


def test_the_keyboard_alone_is_enough_and_a_screen_reader_hears_one_sentence(room: Room) -> None:
    lead, robin = room.comes(LEAD), room.comes(ROBIN)
    lead.button("Begin the meeting").click()
    expect(robin.page.locator("step-clock")).to_have_text("Welcome")
    for words in ("Hello.", "How was the week?"):
        says(lead, words)
        hear(words, robin)
    # What is said is no live region: only the one quiet sentence is.
    expect(robin.page.locator("[role=log]").first).to_have_attribute("aria-live", "off")
    expect(robin.page.locator("said-aloud").first).to_contain_text("Marlow")

    robin.tabs_to("What you can do with this message: Marlow")
    robin.page.keyboard.press("ArrowUp")
    robin.page.keyboard.press("Enter")
    robin.page.keyboard.press("Enter")
    robin.reads("You answer Marlow")
    robin.page.keyboard.type("Slow, ")
    robin.page.keyboard.press("Enter")
    robin.page.keyboard.type("and better.")
    robin.page.keyboard.press("Control+Enter")
    hear("and better.", robin, lead)
    expect(said(lead, "and better.").locator("[data-quote-text]")).to_have_text("Hello.")
    robin.tabs_to("Leave", key="Shift+Tab")
