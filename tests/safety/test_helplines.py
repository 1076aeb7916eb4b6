"""Crisis help by country: complete, dated, honest, and never another country's number."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthside.safety import helplines
from hearthside.safety.helplines import Channel, Helpline, Kind

EVERY_LINE = [
    line
    for country in helplines.countries()
    for line in (
        *helplines.for_country(country).emergency,
        *helplines.for_country(country).lines,
    )
]
every_line = pytest.mark.parametrize(
    "line", EVERY_LINE, ids=lambda line: f"{line.country} {line.number} {line.channel}"
)
every_country = pytest.mark.parametrize("country", helplines.countries())


@every_line
def test_a_line_says_who_answers_and_where_its_number_was_looked_up(line: Helpline) -> None:
    assert line.name
    assert line.number or line.address
    assert re.fullmatch(r"(\*?[0-9][0-9 -]*)?", line.number)
    assert line.address.startswith("https://") or not line.address
    assert (line.channel is Channel.DEAF) == (line.deaf_by is not None)
    assert line.languages
    assert line.url.startswith("https://")
    assert line.source.startswith(("https://", "http://"))
    assert line.checked_how
    assert re.fullmatch(r"[A-Z]{2}", line.country)


@every_line
def test_a_line_was_not_checked_in_the_future(line: Helpline) -> None:
    assert line.checked_on <= datetime.now(UTC).date()


@every_line
def test_a_line_only_has_a_source_when_its_number_was_read_on_a_page(line: Helpline) -> None:
    assert line.sourced == line.checked_how.startswith("read in")


@every_line
def test_a_line_opens_the_right_app_with_the_right_digits(line: Helpline) -> None:
    digits = re.sub(r"[ -]", "", line.number)
    if line.is_called:
        assert line.link == f"tel:{digits}"
    elif line.is_texted:
        assert line.link.partition("?")[0] == f"sms:{digits}"
        assert not line.keyword or line.link.endswith(f"?body={line.keyword}")
    else:
        assert line.link == (line.address or line.url)


@every_country
def test_every_country_has_an_emergency_number_that_can_be_called(country: str) -> None:
    emergency = helplines.for_country(country).emergency
    assert any(line.channel is Channel.CALL for line in emergency)


@every_country
def test_every_country_has_someone_to_talk_to(country: str) -> None:
    kinds = {line.kind for line in helplines.for_country(country).lines}
    assert kinds & {Kind.SUICIDE_CRISIS, Kind.LISTENING, Kind.URGENT_MENTAL_HEALTH}


@every_country
def test_no_way_to_reach_a_service_is_listed_twice(country: str) -> None:
    own = [line for line in EVERY_LINE if line.country == country]
    lines = [(line.number, line.channel, line.deaf_by, line.address) for line in own]
    assert len(lines) == len(set(lines))


@given(code=st.text(max_size=4))
def test_nobody_is_ever_shown_the_numbers_of_another_country(code: str) -> None:
    found = helplines.for_country(code)
    assert all(line.country == code.strip().upper() for line in found.every)
    assert bool(found.emergency) == (found.country in helplines.countries())


@pytest.mark.parametrize("code", ["", "  ", "XX", "ZZ", "EN", "001"])
def test_an_unknown_country_gets_directories_and_no_number(code: str) -> None:
    found = helplines.for_country(code)
    assert found.emergency == ()
    assert found.lines == ()
    assert [directory.url for directory in helplines.directories()] == [
        "https://findahelpline.com",
        "https://www.iasp.info/crisis-centres-helplines/",
    ]


def test_the_case_of_a_country_code_does_not_matter() -> None:
    assert helplines.for_country(" gb ") == helplines.for_country("GB")


def test_the_countries_that_we_promise_are_there() -> None:
    promised = "US CA GB IE AU NZ ES MX AR CO CL DE AT CH FR BE NL PT BR IT IN ZA"
    assert set(promised.split()) <= set(helplines.countries())


def test_a_text_line_with_a_keyword_fills_it_in() -> None:
    shout = next(line for line in EVERY_LINE if line.name == "Shout")
    assert shout.link == "sms:85258?body=SHOUT"


def test_a_number_with_a_star_keeps_its_star() -> None:
    chile = next(line for line in EVERY_LINE if line.number == "*4141")
    assert chile.link == "tel:*4141"


def test_the_safety_document_counts_the_countries_right() -> None:
    safety = (Path(__file__).resolve().parents[2] / "SAFETY.md").read_text(encoding="utf-8")
    assert f"crisis lines for {len(helplines.countries())} countries" in safety


def test_another_number_is_another_line_and_a_better_note_is_not() -> None:
    samaritans = helplines.for_country("GB").lines[0]
    assert replace(samaritans, number="116 124").facts != samaritans.facts
    assert replace(samaritans, hours="9 to 5").facts != samaritans.facts
    assert replace(samaritans, is_offered=False).facts != samaritans.facts
    assert replace(samaritans, number="116-123").facts == samaritans.facts
    assert replace(samaritans, source="https://example.org").facts == samaritans.facts


def test_no_two_lines_have_the_same_facts() -> None:
    facts = [line.facts for line in EVERY_LINE]
    assert len(facts) == len(set(facts))
