"""Whatever a browser sends is a report, written in the one way it can be, or refused by name."""

import base64
import contextlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.franking import LONGEST_CONTENT, Report, ReportIsMalformed, from_plain
from tests.engines.franking.by_hand import plain
from tests.engines.franking.said import plain_of, reports

TRUE = plain(b"It was my first week.")
true_reports = reports(bytes(range(32)))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
near_values = json_values | st.text(letters + "+/= \n", max_size=50)


@given(true_reports)
def test_a_report_is_read_as_it_was_written(report: Report) -> None:
    assert from_plain(plain_of(report)) == report


@given(json_values)
def test_whatever_is_not_a_report_is_refused_by_name(plain: object) -> None:
    with pytest.raises(ReportIsMalformed):
        from_plain(plain)


@given(true_reports, st.sampled_from(sorted(TRUE)), near_values)
def test_a_field_is_read_in_the_one_way_it_can_be_written_or_refused_by_name(
    report: Report, name: str, value: Any
) -> None:
    sent = plain_of(report) | {name: value}
    with contextlib.suppress(ReportIsMalformed):
        assert plain_of(from_plain(sent)) == sent
        assert type(value) in {int, str}


@pytest.mark.parametrize("name", sorted(TRUE))
def test_a_missing_field_is_refused(name: str) -> None:
    with pytest.raises(ReportIsMalformed):
        from_plain({key: value for key, value in TRUE.items() if key != name})


def test_a_field_too_many_is_refused() -> None:
    assert plain_of(from_plain(TRUE)) == TRUE
    with pytest.raises(ReportIsMalformed):
        from_plain(TRUE | {"note": ""})


@pytest.mark.parametrize(
    "written",
    [
        "AAAAAAAAAAAAAAAAAAAAAA==",  # with padding
        "AAAAAAAAAAAAAAAAAAAAAB",  # with stray bits behind the last byte
        "AAAAAAAAAAAAAAAAAAAAA\n",
        " AAAAAAAAAAAAAAAAAAAAA",
        "++++++++++++++++++++AA",  # the other alphabet
        "AAAAAAAAAAAAAAAAAAAAA",  # a byte short
        "AAAAAAAAAAAAAAAAAAAAAAA",  # a byte more
        "é" * 22,
        "\ud800" * 22,
        "",
        None,
        0,
        b"AAAAAAAAAAAAAAAAAAAAAA",
        ["AAAAAAAAAAAAAAAAAAAAAA"],
    ],
)
def test_a_room_written_any_other_way_is_refused(written: object) -> None:
    assert from_plain(TRUE | {"room": "AAAAAAAAAAAAAAAAAAAAAA"}).room == bytes(16)
    with pytest.raises(ReportIsMalformed):
        from_plain(TRUE | {"room": written})


@pytest.mark.parametrize("name", ["seq", "time_ms", "version"])
@pytest.mark.parametrize(
    "value", [-1, 1.0, True, "1", None, 2**53, 2**64, float("nan"), float("inf"), [1]]
)
def test_a_number_of_any_other_kind_is_refused(name: str, value: object) -> None:
    assert plain_of(from_plain(TRUE | {name: 1}))[name] == 1
    with pytest.raises(ReportIsMalformed):
        from_plain(TRUE | {name: value})


def test_the_last_number_and_the_last_time_are_read_and_the_next_are_not() -> None:
    last = {"seq": 2**53 - 1, "time_ms": 253_402_300_799_999}
    assert from_plain(TRUE | last).seq == 2**53 - 1
    for name, value in last.items():
        with pytest.raises(ReportIsMalformed):
            from_plain(TRUE | {name: value + 1})


def test_the_longest_content_is_read_and_a_byte_more_is_not() -> None:
    def written(length: int) -> str:
        return base64.urlsafe_b64encode(bytes(length)).rstrip(b"=").decode()

    assert len(from_plain(TRUE | {"content": written(LONGEST_CONTENT)}).content) == 65536
    with pytest.raises(ReportIsMalformed):
        from_plain(TRUE | {"content": written(LONGEST_CONTENT + 1)})
    with pytest.raises(ReportIsMalformed):
        replace(from_plain(TRUE), content=bytes(LONGEST_CONTENT + 1))
