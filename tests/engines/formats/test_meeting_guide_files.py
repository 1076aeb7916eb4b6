"""Whatever arrives instead of a meeting list is told apart, and nothing but one error ever escapes."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit.formats.meeting_guide import Feed, NotAMeetingList, Outcome, decode
from tests.engines.formats.meeting_rows import PLAIN, meeting

GOOD = json.dumps(
    [meeting(), meeting(slug="other", name="Mañana café")], indent=1, ensure_ascii=False
)
KEYS = st.sampled_from(
    [*PLAIN, "notes", "latitude", "longitude", "conference_url", "conference_phone", "updated"]
)
TEXTS = st.text(max_size=30) | st.sampled_from(
    ["2am Eastern", "7pm", "<b>", "&amp;", "0", "TC", "\ud800", "1st Monday"]
)
NUMBERS = st.integers() | st.floats() | st.booleans() | st.none()
VALUES = st.recursive(
    NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
ODD_ROWS = st.dictionaries(KEYS, VALUES, max_size=8).map(lambda changes: {**PLAIN, **changes})


def refusal(data: bytes) -> str:
    with pytest.raises(NotAMeetingList) as caught:
        decode(data)
    assert str(caught.value).endswith(".")
    return caught.value.code


def feed_or_refusal(data: bytes) -> Feed | None:
    try:
        return decode(data, default_zone="Europe/Paris")
    except NotAMeetingList:
        return None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"[]", "no-meetings"),
        (b'{"error": "forbidden"}', "not-a-list"),
        (b'"meetings"', "not-a-list"),
        (b"null", "not-a-list"),
        (b"<!doctype html><html><body>Meetings</body></html>", "html"),
        (
            b"<html><title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x>",
            "challenge-page",
        ),
        (b"<?xml version='1.0'?><rss></rss>", "xml"),
        (b"PK\x03\x04 a spreadsheet", "binary"),
        (gzip.compress(b"[]", mtime=0), "binary"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07", "binary"),
        (b'[{"name": "One",}]', "not-json"),
        (b'[{"number": ' + b"9" * 5_000 + b"}]", "not-json"),
        (b"name,day,time\nQuiet,1,19:00\n", "not-json"),
        (b"\xff\xfe\x00\xd8\x00", "encoding"),
        (b"[" * 100_000, "too-deep"),
        (b'[{"a":' * 100_000, "too-deep"),
    ],
)
def test_each_kind_of_wrong_file_is_named(data: bytes, code: str) -> None:
    assert refusal(data) == code


@given(st.integers(min_value=1, max_value=len(GOOD.encode()) - 1))
def test_a_file_cut_off_anywhere_is_refused(length: int) -> None:
    with pytest.raises(NotAMeetingList) as caught:
        decode(GOOD.encode()[:length])
    # A cut inside a letter of two bytes leaves a file that is no longer UTF-8.
    assert caught.value.code == "truncated"


def test_a_cut_off_file_says_where_it_stops() -> None:
    with pytest.raises(NotAMeetingList, match="line 3, column 12"):
        decode(b'[\n{"name": "One"},\n{"name": "Tw')


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(NotAMeetingList) as caught:
        decode(b"[" * 2_000_001, max_bytes=2_000_000)
    assert caught.value.code == "too-large"
    assert "2 MB" in str(caught.value)


def test_a_list_with_too_many_meetings_is_refused() -> None:
    with pytest.raises(NotAMeetingList) as caught:
        decode(json.dumps([meeting()] * 11).encode(), max_rows=10)
    assert caught.value.code == "too-many-rows"


@pytest.mark.parametrize(
    ("encoding", "repairs"),
    [
        ("utf-8", set()),
        ("utf-8-sig", {"byte-order-mark"}),
        ("utf-16", {"file-encoding"}),
        ("utf-16-le", {"file-encoding"}),
        ("utf-16-be", {"file-encoding"}),
        ("utf-32", {"file-encoding"}),
        ("cp1252", {"file-encoding"}),
    ],
)
def test_other_encodings_are_read_and_said(encoding: str, repairs: set[str]) -> None:
    feed = decode(GOOD.encode(encoding))
    assert feed.rows[1].name == "Mañana café"
    assert {note.code for note in feed.repairs} == repairs


def test_a_list_inside_an_object_is_found() -> None:
    feed = decode(json.dumps({"version": 2, "meetings": [meeting()]}).encode())
    assert [note.code for note in feed.repairs] == ["wrapped"]
    assert feed.rows[0].outcome is Outcome.UNDERSTOOD


@pytest.mark.parametrize("strange", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_left_out(strange: str) -> None:
    text = json.dumps([meeting(latitude=0)]).replace('"latitude": 0', f'"latitude": {strange}')
    feed = decode(text.encode())
    assert [note.code for note in feed.repairs] == ["not-a-number"]
    assert feed.rows[0].listing is not None
    assert feed.rows[0].listing.latitude is None


@given(st.binary(max_size=300))
def test_random_bytes_never_surprise(data: bytes) -> None:
    feed_or_refusal(data)


@given(st.binary(max_size=60), st.integers(min_value=0, max_value=len(GOOD)))
def test_a_damaged_file_never_surprises(damage: bytes, position: int) -> None:
    data = GOOD.encode()
    feed_or_refusal(data[:position] + damage + data[position + len(damage) :])


@given(st.lists(ODD_ROWS | VALUES, min_size=1, max_size=5))
def test_every_row_comes_back_once_whatever_it_holds(rows: list[object]) -> None:
    feed = feed_or_refusal(json.dumps(rows).encode())
    assert feed is not None
    assert [found.index for found in feed.rows] == list(range(len(rows)))
    slugs = [found.listing.slug for found in feed.rows if found.listing]
    assert len(slugs) == len(set(slugs))
    for found in feed.rows:
        found.name.encode()
        assert found.listing or found.notes
        if found.listing:
            assert 0 < len(found.listing.slug) <= 64
            assert found.listing.time or found.listing.by_appointment
            assert all(0 <= day <= 6 for day in found.listing.days)


@given(st.lists(ODD_ROWS, min_size=1, max_size=4))
def test_the_same_list_gives_the_same_answer(rows: list[object]) -> None:
    data = json.dumps(rows).encode()
    assert decode(data) == decode(data)
