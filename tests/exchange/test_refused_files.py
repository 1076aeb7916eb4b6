"""Files that are no meeting list: a clear sentence, and nothing changed."""

import gzip
import json
from pathlib import Path

import pytest

from hearthside.exchange import sources
from hearthside.exchange.queries.lists import NotAMeetingList
from hearthside.groups.models import Group
from tests.exchange.lists import bring_in, packed, read, row

pytestmark = pytest.mark.django_db

WHOLE = packed(row(), row(slug="b", name="Café für alle", day=3))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (WHOLE[:-30], "stops in the middle"),
        (b"<!doctype html><html><body>Meetings</body></html>", "web page"),
        (b"<html><title>Just a moment...</title></html>", "checking your browser"),
        (b"", "empty"),
        (b"[]", "no meetings"),
        (b'{"a": 1}', "expected"),
        (gzip.compress(WHOLE), "not a text file"),
        (b"\x00\x01\x02\x03", "not"),
        (b"[" * 100_000, "nested"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words_and_changes_nothing(
    data: bytes, words: str
) -> None:
    with pytest.raises(NotAMeetingList, match=words):
        read(data)
    assert not Group.objects.exists()


def test_200_megabytes_are_refused_without_reading_them_all(tmp_path: Path) -> None:
    vast = tmp_path / "vast.json"
    with vast.open("wb") as file:
        file.truncate(200_000_000)
    data = sources.file_bytes(vast)
    assert len(data) < 60_000_000
    with pytest.raises(NotAMeetingList, match="larger than"):
        read(data)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(sources.CannotRead, match="nowhere"):
        sources.file_bytes(tmp_path / "nowhere.json")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read_and_said(encoding: str) -> None:
    text = json.dumps([row(name="Café für alle")], ensure_ascii=False)
    proposal = read(text.encode(encoding))
    assert proposal.rows[0].name == "Café für alle"
    assert proposal.notes


def test_different_meetings_with_one_short_name_all_arrive_and_are_known_again() -> None:
    data = packed(row(), row(name="Wednesday candle", day=3), row(name="Friday candle", day=5))
    bring_in(data)
    assert Group.objects.count() == 3
    assert not read(data).changes_something()


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800", "\\u202e", "\\uffff"])
@pytest.mark.parametrize(
    "field", ["name", "slug", "day", "time", "notes", "location", "types", "timezone", "updated"]
)
def test_strange_signs_in_any_field_break_nothing(sign: str, field: str) -> None:
    whole = row(notes="Tea", updated="2026-01-01 00:00:00", types="O, D")
    data = json.dumps([{**whole, field: f"{whole[field]}@@"}]).replace("@@", sign).encode()
    reading = bring_in(data)
    for kept in reading.rows.all():
        stored = json.dumps([kept.name, kept.slug, kept.notes, kept.proposed], ensure_ascii=False)
        # What PostgreSQL would not keep: nothing, and halves of letters.
        assert "\\u0000" not in stored
        stored.encode()
