"""Keys change one epoch after the other; who joins, who loses a race, and who lost their place."""

from hearthside.rooms.actions import presence
from hearthside.rooms.models import Journal, Welcome
from tests.rooms.gateway.conftest import Running
from tests.rooms.gateway.house import House, done
from tests.rooms.rooms import Table
from tests.rooms.wire_client import COMMIT, FOUNDED, Envelope, Heard, run


def test_the_first_keys_win_and_whoever_comes_second_hears_that(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        one, other = await house.sit(gateway.port, ana), await house.sit(gateway.port, ben)
        one.ask_for_info()
        assert (await one.until("INFO")).body == b""
        one.found(b"keys of ana")
        assert (await one.envelope()).kind == FOUNDED
        other.found(b"keys of ben")
        assert (await other.until("REFUSED")).body == "founded"
        other.ask_for_info()
        info = await other.until("INFO")
        assert (info.numbers, info.body) == ((0, 1), b"keys of ana")

    run(meeting())


def test_who_joins_by_themselves_hears_nothing_before_and_everything_from_their_change_on(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        speaker = await house.founded(gateway.port, ana)
        joining = await house.sit(gateway.port, ben)
        speaker.say(b"before")
        await speaker.envelope()
        joining.commit(b"an external commit")
        joined = await joining.envelope()
        assert (joined.kind, joined.seq, joined.payload) == (COMMIT, 3, b"an external commit")
        await speaker.envelope()
        speaker.say(b"after", epoch=1)
        assert (await joining.envelope()).payload == b"after"

    run(meeting())
    assert Journal.objects.get().epoch == 1


def test_of_two_changes_at_once_one_wins_and_the_other_is_made_again(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben = house.guests(2)

    async def meeting() -> None:
        clients = [await house.founded(gateway.port, ana)]
        clients.append(await house.sit(gateway.port, ben, after=1))
        numbers = [client.commit(epoch=0) for client in clients]
        answers = [await each.answer(no) for each, no in zip(clients, numbers, strict=True)]
        (lost,) = [which for which, answer in enumerate(answers) if isinstance(answer, Heard)]
        assert answers[lost] == Heard("REFUSED", (numbers[lost],), "epoch")
        clients[lost].commit(b"made again", epoch=1, no=numbers[lost])
        assert isinstance(await clients[lost].answer(numbers[lost]), Envelope)

    run(meeting())
    assert Journal.objects.get().epoch == 2


def test_what_is_sealed_with_older_keys_is_refused_but_a_confirmation_is_not(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana = house.guest()

    async def meeting() -> None:
        client = await house.founded(gateway.port, ana)
        number = client.say(b"in the first epoch")
        said = await client.envelope()
        client.commit()
        await client.envelope()
        client.say(b"in the first epoch", no=number)
        assert await client.envelope() == said
        late = client.say(b"sealed too late", no=9)
        refused = await client.until("REFUSED")
        assert (refused.numbers, refused.body) == ((late,), "epoch")
        client.say(b"sealed again", no=9, epoch=1)
        assert (await client.envelope()).no == 9

    run(meeting())


def test_after_somebody_lost_their_place_only_new_keys_are_taken(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana = house.guest()

    async def meeting() -> None:
        client = await house.founded(gateway.port, ana)
        await done(lambda: presence.lose(room=house.room, now=house.now()))
        client.say()
        assert (await client.until("REFUSED")).body == "rekey"
        client.commit(b"without them")
        assert (await client.envelope()).kind == COMMIT
        client.say(epoch=1)
        assert (await client.envelope()).epoch == 1

    run(meeting())


def test_a_welcome_reaches_the_device_that_waits_for_it_and_later_the_one_that_was_away(
    gateway: Running, table: Table
) -> None:
    house = House(table)
    ana, ben, eve = house.guests(3)

    async def meeting() -> None:
        host = await house.founded(gateway.port, ana)
        waiting = await house.sit(gateway.port, ben)
        away = await house.sit(gateway.port, eve)
        away.drop()
        await host.state_where(lambda state: len(state["people"]) == 3)
        host.commit(welcome=b"welcome both", devices=[ben.device.pk, eve.device.pk])
        await host.envelope()
        welcome = await waiting.until("WELCOME")
        assert (welcome.numbers, welcome.body) == ((2,), b"welcome both")
        host.say(b"hello", epoch=1)
        assert (await waiting.envelope()).payload == b"hello"
        back = await house.connect(gateway.port, eve)
        assert (await back.until("WELCOME")).numbers == (2,)
        assert (await back.envelope()).seq == 3
        await back.until("CAUGHT_UP")
        back.commit(b"eve has keys now", epoch=1)
        await back.envelope()

    run(meeting())
    assert list(Welcome.objects.values_list("device_id", flat=True)) == [ben.device.pk]


def test_nobody_who_is_not_in_the_room_is_left_a_welcome(gateway: Running, table: Table) -> None:
    house = House(table)
    ana, stranger = house.guest(), House(table).guest()

    async def meeting() -> None:
        host = await house.founded(gateway.port, ana)
        host.commit(welcome=b"come", devices=[stranger.device.pk])
        await host.envelope()

    run(meeting())
    assert not Welcome.objects.exists()
