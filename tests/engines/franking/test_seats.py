"""Laws of aliases: a person to whoever holds the key, noise to everyone else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peerkit.franking import FieldIsUnfit, alias, server_key, who
from tests.engines.franking.said import ids, keys, people

members = st.lists(people, unique=True, max_size=6)


@given(members, people, ids, keys, st.lists(keys, max_size=2))
def test_the_server_finds_the_person_among_the_members_even_after_its_key_changed(
    others: list[bytes], person: bytes, room: bytes, key: bytes, newer: list[bytes]
) -> None:
    seat = alias(person, room=room, key=key)
    assert len(seat) == 16
    assert who(seat, [*others, person], room=room, keys=[*newer, key]) == person


@given(members, people, ids, keys)
def test_nobody_is_named_for_somebody_elses_seat(
    others: list[bytes], person: bytes, room: bytes, key: bytes
) -> None:
    assume(person not in others)
    seat = alias(person, room=room, key=key)
    assert who(seat, others, room=room, keys=[key]) is None


@given(people, ids, ids, keys, keys)
def test_another_room_or_another_key_gives_another_alias(
    person: bytes, room: bytes, other_room: bytes, key: bytes, other_key: bytes
) -> None:
    assume(room != other_room and key != other_key)
    seat = alias(person, room=room, key=key)
    assert alias(person, room=other_room, key=key) != seat
    assert alias(person, room=room, key=other_key) != seat
    assert who(seat, [person], room=other_room, keys=[key]) is None
    assert who(seat, [person], room=room, keys=[other_key]) is None


@given(people, people, ids, keys)
def test_two_people_in_a_room_have_two_aliases(
    one: bytes, other: bytes, room: bytes, key: bytes
) -> None:
    assume(one != other)
    assert alias(one, room=room, key=key) != alias(other, room=room, key=key)


@pytest.mark.parametrize(
    ("person", "room", "key"),
    [
        (b"", bytes(16), bytes(32)),
        (b"7", bytes(15), bytes(32)),
        (b"7", bytes(17), bytes(32)),
        (b"7", bytes(16), bytes(31)),
        (b"7", bytes(16), bytes(33)),
    ],
)
def test_an_alias_is_made_of_whole_values_only(person: bytes, room: bytes, key: bytes) -> None:
    with pytest.raises(FieldIsUnfit):
        alias(person, room=room, key=key)


@pytest.mark.parametrize("length", [0, 15, 17, 32])
def test_a_seat_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(FieldIsUnfit):
        who(bytes(length), [b"7"], room=bytes(16), keys=[bytes(32)])


@given(st.binary(min_size=32, max_size=80), st.binary(min_size=32, max_size=80))
def test_two_secrets_give_two_keys(one: bytes, other: bytes) -> None:
    assume(one != other)
    assert len(server_key(one)) == 32
    assert server_key(one) != server_key(other)


def test_a_short_secret_makes_no_key() -> None:
    with pytest.raises(FieldIsUnfit):
        server_key(b"s" * 31)
