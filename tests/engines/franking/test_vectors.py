"""The committed vectors: made by hand from the standards, kept by the engine."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from peerkit.franking import (
    FieldIsUnfit,
    Forged,
    Stamper,
    alias,
    commitment_of,
    from_plain,
    server_key,
    verify,
    who,
)
from tests.engines.franking import by_hand
from tests.engines.franking.said import READ, content_of

REPORT_KEYS = [bytes.fromhex(key) for key in READ["report_keys"]]


def each(kind: str) -> pytest.MarkDecorator:
    """Every vector of one kind, named after itself where it has a name."""
    return pytest.mark.parametrize("case", READ[kind], ids=lambda case: case.get("name"))


def test_the_file_is_what_was_worked_out_by_hand() -> None:
    assert json.loads(json.dumps(by_hand.vectors())) == READ


def test_the_hand_made_codes_are_those_of_the_standards() -> None:
    # RFC 4231, test cases 1 and 2.
    assert by_hand.hmac_sha256(b"\x0b" * 20, b"Hi There").hex() == (
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    )
    assert by_hand.hmac_sha256(b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    # RFC 5869, test case 3: its first 32 of 42 bytes.
    assert by_hand.hkdf_sha256(b"\x0b" * 22, b"").hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    )


@each("commitments")
def test_a_commitment_is_the_one_in_the_file(case: dict[str, Any]) -> None:
    room, key = bytes.fromhex(case["room"]), bytes.fromhex(case["key"])
    assert commitment_of(content_of(case), room=room, key=key).hex() == case["commitment"]


def test_no_two_openings_in_the_file_share_a_commitment() -> None:
    found = [case["commitment"] for case in READ["commitments"]]
    assert len(set(found)) == len(found) > 10


@each("false_openings")
def test_a_false_opening_gives_another_commitment(case: dict[str, Any]) -> None:
    room, key = bytes.fromhex(case["room"]), bytes.fromhex(case["key"])
    assert commitment_of(content_of(case), room=room, key=key).hex() != case["commitment"]


@each("unfit_openings")
def test_an_opening_of_the_wrong_lengths_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(FieldIsUnfit):
        commitment_of(
            content_of(case), room=bytes.fromhex(case["room"]), key=bytes.fromhex(case["key"])
        )


@each("server_keys")
def test_a_server_key_is_derived_as_in_the_file(case: dict[str, Any]) -> None:
    assert server_key(bytes.fromhex(case["secret"])).hex() == case["key"]


@each("aliases")
def test_an_alias_is_the_one_in_the_file_and_leads_to_its_person(case: dict[str, Any]) -> None:
    key, room, person = (bytes.fromhex(case[name]) for name in ("server_key", "room", "person"))
    seat = alias(person, room=room, key=key)
    assert seat.hex() == case["alias"]
    others = [bytes.fromhex(other["person"]) for other in READ["aliases"]]
    assert who(seat, others, room=room, keys=[key]) == person


@each("stamps")
def test_a_stamp_is_the_one_in_the_file(case: dict[str, Any]) -> None:
    commitment, room, seat = (bytes.fromhex(case[name]) for name in ("commitment", "room", "alias"))
    stamper = Stamper(bytes.fromhex(case["server_key"]))
    stamp = stamper.stamp(commitment, room, seat, int(case["seq"]), int(case["time_ms"]))
    assert stamp.hex() == case["stamp"]


@pytest.mark.parametrize(
    "case",
    [case for case in READ["reports"] if case["verdict"] == "verified"],
    ids=lambda case: case["name"],
)
def test_a_true_report_in_the_file_is_verified(case: dict[str, Any]) -> None:
    said = verify(from_plain(case["report"]), REPORT_KEYS)
    assert (said.room, said.seq) == (by_hand.ROOM, by_hand.SEQ)
    assert said.sent_at == datetime(2026, 11, 18, 11, 6, 40, 123_000, tzinfo=UTC)
    assert who(said.alias, [b"7", by_hand.PERSON], room=said.room, keys=REPORT_KEYS) == (
        by_hand.PERSON
    )


@pytest.mark.parametrize(
    "case",
    [case for case in READ["reports"] if case["verdict"] != "verified"],
    ids=lambda case: case["name"],
)
def test_a_forged_report_in_the_file_is_refused_by_what_is_wrong(case: dict[str, Any]) -> None:
    with pytest.raises(Forged) as refused:
        verify(from_plain(case["report"]), REPORT_KEYS)
    assert type(refused.value).__name__ == case["verdict"]
