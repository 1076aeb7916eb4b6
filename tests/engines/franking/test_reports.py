"""Laws of reports: what was said verifies, and nothing else does."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peerkit.franking import (
    CommitmentIsFalse,
    FieldIsUnfit,
    Forged,
    Report,
    Stamper,
    StampIsFalse,
    commitment_of,
    verify,
)
from peerkit.franking.fields import joined
from tests.engines.franking.said import contents, ids, keys, reports, seqs, times

SERVER_KEY = bytes(range(32))
NAMES = [each.name for each in fields(Report)]
ANOTHER: dict[str, st.SearchStrategy[Any]] = {
    "content": contents,
    "key": keys,
    "commitment": keys,
    "room": ids,
    "alias": ids,
    "seq": seqs,
    "time_ms": times,
    "stamp": keys,
}
true_reports = reports(SERVER_KEY)


@given(true_reports, st.lists(keys, max_size=3), st.lists(keys, max_size=3))
def test_what_was_said_is_verified_whichever_of_the_servers_keys_stamped_it(
    report: Report, newer: list[bytes], older: list[bytes]
) -> None:
    said = verify(report, [*newer, SERVER_KEY, *older])
    assert (said.content, said.alias) == (report.content, report.alias)
    assert (said.room, said.seq) == (report.room, report.seq)
    assert said.sent_at.utcoffset() == timedelta(0)
    since = said.sent_at - datetime(1970, 1, 1, tzinfo=UTC)
    assert since // timedelta(milliseconds=1) == report.time_ms


@given(true_reports, st.sampled_from(NAMES), st.data())
def test_any_flipped_bit_in_any_field_is_refused(
    report: Report, name: str, data: st.DataObject
) -> None:
    value: Any = getattr(report, name)
    assume(value != b"")
    if isinstance(value, int):
        flipped: Any = value ^ (1 << data.draw(st.integers(0, 63)))
    else:
        bit = data.draw(st.integers(0, len(value) * 8 - 1))
        number = int.from_bytes(value, "big") ^ (1 << bit)
        flipped = number.to_bytes(len(value), "big")
    with pytest.raises(Forged):
        verify(replace(report, **{name: flipped}), [SERVER_KEY])


@given(true_reports, st.integers(0, 255))
def test_a_false_commitment_is_refused_even_where_the_server_stamped_it(
    report: Report, bit: int
) -> None:
    number = int.from_bytes(report.commitment, "big") ^ (1 << bit)
    false = number.to_bytes(32, "big")
    stamp = Stamper(SERVER_KEY).stamp(false, report.room, report.alias, report.seq, report.time_ms)
    with pytest.raises(CommitmentIsFalse):
        verify(replace(report, commitment=false, stamp=stamp), [SERVER_KEY])


@pytest.mark.parametrize("name", NAMES)
@given(report=true_reports, data=st.data())
def test_another_value_in_any_field_is_refused_by_what_it_breaks(
    name: str, report: Report, data: st.DataObject
) -> None:
    another = data.draw(ANOTHER[name].filter(lambda value: value != getattr(report, name)))
    broken = StampIsFalse if name in {"alias", "seq", "time_ms", "stamp"} else CommitmentIsFalse
    with pytest.raises(broken):
        verify(replace(report, **{name: another}), [SERVER_KEY])


@given(true_reports, contents, ids, keys)
def test_a_reporter_cannot_put_words_into_a_mouth_by_committing_to_them(
    report: Report, content: bytes, room: bytes, key: bytes
) -> None:
    assume((content, room, key) != (report.content, report.room, report.key))
    made_up = commitment_of(content, room=room, key=key)
    forged = replace(report, content=content, room=room, key=key, commitment=made_up)
    with pytest.raises(StampIsFalse):
        verify(forged, [SERVER_KEY])


@given(true_reports, st.lists(keys.filter(lambda key: key != SERVER_KEY), max_size=3))
def test_a_server_that_did_not_stamp_it_verifies_nothing(
    report: Report, strangers: list[bytes]
) -> None:
    with pytest.raises(StampIsFalse):
        verify(report, strangers)


@given(true_reports, keys)
def test_the_right_words_without_their_key_open_nothing(report: Report, guess: bytes) -> None:
    assume(guess != report.key)
    with pytest.raises(CommitmentIsFalse):
        verify(replace(report, key=guess), [SERVER_KEY])


@given(true_reports, keys)
def test_reporting_one_message_opens_no_other_even_of_the_same_words(
    report: Report, other_key: bytes
) -> None:
    assume(other_key != report.key)
    unreported = commitment_of(report.content, room=report.room, key=other_key)
    assert unreported != report.commitment
    stamp = Stamper(SERVER_KEY).stamp(
        unreported, report.room, report.alias, report.seq, report.time_ms
    )
    # All that the server ever saw of the second message, with the key that the report gave away.
    with pytest.raises(CommitmentIsFalse):
        verify(replace(report, commitment=unreported, stamp=stamp), [SERVER_KEY])


@given(st.tuples(contents, ids, keys), st.tuples(contents, ids, keys))
def test_no_two_openings_share_a_commitment(
    one: tuple[bytes, bytes, bytes], other: tuple[bytes, bytes, bytes]
) -> None:
    assume(one != other)
    first, second = (
        commitment_of(content, room=room, key=key) for content, room, key in (one, other)
    )
    assert first != second


@given(contents, contents, ids, keys)
def test_two_contents_under_one_key_have_two_commitments(
    one: bytes, other: bytes, room: bytes, key: bytes
) -> None:
    assume(one != other)
    assert commitment_of(one, room=room, key=key) != commitment_of(other, room=room, key=key)


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_fields_never_run_into_one_another(one: list[bytes], other: list[bytes]) -> None:
    assert (joined(b"label", *one) == joined(b"label", *other)) == (one == other)


@given(st.lists(st.binary(min_size=1, max_size=6), min_size=2, max_size=4), st.data())
def test_the_same_bytes_cut_elsewhere_are_other_fields(
    pieces: list[bytes], data: st.DataObject
) -> None:
    whole = b"".join(pieces)
    cut = data.draw(st.integers(0, len(whole)))
    assume([whole[:cut], whole[cut:]] != pieces)
    assert joined(b"label", whole[:cut], whole[cut:]) != joined(b"label", *pieces)


@pytest.mark.parametrize(
    ("commitment", "room", "seat", "seq", "time_ms"),
    [
        # Cut or filled, each of these would be stamped like another message.
        (bytes(31), bytes(16), bytes(16), 1, 1),
        (bytes(33), bytes(16), bytes(16), 1, 1),
        (bytes(32), bytes(15), bytes(16), 1, 1),
        (bytes(32), bytes(17), bytes(16), 1, 1),
        (bytes(32), bytes(16), bytes(15), 1, 1),
        (bytes(32), bytes(16), bytes(17), 1, 1),
        (bytes(32), bytes(16), bytes(16), -1, 1),
        (bytes(32), bytes(16), bytes(16), 1, 2**64),
    ],
)
def test_nothing_out_of_bounds_is_stamped(
    commitment: bytes, room: bytes, seat: bytes, seq: int, time_ms: int
) -> None:
    with pytest.raises(FieldIsUnfit):
        Stamper(SERVER_KEY).stamp(commitment, room, seat, seq, time_ms)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_server_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(FieldIsUnfit):
        Stamper(bytes(length))


@given(true_reports)
def test_what_was_said_and_what_opens_it_stay_out_of_logs(report: Report) -> None:
    report = replace(report, content=b"my secret", key=b"k" * 32)
    assert "my secret" not in repr(report)
    assert "kkkk" not in repr(report)
    opened = commitment_of(report.content, room=report.room, key=report.key)
    stamp = Stamper(SERVER_KEY).stamp(opened, report.room, report.alias, report.seq, report.time_ms)
    said = verify(replace(report, commitment=opened, stamp=stamp), [SERVER_KEY])
    assert said.content == b"my secret"
    assert "my secret" not in repr(said)
