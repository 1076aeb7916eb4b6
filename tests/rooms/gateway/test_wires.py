"""What a Wire promises, on whatever database the tests run: order, once, durable, and honest when it fails."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearthside.rooms.enums import EnvelopeKind
from hearthside.rooms.models import Envelope, Journal, Voice, Welcome
from hearthside.rooms.ports import Draft, Keys, Outcome, Wire, WireIsDown
from hearthside.rooms.wires import open_wire
from tests import world
from tests.rooms import rooms
from tests.rooms.gateway.house import fill_disk

pytestmark = pytest.mark.django_db(transaction=True)

SAY, COMMIT, FOUNDED = EnvelopeKind.SAY, EnvelopeKind.COMMIT, EnvelopeKind.FOUNDED
NOW_MS = 1_795_276_800_000


@pytest.fixture
def wire(transactional_db: None) -> Iterator[Wire]:
    opened = open_wire()
    yield opened
    opened.close()


def voice(in_: Journal | None = None, **journal: object) -> Voice:
    """A device in a room whose keys were made."""
    return rooms.voice(
        in_ or rooms.journal(rooms.open_room(), **journal), rooms.device(world.person())
    )


def said(by: Voice, no: int, *, epoch: int = 0, kind: int = SAY, keys: Keys | None = None) -> Draft:
    return Draft(by.journal_id, by.pk, no, int(kind), epoch, b"c" * 32, b"sealed %d" % no, keys)


def seqs(outcomes: Sequence[Outcome]) -> list[int]:
    return [outcome.seq for outcome in outcomes]


def test_a_batch_over_several_rooms_is_numbered_in_each_from_its_own_last(wire: Wire) -> None:
    ana, ben = voice(), voice(last_seq=7)
    batch = [said(ana, 1), said(ben, 1), said(ana, 2), said(ben, 2), said(ana, 3)]
    assert seqs(wire.publish(batch, now_ms=NOW_MS)) == [1, 8, 2, 9, 3]
    assert [one.payload for one in wire.history(ana.journal_id, after=1, limit=9)] == [
        b"sealed 2",
        b"sealed 3",
    ]
    (first,) = wire.history(ben.journal_id, after=0, limit=1)
    assert (first.seq, first.person_id, first.device_id) == (8, ben.person_id, ben.device_id)
    assert Journal.objects.get(pk=ben.journal_id).last_seq == 9


@pytest.mark.parametrize("size", [1, 63, 64, 65, 200, 512])
def test_batches_of_any_size_are_written_whole_and_in_order(wire: Wire, size: int) -> None:
    ana = voice()
    outcomes = wire.publish([said(ana, no) for no in range(1, size + 1)], now_ms=NOW_MS)
    assert seqs(outcomes) == list(range(1, size + 1))
    stored = wire.history(ana.journal_id, after=0, limit=1000)
    assert [(one.seq, one.no) for one in stored] == [(no, no) for no in range(1, size + 1)]


def test_times_in_a_room_never_go_back_even_if_the_clock_does(wire: Wire) -> None:
    ana = voice()
    times = [
        wire.publish([said(ana, no)], now_ms=NOW_MS + late)[0].at_ms
        for no, late in enumerate((0, 50, -9000, 60), start=1)
    ]
    assert [time - NOW_MS for time in times] == [0, 50, 50, 60]


def test_what_is_there_already_is_named_and_the_rest_of_the_batch_is_written(wire: Wire) -> None:
    ana, ben = voice(), voice()
    wire.publish([said(ana, 1), said(ben, 1)], now_ms=NOW_MS)
    outcomes = wire.publish(
        [said(ana, 2), said(ana, 1), said(ben, 1), said(ben, 2), said(ben, 2)], now_ms=NOW_MS + 5
    )
    assert seqs(outcomes) == [2, 0, 0, 2, 0]
    before = [outcome.before for outcome in outcomes if outcome.before]
    assert [(one.seq, one.no, one.at_ms) for one in before] == [
        (1, 1, NOW_MS),
        (1, 1, NOW_MS),
        (2, 2, NOW_MS + 5),
    ]
    assert Envelope.objects.count() == 4


def test_each_refusal_is_for_its_own_message(wire: Wire) -> None:
    ana = voice(epoch=5, floor_epoch=4)
    lost, young = voice(epoch=5, floor_epoch=5), voice(epoch=None)
    closed = voice()
    Journal.objects.get(pk=closed.journal_id).delete()
    outcomes = wire.publish(
        [
            said(ana, 1, epoch=4),
            said(ana, 2, epoch=5),
            said(lost, 1, epoch=5),
            said(young, 1),
            said(closed, 1),
            said(ana, 3, kind=FOUNDED, keys=Keys(b"mine")),
            said(young, 2, kind=FOUNDED, keys=Keys(b"mine")),
            said(young, 3),
            said(lost, 2, epoch=5, kind=COMMIT, keys=Keys(b"new")),
            said(lost, 3, epoch=6),
        ],
        now_ms=NOW_MS,
    )
    assert [outcome.refusal for outcome in outcomes] == [
        "epoch", "", "rekey", "epoch", "closed", "founded", "", "", "", "",
    ]  # fmt: skip
    assert Journal.objects.get(pk=young.journal_id).epoch == 0
    assert bytes(Journal.objects.get(pk=lost.journal_id).group_info) == b"new"


def test_a_refusal_does_not_take_back_what_was_confirmed_before(wire: Wire) -> None:
    ana = voice()
    wire.publish([said(ana, 1), said(ana, 2, kind=COMMIT, keys=Keys(b"next"))], now_ms=NOW_MS)
    again = wire.publish([said(ana, 1), said(ana, 2, kind=COMMIT, keys=Keys(b"x"))], now_ms=NOW_MS)
    assert [outcome.before.seq for outcome in again if outcome.before] == [1, 2]
    assert Journal.objects.get().epoch == 1


def test_a_voice_that_was_erased_stops_nobody_else(wire: Wire) -> None:
    ana = voice()
    gone = voice(ana.journal)
    Voice.objects.filter(pk=gone.pk).delete()
    outcomes = wire.publish([said(ana, 1), said(gone, 1), said(ana, 2)], now_ms=NOW_MS)
    assert [(one.seq, one.refusal) for one in outcomes] == [(1, ""), (0, "unknown"), (2, "")]


def test_the_newest_welcome_of_a_device_is_kept_and_used_up_by_its_own_change(wire: Wire) -> None:
    ana = voice()
    ben = voice(ana.journal)
    for no, words in ((1, b"first"), (2, b"second")):
        keys = Keys(b"info", (ben.device_id, uuid4()), words)
        wire.publish([said(ana, no, epoch=no - 1, kind=COMMIT, keys=keys)], now_ms=NOW_MS)
    waiting = Welcome.objects.get()
    assert (bytes(waiting.data), waiting.seq, waiting.device_id) == (b"second", 2, ben.device_id)
    wire.publish([said(ben, 1, epoch=2, kind=COMMIT, keys=Keys(b"info"))], now_ms=NOW_MS)
    assert not Welcome.objects.exists()


def test_after_a_failure_nothing_is_half_written_and_the_next_batch_goes_through(
    wire: Wire,
) -> None:
    ana = voice()
    wire.publish([said(ana, 1)], now_ms=NOW_MS)
    wire._open.close()  # type: ignore[attr-defined]
    with pytest.raises(WireIsDown):
        wire.publish([said(ana, 2)], now_ms=NOW_MS)
    assert seqs(wire.publish([said(ana, 2)], now_ms=NOW_MS)) == [2]


def test_a_full_disk_refuses_the_whole_batch_and_loses_nothing_before(wire: Wire) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told that its disk is full")
    ana = voice()
    wire.publish([said(ana, 1)], now_ms=NOW_MS)
    fill_disk(wire)
    large = [said(ana, no)._replace(payload=bytes(8000)) for no in range(2, 200)]
    with pytest.raises(WireIsDown, match="full"):
        wire.publish(large, now_ms=NOW_MS)
    assert [one.seq for one in wire.history(ana.journal_id, after=0, limit=9)] == [1]
    assert seqs(wire.publish(large, now_ms=NOW_MS)) == list(range(2, 200))


def test_several_gateways_on_one_database_lose_nothing_and_double_nothing() -> None:
    room, gateways, batches, size = rooms.journal(rooms.open_room()), 3, 20, 7
    voices = [voice(room) for _ in range(gateways)]
    shared = voice(room)
    start = threading.Barrier(gateways)

    def write(mine: Voice) -> list[Outcome]:
        wire = open_wire()
        found: list[Outcome] = []
        start.wait()
        for batch in range(batches):
            drafts = [said(mine, batch * size + no + 1) for no in range(size)]
            # Everybody sends the same message of one voice as well, as a browser does that comes back elsewhere.
            found += wire.publish([*drafts, said(shared, batch + 1)], now_ms=NOW_MS + batch)
        wire.close()
        return found

    with ThreadPoolExecutor(gateways) as pool:
        outcomes = [one for found in pool.map(write, voices) for one in found]
    stored = list(Envelope.objects.order_by("seq").values_list("seq", "voice_id", "no", "at_ms"))
    total = gateways * batches * size + batches
    assert [row[0] for row in stored] == list(range(1, total + 1))
    assert len({row[1:3] for row in stored}) == total
    assert all(one[3] <= other[3] for one, other in pairwise(stored))
    assert sorted(seq for seq in seqs(outcomes) if seq) == list(range(1, total + 1))
    assert sum(outcome.before is not None for outcome in outcomes) == (gateways - 1) * batches
    for mine in voices:
        own = [row[2] for row in stored if row[1] == mine.pk]
        assert own == sorted(own)


def test_what_another_process_writes_is_told_where_the_database_can_tell(wire: Wire) -> None:
    ana, told = voice(), threading.Event()
    heard: list[int] = []
    other = open_wire()

    def hear(journal_id: int) -> None:
        heard.append(journal_id)
        told.set()

    end = other.watch(hear)
    tells = connection.vendor == "postgresql"
    for no in range(1, 40):
        wire.publish([said(ana, no)], now_ms=NOW_MS)
        if told.wait(0.1):
            break
        if not tells and no > 3:
            break
    end()
    other.close()
    assert set(heard) == ({ana.journal_id} if tells else set())


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 6)), min_size=1, max_size=9)))
def test_whatever_is_sent_again_in_whatever_batches_each_message_is_written_once(
    wire: Wire, batches: list[list[tuple[int, int]]]
) -> None:
    journal = rooms.journal(rooms.open_room())
    voices = [voice(journal) for _ in range(3)]
    confirmed: dict[tuple[int, int], int] = {}
    for batch in batches:
        drafts = [said(voices[who], no) for who, no in batch]
        for (who, no), one in zip(batch, wire.publish(drafts, now_ms=NOW_MS), strict=True):
            seq = one.seq or (one.before.seq if one.before else 0)
            assert seq
            assert confirmed.setdefault((who, no), seq) == seq
    stored = [one.seq for one in wire.history(journal.pk, after=0, limit=1000)]
    assert stored == sorted(confirmed.values()) == list(range(1, len(confirmed) + 1))
    connections["default"].close()
