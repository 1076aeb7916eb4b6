"""What is noticed in a message: who, when, said or denied, with the very words."""

import pytest
from hypothesis import given

from peerkit import crisis
from peerkit.crisis import Act, Polarity, Reading, Tier, When, Who
from tests.engines.crisis.said import SENTENCES, TEXTS, hidden


def english(text: str) -> Reading:
    return crisis.read(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "i want to k i l l myself",
        "iwanttokillmyself",
        "i want to k1ll mys3lf",
        "i want to k*ll myself",
        "i want to kiiilll myself",
        "I w\u200bant to k\u00adill my\u0441elf".replace("\u0441", "s"),
        "I'm not suicidal but honestly I want to kill myself",
    ],
)
def test_a_wish_to_die_is_noticed_however_it_is_spelt(text: str) -> None:
    reading = english(text)
    assert reading.tier is Tier.EXPLICIT
    assert any(one.act is Act.ACTIVE and one.who is Who.ME for one in reading.signals)


def test_every_signal_quotes_the_words_that_raised_it() -> None:
    text = "Morning all. I want to k i l l myself tonight 💊"
    (first, *_) = english(text).signals
    assert "k i l l myself" in first.quote
    assert text[first.start : first.end] == first.quote


@pytest.mark.parametrize(
    ("text", "polarity", "when"),
    [
        ("I don't want to kill myself", Polarity.DENIED, When.NOW),
        (
            "are you thinking about killing yourself or thinking of suicide?",
            Polarity.ASKED,
            When.NOW,
        ),
        ("ten years ago I wanted to kill myself", Polarity.AFFIRMED, When.PAST),
    ],
)
def test_what_is_denied_asked_or_past_is_seen_and_raises_nothing(
    text: str, polarity: Polarity, when: When
) -> None:
    reading = english(text)
    assert reading.tier is Tier.NONE
    assert (polarity, when) in {(one.polarity, one.when) for one in reading.signals}


def test_somebody_else_in_danger_is_another_person() -> None:
    reading = english("my brother just texted me that he's going to kill himself, what do I do")
    assert reading.tier is Tier.EXPLICIT
    assert any(one.who is Who.OTHER for one in reading.signals)


@pytest.mark.parametrize(
    "text",
    [
        "this exam is killing me",
        "in the film he wants to kill himself",
        "I want to cut down on drinking",
        "90 days clean today",
        "our charity walk is for suicide prevention",
        "what time does the meeting start",
        "",
    ],
)
def test_ordinary_talk_raises_nothing(text: str) -> None:
    assert english(text).tier is Tier.NONE


def test_a_language_without_tested_rules_is_visibly_off() -> None:
    reading = crisis.read("chcę się zabić", "pl")
    assert (reading.tier, reading.signals, reading.is_on) == (Tier.NONE, (), False)


@pytest.mark.parametrize("language", ["en-GB", "EN", "en_US"])
def test_a_region_reads_by_its_language(language: str) -> None:
    assert crisis.read("I want to kill myself", language).tier is Tier.EXPLICIT


@given(TEXTS)
def test_any_text_is_read_and_every_quote_stands_in_it(text: str) -> None:
    for one in english(text).signals:
        assert text[one.start : one.end] == one.quote


@given(SENTENCES)
def test_letters_that_nobody_sees_change_nothing(text: str) -> None:
    assert english(hidden(text)).tier == english(text).tier


@given(SENTENCES)
def test_capitals_change_nothing(text: str) -> None:
    assert english(text.upper()).tier == english(text).tier


@given(SENTENCES, SENTENCES)
def test_another_sentence_never_lowers_the_tier(text: str, more: str) -> None:
    order = [Tier.NONE, Tier.CONCERN, Tier.EXPLICIT]
    assert order.index(english(f"{text}. {more}").tier) >= order.index(english(text).tier)


def test_a_very_long_message_is_read_at_both_ends() -> None:
    filler = "we talked about the garden and the weather. " * 2_000
    assert english(filler + "I want to kill myself").tier is Tier.EXPLICIT
    assert english("I want to kill myself. " + filler).tier is Tier.EXPLICIT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I lost my son to suicide in March"),
        ("en", "My brother killed himself last year"),
        ("en", "my husband took his own life"),
        ("es", "mi hermano se suicidó el año pasado"),
        ("de", "meine Schwester hat sich vor zwei Jahren das Leben genommen"),
        ("fr", "mon mari s'est donné la mort au printemps"),
        ("it", "mio fratello si è tolto la vita"),
        ("nl", "mijn zoon heeft zelfmoord gepleegd"),
        ("pt", "meu irmão se suicidou no ano passado"),
    ],
)
def test_who_lost_somebody_is_noticed_and_raises_no_alarm(language: str, text: str) -> None:
    reading = crisis.read(text, language)
    assert reading.tier is Tier.NONE
    assert "note.loss" in {one.rule for one in reading.signals}
